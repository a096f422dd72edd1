"""`shanzhi law [RULE] [--on DATE]`: every rule as data, with the text of a day."""

from __future__ import annotations

import argparse
from datetime import date
from difflib import get_close_matches
from typing import Any

from shanzhi.cli import reading
from shanzhi.cli.errors import Unusable
from shanzhi.core.law import register
from shanzhi.core.law.rules import Rule, Text

LEVELS = {
    "statute": "法律 statute",
    "party_rule": "党内法规 Party rule",
    "guide": "指导性文件 guide",
    "local_setting": "地方规定 local setting",
    "standard": "国家标准 standard",
    "reading": "我们的理解 our reading",
}
HELP = "规则、条文和版本 the rules, their articles and versions"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is given."""
    parser.add_argument(
        "rule", nargs="?", metavar="RULE", help="a rule id, such as VCOL-18-7; without it, all rules"
    )
    parser.add_argument("--on", metavar="DATE", help="the text version of that day")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(args: argparse.Namespace) -> int:
    """Show one rule or all."""
    on = reading.day("--on", args.on) if args.on is not None else None
    chosen = [_rule(args.rule)] if args.rule is not None else list(register.all_rules())
    rows = [row for rule in chosen for row in _rows(rule, on)]
    if args.rule is not None and not rows:
        return _not_in_force(chosen[0], on, as_json=args.json)
    if args.json:
        reading.print_json(rows)
    else:
        for row in rows:
            _print(row)
    return 0


def _not_in_force(rule: Rule, on: date | None, *, as_json: bool) -> int:
    first = min(text.in_force.since for text in rule.texts)
    if as_json:
        reading.print_json(
            {"id": rule.id, "on": on.isoformat() if on else None, "in_force_from": first.isoformat()}
        )
    else:
        print(f"{rule.id}: {on} 当日没有条文 no text of that day; {first} 起 from {first} on")
    return 3


def _rule(rule_id: str) -> Rule:
    try:
        return register.rule(rule_id.upper())
    except register.UnknownRule:
        near = get_close_matches(rule_id.upper(), [rule.id for rule in register.all_rules()], n=3)
        hint = f"{', '.join(near)}" if near else "an id such as VCOL-18-7"
        raise Unusable("RULE", rule_id, f"{hint} (`shanzhi law` lists them)") from None


def _rows(rule: Rule, on: date | None) -> list[dict[str, Any]]:
    return [_row(rule, text) for text in rule.texts if on is None or text.in_force.holds(on)]


def _row(rule: Rule, text: Text) -> dict[str, Any]:
    until = text.in_force.until
    return {
        "id": rule.id,
        "subject": {"zh": rule.subject_zh, "en": rule.subject_en},
        "article": text.article,
        "version": text.law,
        "in_force_from": text.in_force.since.isoformat(),
        "in_force_until": until.isoformat() if until else None,
        "level": rule.level.value,
        "basis": rule.basis.value,
        "source": rule.source,
        "text": {"zh": text.zh, "en": text.en},
        "used_in": list(rule.used_in),
    }


def _print(row: dict[str, Any]) -> None:
    period = f"{row['in_force_from']} – {row['in_force_until'] or ''}"
    grade = f"  [{reading.GRADES[row['basis']]}]" if row["basis"] in reading.GRADES else ""
    where = ", ".join(filter(None, (row["version"], row["article"])))
    print(f"{row['id']}  {row['subject']['zh']} {row['subject']['en']}  ({where}; {period}){grade}")
    print(f"    {row['text']['zh']}\n    {row['text']['en']}")
    print(f"    {LEVELS[row['level']]}; {row['source']}; 用于 used in: {', '.join(row['used_in']) or '—'}")
