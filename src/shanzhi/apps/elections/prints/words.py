"""Days, articles and marks as a Chinese notice writes them."""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings

SHORT_LAWS = {"2018": "组织法", "2025": "组织法", "guide-2013": "选举规程", "shanxi-2011": "本省选举办法"}
FULL_LAWS = {
    "2018": "《中华人民共和国村民委员会组织法》（2018年修正，以下简称组织法）",
    "2025": "《中华人民共和国村民委员会组织法》（2025年修正，以下简称组织法）",
}


def day(text: str | None) -> str:
    """2026-12-20 -> 2026年12月20日."""
    if not text:
        return "（待定）"
    on = date.fromisoformat(text)
    return f"{on.year}年{on.month}月{on.day}日"


def where(law: str, article: str) -> str:
    """Where a rule stands, in short: 组织法第18条第2款. The guide's items carry our own numbers, so none is given."""
    name = SHORT_LAWS.get(law, law)
    if re.fullmatch(r"\d+(\(\d+\)){0,2}", article) is None or law not in FULL_LAWS:
        return name
    return name + "".join(
        f"第{number}{unit}" for number, unit in zip(re.findall(r"\d+", article), "条款项", strict=False)
    )


def sample_mark() -> str:
    """What every paper of the sample county says at its head."""
    return "示例数据，人物均为虚构，仅供演示，不得张贴使用" if settings.SAMPLE else ""
