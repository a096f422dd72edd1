"""Slips: each voter's own code for asking online, and one villager's proof of his line. Only the voter gets them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shanzhi.apps.elections.errors import NotNow
from shanzhi.apps.elections.models import Election, RollLine
from shanzhi.apps.elections.prints.words import sample_mark
from shanzhi.apps.elections.selectors import rolls
from shanzhi.web import print as paper
from shanzhi.web.print import Code, Paragraph, Proof, Sheet, Slip, Slips, Table


def slips(election: Election, lines: list[RollLine]) -> bytes:
    """Slips to be cut apart and handed out, in the order of the roll. Raises NotNow when the codes were deleted."""
    _require_kept(election)
    mark = "【示例】" if sample_mark() else ""
    address = f"{settings.PUBLIC_ADDRESS}/v/{election.village.code}/check/"
    cut = tuple(
        Slip(
            f"{mark}{election.village.full_short_name}　选民查询码", rolls.slip_code(line),
            (f"名单第{line.number}号　{line.name}", "凭此码可以在网上查询本人是否在选民名单上。只交本人，请勿转交他人。", address),
        )
        for line in lines
    )  # fmt: skip
    return paper.pdf(
        Sheet(
            title="选民查询码",
            subtitle="沿虚线裁开，逐一交给选民本人",
            blocks=(Slips(cut),),
            mark=sample_mark(),
        )
    )


def own_slip(election: Election, line: RollLine) -> bytes:
    """One villager's proof: salt and path of his line, given at the village desk only to himself."""
    _require_kept(election)
    held = rolls.slip(line)
    posted = f"{settings.PUBLIC_ADDRESS}/v/{election.village.code}/"
    blocks = (
        Paragraph(f"{held['name']}：你在本村选民名单上，编号第{held['number']}号。"),
        Paragraph(
            "用下列数据可以离线证明名单上有你这一行：连同已公布的选民名单公告的核验文件，由 shanzhi verify 核对。这些数据只交给你本人，"
            "请自行保管，不要公开；没有这些数据，谁也不能从公布的内容中查出你的名字。"
        ),
        Table(("项目", "数据"), (
            ("姓名、性别", f"{held['name']}　{'男' if held['sex'] == 'm' else '女'}"),
            ("盐值", held["salt"]), ("位置（从0起）、行数", f"{held['position']} / {held['count']}"),
            *((f"路径 {at}", part) for at, part in enumerate(held["path"], start=1)),
        ), (1, 5), fixed=True),
        Code(own_proof(held), "不必手抄：用手机扫左边的码，得到同样的数据。存成一个文件，交给 shanzhi verify --line 核对。"),
    )  # fmt: skip
    return paper.pdf(
        Sheet(
            title=f"{election.village.full_short_name}选民名单本人证明", blocks=blocks, mark=sample_mark(),
            proof=Proof(posted, (f"本村已公布的公告：{posted}", "扫码打开本村页面，下载选民名单公告的核验文件。")),
        )
    )  # fmt: skip


def own_proof(held: Mapping[str, Any]) -> str:
    """The data of one villager's proof as `shanzhi verify --line` reads it."""
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def _require_kept(election: Election) -> None:
    if election.roll_holder.own_roll.nonce_sealed is None:
        raise NotNow(
            _(
                "The codes and salts of this roll were deleted after the election: no slip can be made any more."
            )
        )
