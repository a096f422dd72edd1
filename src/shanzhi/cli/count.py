"""`shanzhi count CASE.json`: who is elected, by which rule."""

from __future__ import annotations

import argparse

from shanzhi.cli import reading
from shanzhi.cli.errors import Unusable
from shanzhi.core.law.count import Case, Outcome, Refused, count
from shanzhi.core.law.findings import Finding
from shanzhi.core.law.words import POSTS

HELP = "谁当选，依据哪条规定 who is elected, and by which rule"
KINDS = {
    "second_round": "另行选举 second round",
    "tie": "就票数相等的人再次投票 vote among the tied",
    "whole": "重新选举 election held again",
    "again": "再次选举 vote again",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is given."""
    parser.add_argument("case", metavar="CASE.json", help='the case, or "-" for standard input')
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(args: argparse.Namespace) -> int:
    """Count one case."""
    try:
        case = Case.from_json(reading.json_file("case", args.case))
    except Refused as refused:
        raise Unusable(refused.field, refused.value, refused.accepted) from None
    outcome = count(case)
    if args.json:
        reading.print_json(outcome.as_json())
    else:
        _print(outcome)
    return 0


def _print(outcome: Outcome) -> None:
    print("选举有效 the election is valid" if outcome.valid else "选举无效 the election is invalid")
    for each in outcome.elected:
        print(f"  当选 elected: {_post(each.post)} {each.name} {each.votes}")
    for again in outcome.rerun:
        names = "、".join(each.name for each in again.candidates)
        women = "（限妇女 women only）" if again.women_only else ""
        print(f"  {KINDS[again.kind]}: {_post(again.post)} × {again.seats}{women}: {names}")
    for vacancy in outcome.vacant:
        stays = "可以暂缺 may stay empty" if vacancy.may_stay else "须再选 to be voted on again"
        print(f"  空缺 vacant: {_post(vacancy.post)} × {vacancy.seats}, {stays}")
    for each in outcome.held:
        print(
            f"  因妇女名额未当选 held back by the woman's seat: {_post(each.post)} {each.name} {each.votes}"
        )
    for stop in outcome.stops:
        print(
            f"  须由人决定 a person has to decide: {'、'.join(each.name for each in stop.people)} ({stop.rule})"
        )
    print("理由 reasons:")
    for finding in outcome.findings:
        says: dict[str, str] = finding.says
        print(f"  {MARKS[finding.holds]} {_source(finding)}\n    {says['zh']}\n    {says['en']}")


MARKS = {True: "是 kept ", False: "否 not kept ", None: "未知 open "}


def _source(finding: Finding) -> str:
    grade = "" if finding.graded.basis == "found" else f"  [{reading.GRADES[finding.graded.basis]}]"
    return f"{finding.rule} ({finding.law}, {finding.article}){grade}"


def _post(post: str) -> str:
    return " ".join(POSTS[post])
