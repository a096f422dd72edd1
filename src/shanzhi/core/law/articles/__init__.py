"""The rules as tables, one module an instrument, and which engine asks which rule."""

from dataclasses import replace

from shanzhi.core.law.articles import general, guides, party, vcol
from shanzhi.core.law.rules import Rule

# Engine -> the rules that it asks or that its numbers come from. A test reads the engines and holds this table to them.
USED: dict[str, str] = {
    "count": "VCOL-8-1 VCOL-8-2 VCOL-8-3 VCOL-18-5 VCOL-18-6 VCOL-18-7 VCOL-18-8 VCOL-18-9 VCOL-18-10 VER-05 VER-06 "
    "VER-07 VER-09 VER-11 VER-12 SX-02 PTY-07 PTY-08 PTY-10 PTY-12 PTY-13 PTY-14 PTY-15 NUM-01 NUM-02 NUM-03 NUM-04",
    "calendar": "VCOL-14-2 VCOL-17-1 VCOL-17-2 VCOL-17-3 VCOL-19-3 VCOL-20-1 VCOL-23-2 VCOL-24-1 VCOL-25-3 VCOL-25-4 "
    "VCOL-30-1 VCOL-35-2 VCOL-35-5 VCOL-38-2 VCOL-40-3 VSC-09 VER-10 SX-05 CAL-01 CAL-02 CAL-03 CAL-04 CAL-05 RPT-03 "
    "RPT-04 RPT-05",
    "roll": "VCOL-16-1 VCOL-16-2 VCOL-16-3 VCOL-16-4 VCOL-16-5",
    "candidates": "VCOL-8-1 VCOL-8-2 VCOL-8-3 VCOL-15-3 VCOL-16-1 VCOL-18-3 VCOL-18-5 VCOL-47-1 KIN-01 SX-02",
    "proxies": "VCOL-18-11 VCOL-18-12 VCOL-18-13 VCOL-18-14 VER-01",
    "bodies": "VCOL-15-3 VCOL-15-4 VSC-02 VSC-05",
    "meetings": "VCOL-19-1 VCOL-19-3 VCOL-25-2 VCOL-26-1 VCOL-26-2 VCOL-29-2 VCOL-30-2 VCOL-30-3 VCOL-30-4 VCOL-38-3 "
    "VCOL-40-2",
    "road": "VCOL-8-3 VCOL-14-1 VCOL-14-2 VCOL-15-2 VCOL-16-1 VCOL-17-1 VCOL-17-2 VCOL-17-3 VCOL-18-1 VCOL-18-5 VCOL-18-16 "
    "VCOL-24-1 VER-07 VER-10",
    "kin_checks": "KIN-02",
    "identity": "ID-01 ID-02 ID-03 ID-04 ID-05",
}


def _where(rule_id: str) -> tuple[str, ...]:
    return tuple(engine for engine, rules in USED.items() if rule_id in rules.split())


RULES: dict[str, Rule] = {
    each.id: replace(each, used_in=_where(each.id))
    for module in (vcol, guides, party, general)
    for each in module.RULES
}
