"""The roll: lines, counts, objections, what people declared, and the public look-up."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet

from shanzhi.apps.elections.models import Declaration, Election, Objection, Roll, RollLine
from shanzhi.apps.places import selectors as places
from shanzhi.apps.record import sealing
from shanzhi.core.merkle import roll as commitments

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person

CODE, NAME = "roll-code", "roll-name"  # purposes of the keyed hashes
FOUND_AT_MOST = 20

LIVE = Q(listed=True, struck_off=False)
SHOWS = {
    "listed": LIVE,
    "class_1": LIVE & Q(voter_class=1),
    "class_2": LIVE & Q(voter_class=2),
    "class_3": LIVE & Q(voter_class=3),
    "not_listed": Q(listed=False) | Q(struck_off=True),
    "unknown": Q(listed=None),
}


def lines(election: Election, *, show: str = "", query: str = "") -> QuerySet[RollLine]:
    """Lines of the roll that holds for an election, under the filters of the page."""
    found = RollLine.objects.filter(roll__election=election.roll_holder).select_related("person__household")
    if show in SHOWS:
        found = found.filter(SHOWS[show])
    if query:
        found = found.filter(name__contains=query)
    return found.order_by(F("number").asc(nulls_last=True), "id")


def counts(election: Election) -> dict[str, int]:
    """How many lines of each kind."""
    found = RollLine.objects.filter(roll__election=election.roll_holder)
    named = {f"count_{name}": Count("pk", filter=shown) for name, shown in SHOWS.items()}
    counted = found.aggregate(count_all=Count("pk"), **named)  # a name of its own: none may shadow a column
    return {name.removeprefix("count_"): number for name, number in counted.items()}


def posted(election: Election) -> list[RollLine]:
    """The lines as they stand on the board, in order of their numbers."""
    return list(
        RollLine.objects.filter(LIVE, roll__election=election.roll_holder, number__isnull=False)
        .select_related("person__household")
        .order_by("number")
    )


def found(election: Election, query: str) -> list[Person]:
    """People whose name holds the query, for choosing one on a form: of the village, and who left but is on the roll."""
    if not query.strip():
        return []
    here = list(places.search(election.village, query.strip())[:FOUND_AT_MOST])
    here_now = Q(person__left="", person__place=election.village_id)
    gone = lines(election, query=query.strip()).filter(LIVE).exclude(here_now)
    return here + [line.person for line in gone[: FOUND_AT_MOST - len(here)]]


def undeclared(election: Election, query: str) -> list[Person]:
    """Those whose class depends on what they say: away, or from elsewhere. A search finds everybody."""
    people = places.search(election.village, query.strip())
    return list((people if query.strip() else people.exclude(residence="resident"))[:FOUND_AT_MOST])


def declarations(election: Election) -> QuerySet[Declaration]:
    """What people declared for an election, newest first."""
    return Declaration.objects.filter(election=election).select_related("person").order_by("-pk")[:200]


@dataclass(frozen=True, slots=True)
class Clocked:
    """An objection with its clock."""

    objection: Objection
    days_left: int

    @property
    def late(self) -> bool:
        return not self.objection.verdict and self.days_left < 0


def objections(election: Election, *, today: date) -> list[Clocked]:
    """Objections to the roll, the undecided first, each with the days it has left."""
    rows = Objection.objects.filter(roll__election=election.roll_holder).select_related("person")
    ordered = sorted(rows, key=lambda each: (bool(each.verdict), each.decide_by))
    return [Clocked(each, (each.decide_by - today).days) for each in ordered]


def objections_until(roll: Roll) -> date | None:
    """The last day for objections (VCOL-17-2)."""
    return roll.posted_on + timedelta(days=5) if roll.posted_on else None


# Commitments and slips


def plain(text: str) -> str:
    """What was typed, without spaces and wide forms: one name has one key, however it is typed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def name_key(roll: Roll, name: str, tail: str) -> str:
    """What the look-up by name and last four hashes."""
    return f"{roll.key}|{plain(name)}|{plain(tail).upper()}"


def code_key(roll: Roll, code: str) -> str:
    """What the look-up by a slip's code hashes."""
    return f"{roll.key}|{plain(code).replace('-', '').upper()}"


def nonce(roll: Roll) -> str:
    """What the list on the board carries, so that whoever stands before it can work out its published digest."""
    return sealing.unseal(roll, "nonce_sealed")


def has_codes(election: Election) -> bool:
    """Whether slips of this roll can be printed: it is posted, and its salts and codes have not been deleted."""
    roll = getattr(election.roll_holder, "own_roll", None)
    return roll is not None and roll.nonce_sealed is not None


def paper_digest(roll: Roll) -> str:
    """The digest of the named list on the board under its nonce: number and name of each line, in order."""
    rows = roll.lines.filter(LIVE, number__isnull=False).order_by("number").values_list("number", "name")
    return commitments.paper_digest(bytes.fromhex(nonce(roll)), [f"{number} {name}" for number, name in rows])


def commitments_of(roll: Roll) -> list[tuple[RollLine, bytes]]:
    """Every posted line with its salted commitment, in order."""
    rows = roll.lines.filter(LIVE, number__isnull=False).order_by("number")
    return [(line, commitments.commitment(_line(line), bytes.fromhex(_salt(line)))) for line in rows]


def lines_root(roll: Roll) -> str:
    """The root over the posted lines' commitments, in hexadecimal."""
    return commitments.lines_root([each for _line_, each in commitments_of(roll)]).hex()


def slip(line: RollLine) -> dict[str, Any]:
    """What a villager carries home from the village desk: line, salt and path. Never shown to anyone else."""
    pairs = commitments_of(line.roll)
    place = next(at for at, (each, _commitment) in enumerate(pairs) if each.pk == line.pk)
    held = commitments.slip(_line(line), bytes.fromhex(_salt(line)), [each for _l, each in pairs], place)
    return {
        "number": held.line.number, "name": held.line.name, "sex": held.line.sex, "salt": held.salt.hex(),
        "position": held.position, "count": held.count, "path": [part.hex() for part in held.path],
    }  # fmt: skip


def slip_code(line: RollLine) -> str:
    """The eight characters of a line's paper slip."""
    return sealing.unseal(line, "code_sealed")


def _line(line: RollLine) -> commitments.Line:
    return commitments.Line(line.number or 0, line.name, line.sex)


def _salt(line: RollLine) -> str:
    return sealing.unseal(line, "salt_sealed")


# The public look-up


def open_roll(village_id: int) -> Roll | None:
    """The posted roll of a village that can be asked about: while an election that it holds for is under way."""
    under_way = Election.objects.filter(village=village_id).exclude(
        stage__in=["planned", "roll", "announced"]
    )
    for election in under_way.select_related("parent__parent").order_by("-pk"):
        roll = Roll.objects.filter(election=election.roll_holder, posted_on__isnull=False).first()
        if roll is not None:
            return roll
    return None


@dataclass(frozen=True, slots=True)
class Question:
    """What a villager asks about: a name with the last four of the ID number, or the code of a paper slip."""

    name: str = ""
    tail: str = ""
    code: str = ""


def is_listed(roll: Roll, question: Question) -> bool:
    """Whether a line answers to the question. Both look-ups are made whatever was asked, so that time tells nothing."""
    codes = sealing.look_ups(code_key(roll, question.code), purpose=CODE)
    names = sealing.look_ups(name_key(roll, question.name, question.tail), purpose=NAME)
    live = RollLine.objects.filter(LIVE, roll=roll)
    by_code = live.filter(code_look_up__in=codes).count()
    by_name = live.filter(name_look_up__in=names).count()
    return bool(by_code if question.code else by_name)
