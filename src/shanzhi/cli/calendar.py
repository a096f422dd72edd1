"""`shanzhi calendar --election-day D ...`: the statutory dates that follow from what is known."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from shanzhi.cli import reading
from shanzhi.cli.errors import Unusable
from shanzhi.core.law import calendar
from shanzhi.core.law.calendar import Facts, Settings, Step
from shanzhi.core.law.holidays import COMMITTED, Holidays
from shanzhi.core.law.holidays import Unusable as BadTable
from shanzhi.core.law.numbers import TEXT_2018

HELP = "法定日期 the statutory dates of an election"
DATES = {
    "posted": "the roll was posted",
    "objection": "an objection was received",
    "formed": "the new committee was formed",
    "disclosed": "something was disclosed on the board",
    "assembly": "the assembly meets",
    "representatives": "the representatives met",
    "evaluated": "the members were evaluated",
    "recall-demanded": "a recall was demanded",
    "resignation-agreed": "the assembly or representatives agreed to a resignation",
    "report-received": "a named report was received",
    "report-upward": "a report that belongs to a higher office was received",
    "report-closed": "a report was closed",
}
BOUNDS = {"latest": "最迟 latest  ", "earliest": "最早 earliest", "exact": "当日 exact   "}
NAMES = {
    "roll_posted": "公布选民名单",
    "objections_end": "异议期结束",
    "objection_decided": "作出异议处理决定",
    "departure_audit": "公布离任审计结果",
    "second_round": "另行选举",
    "handover_done": "完成工作移交",
    "term_ends": "任期届满",
    "disclosure_may_come_down": "公开栏可以撤下",
    "assembly_notice": "通知村民会议",
    "supervision_formed": "推选村务监督委员会",
    "next_election": "举行下届换届选举",
    "next_election_delayed": "延期换届的最后期限",
    "resignation_takes_effect": "辞职生效",
    "recall_vote": "举行罢免投票",
    "next_disclosure": "再次公开村务",
    "next_assembly": "召开下一次村民会议",
    "next_representatives": "再次召集村民代表会议",
    "next_evaluation": "进行下一次民主评议",
    "report_sent_up": "将举报报送上级",
    "report_accepted": "告知实名举报受理情况",
    "report_answered": "反馈实名举报结果",
}

MOST, MOST_DAYS = {"term_years": 20}, 366


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is given."""
    parser.add_argument("--election-day", required=True, metavar="DATE")
    for name, meaning in DATES.items():
        parser.add_argument(f"--{name}", metavar="DATE", help=f"the day on which {meaning}")
    parser.add_argument("--settings", metavar="F.toml", help="reading, carry and the numbers of days")
    parser.add_argument(
        "--holidays", action="append", default=[], metavar="YEAR.json", help="a newer holiday table"
    )
    parser.add_argument(
        "--late", action="append", default=[], metavar="STEP=DATE", help="what really happened when"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(args: argparse.Namespace) -> int:
    """Lay out the calendar."""
    settings, holidays = _settings(args.settings), _holidays(args.holidays)
    given = {name.replace("-", "_"): getattr(args, name.replace("-", "_")) for name in DATES}
    dates = {name: reading.day(f"--{name}", text) for name, text in given.items() if text is not None}
    election_day = reading.day("--election-day", args.election_day)
    if election_day < TEXT_2018:
        raise Unusable(
            "--election-day", args.election_day, f"a day from {TEXT_2018} on, when the text of 2018 began"
        )
    facts = Facts(election_day, **dates)
    planned = calendar.steps(facts, settings, holidays)
    actual = _actual(args.late, planned)
    found = calendar.late(planned, actual, settings) if actual else None
    _answer(planned, found, as_json=args.json)
    return 0


def _answer(planned: tuple[Step, ...], found: calendar.Late | None, *, as_json: bool) -> None:
    rows = [_row(step) for step in planned]
    if as_json:
        reading.print_json(rows if found is None else {"steps": rows} | _late_row(found))
        return
    for step in planned:
        _print(step)
    if found is not None:
        _print_late(found)


def _print(step: Step) -> None:
    more = f"  顺延 →{step.carried_to} (CAL-03)" if step.carried_to else ""
    more += f"  更严 stricter: {step.stricter} (CAL-02)" if step.stricter else ""
    day = step.date or "未定 unknown"
    print(f"{day}  {BOUNDS[step.bound]}  {NAMES[step.step]} {step.step}  {step.rule}  [{step.reading}]{more}")
    for note in step.notes:
        print(f"            {note.says['zh']} {note.says['en']}")


def _print_late(found: calendar.Late) -> None:
    for step, day in found.broken:
        print(f"逾期 broken: {NAMES[step.step]} {step.step} {day} ({step.bound} {step.date}, {step.rule})")
    for step, day in found.carried:
        print(
            f"只有顺延才不逾期 in time only if carried to {step.carried_to} (CAL-03): {NAMES[step.step]} {step.step} {day}"
        )
    if not found.broken and not found.carried:
        print("没有逾期 nothing is late")
    if found.earliest_election_day:
        print(f"最早选举日 earliest election day that mends it: {found.earliest_election_day}")
    for step in found.past_mending:
        print(f"改选举日不能补救 no other election day mends this: {NAMES[step.step]} {step.step}")


def _row(step: Step) -> dict[str, Any]:
    row = {
        "step": step.step,
        "date": step.date.isoformat() if step.date else None,
        "bound": step.bound,
        "rule": step.rule,
        "reading": step.reading,
        "carried_to": step.carried_to.isoformat() if step.carried_to else None,
    }
    return row | ({"findings": [note.as_json() for note in step.notes]} if step.notes else {})


def _late_row(found: calendar.Late) -> dict[str, Any]:
    day = found.earliest_election_day
    return {
        "broken": [_row(step) | {"actual": actual.isoformat()} for step, actual in found.broken],
        "carried": [_row(step) | {"actual": actual.isoformat()} for step, actual in found.carried],
        "earliest_election_day": day.isoformat() if day else None,
    }


def _settings(name: str | None) -> Settings:
    given = reading.toml_file("--settings", name) if name is not None else {}
    known = Settings.__dataclass_fields__
    for key, value in given.items():
        if key not in known:
            raise Unusable(f"settings.{key}", value, ", ".join(known))
        kind, most = type(known[key].default), MOST.get(key, MOST_DAYS)
        if type(value) is not kind or (kind is int and not 0 <= value <= most):
            texts = {"str": "event, clear", "bool": "true, false"}
            raise Unusable(
                f"settings.{key}", value, texts.get(kind.__name__, f"a whole number from 0 to {most}")
            )
    try:
        return Settings(**given)
    except ValueError:
        raise Unusable("settings.reading", given.get("reading"), "event, clear") from None


def _holidays(names: list[str]) -> Holidays:
    tables = COMMITTED
    for name in names:
        try:
            tables = tables.with_year(Holidays.from_json(reading.json_file("--holidays", name)))
        except BadTable as bad:
            raise Unusable("--holidays", name, str(bad)) from None
    return tables


def _actual(given: list[str], planned: tuple[Step, ...]) -> dict[str, date]:
    known = [step.step for step in planned]
    actual = {}
    for each in given:
        name, equals, text = each.partition("=")
        if not equals or name not in known:
            raise Unusable("--late", each, f"STEP=DATE with one of {', '.join(known)}")
        actual[name] = reading.day("--late", text)
    return actual
