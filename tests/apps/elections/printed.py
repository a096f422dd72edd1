"""Papers to print: a village whose roll is sealed as the actions seal it, with notices published and signed."""

from __future__ import annotations

from datetime import date

from shanzhi.apps.elections.actions import lines as sealed
from shanzhi.apps.elections.actions import notices
from shanzhi.apps.elections.models import Correction, Election, Mandate, Notice, Objection, Roll
from shanzhi.apps.record.actions import sign
from tests.apps.elections.the_count import fresh, make_count

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = ["建国", "秀英", "志强", "桂兰", "海", "玉梅", "守义", "春花", "明珠", "双喜", "爱莲", "永"]
SEATS = {"chair": 1, "vice_chair": 1, "member": 3}
PEOPLE = [
    ("chair", "李建国"), ("chair", "刘志强"), ("vice_chair", "杨守义"), ("vice_chair", "高双喜"), ("member", "王秀兰"),
    ("member", "张桂英"), ("member", "任海生"), ("member", "郝永福"),
]  # fmt: skip


def with_roll(registered: int = 60, groups: int = 3) -> Election:
    """An election at the count whose roll is sealed, with names and groups like a village's."""
    election = make_count(SEATS, PEOPLE, registered=registered)
    roll = Roll.objects.get(election=election)
    rows = list(roll.lines.select_related("person"))
    for at, line in enumerate(rows):
        if line.name.startswith("村民"):
            line.name = SURNAMES[at % len(SURNAMES)] + GIVEN[at // len(SURNAMES) % len(GIVEN)]
        line.group = f"第{'一二三四五六七八九'[at * groups // len(rows)]}村民小组"
        line.sex, line.voter_class = ("f" if at % 2 else "m"), 1 + (at % 40 == 7)
    sealed.seal_lines(roll, rows)
    roll.lines.model.objects.bulk_update(rows, [*sealed.SEALED, "name", "sex", "group", "voter_class"])
    sealed.seal_roll(roll)
    return fresh(election)


def posted_roll(election: Election) -> Notice:
    roll = Roll.objects.get(election=election)
    return signed(notices.publish_roll(election=election, roll=roll, posted_on=roll.posted_on, by="clerk"))


def posted_candidates(election: Election) -> Notice:
    return signed(notices.publish_candidates(election=election, posted_on=date(2026, 12, 12), by="clerk"))


def posted_correction(election: Election, reason: str = "登记时遗漏，户籍在本村并在本村居住") -> Notice:
    """An objection that was upheld, and what it changed."""
    roll = Roll.objects.get(election=election)
    line = roll.lines.filter(number__gt=20).first()
    objection = Objection.objects.create(
        roll=roll, person=line.person, about="missing", says="漏登", objector="欧阳申诉", filed_on=date(2026, 11, 28),
        decide_by=date(2026, 12, 1), verdict="upheld", reason=reason, decided_on=date(2026, 11, 30), recorded_by="c",
    )  # fmt: skip
    Correction.objects.create(
        roll=roll, line=line, change="add", reason=reason, objection=objection, made_on=date(2026, 11, 30),
        recorded_by="c",
    )  # fmt: skip
    return signed(
        notices.publish_correction(
            election=election, posted_on=date(2026, 11, 30), objection=objection, by="clerk"
        )
    )


def posted_mandates(election: Election, number: int = 3) -> Notice:
    rows = list(Roll.objects.get(election=election).lines.filter(number__gt=10)[: 2 * number])
    for giver, taker in zip(rows[::2], rows[1::2], strict=True):
        Mandate.objects.create(
            election=election, principal=giver, holder=taker, reason="外出务工", written_on=date(2026, 12, 10),
            recorded_by="clerk",
        )  # fmt: skip
    return signed(notices.publish_mandates(election=election, posted_on=date(2026, 12, 15), by="clerk"))


def signed(notice: Notice) -> Notice:
    """The notice, with the log's signature that follows a commit."""
    sign("public")
    return notice
