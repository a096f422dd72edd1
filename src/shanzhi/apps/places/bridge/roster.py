"""A roster file -> checked rows, or faults that say where, what, why and how to mend it. Nothing here writes.

Reads .xlsx, .xls and .csv (UTF-8 with or without BOM, GBK). A row is good or bad as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from shanzhi.apps.places.bridge import dates, table
from shanzhi.apps.places.bridge.columns import COLUMNS, PARTY, RELATIONS, RESIDENCE, RIGHTS, SEX, WHERE
from shanzhi.apps.places.errors import Unreadable
from shanzhi.apps.places.models import Place
from shanzhi.core import identity
from shanzhi.web import wording

MOST_BYTES = table.MOST_BYTES
LONGEST = {"name": 40, "household": 20, "group": 30}
CHOICES_SHOWN = {"residence": 3, "party": 8, "relation": 60}
FORMULA = ("=", "+", "-", "@")  # a cell that begins so may be run by a spreadsheet
Fault = tuple[int, str, str, str, str]  # row, column, value, reason, remedy
_COMMITTEE = re.compile(r"(村民委员会|村委会|居民委员会|居委会|委会|村|社区|人民政府|镇|乡|街道)+$")


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: a person as the records will hold him. Empty, or None: the file does not say."""

    line: int
    household: str
    group: str
    name: str
    sex: str
    id_number: str
    born: str
    relation: str
    residence: str
    here_since: str
    party: str
    phone: str
    rights_removed: bool | None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BadCell:
    """What is wrong with one cell: row and column as in the file, the value (numbers masked), reason and remedy."""

    line: int
    column: str
    value: str
    reason: str
    remedy: str


@dataclass(slots=True)
class Checked:
    """What a file holds. A line with a fault is not among the good rows."""

    good: list[Row] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)  # columns that are not read
    headings: dict[str, str] = field(default_factory=dict)  # column -> its name in this file

    @property
    def bad_lines(self) -> int:
        return len({cell.line for cell in self.bad})

    def blame(self, fault: Fault) -> None:
        """Note a fault, under the column's name in the file, or in the template when the file has none."""
        line, column, value, reason, remedy = fault
        heading = self.headings.get(column) or (COLUMNS | WHERE)[column][0]
        self.bad.append(BadCell(line, heading, value, reason, remedy))


@dataclass(slots=True)
class _Seen:
    """What earlier rows of the file said."""

    people: dict[str, int] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    groups: dict[str, tuple[str, int]] = field(default_factory=dict)
    damaged: bool = False  # Excel has cut off digits of some number


def check(content: bytes, file_name: str, *, today: date, place: Place | None = None) -> Checked:
    """Read a roster and check every row by itself, against the others and, if given, the village. Raises Unreadable."""
    read = table.read(content, file_name)
    checked, seen = Checked(unused=read.unused, headings=read.headings), _Seen()
    for line, texts in read.rows:
        if texts.get("name", "").startswith("示例"):
            continue
        if read.only_heads:
            texts.setdefault("relation", "户主")
        faults = list(_faults(line, texts, seen, place, today))
        for fault in faults:
            checked.blame(fault)
        if not faults:
            checked.good.append(_row(line, texts, today))
    if seen.damaged:
        _doubt_zeros(checked)
    if not checked.good and not checked.bad:
        raise Unreadable(_("The file has column names but no people below them. Fill in one person a row."))
    return checked


# Checking a row


def _faults(
    line: int, texts: Mapping[str, str], seen: _Seen, place: Place | None, today: date
) -> Iterator[Fault]:
    if shapes := list(_shape_faults(line, texts)):
        yield from shapes
        return
    for column in ("household", "name"):
        if not texts.get(column):
            yield (line, column, "", _("is missing"), _("Fill it in."))
    if place:
        yield from _place_faults(line, texts, place)
    yield from _id_faults(line, texts, seen, today)
    yield from _word_faults(line, texts)
    yield from _household_faults(line, texts, seen)
    yield from _since_faults(line, texts, today)
    yield from _phone_faults(line, texts)


def _shape_faults(line: int, texts: Mapping[str, str]) -> Iterator[Fault]:
    for column, text in texts.items():
        if len(text) > LONGEST.get(column, 100) or any(ord(c) < 32 for c in text):
            reason = _("is too long, or holds a line break or control character")
            yield (line, column, text[:20], reason, _("Type it anew, short and in one line."))
        elif column in {"household", "group", "name"} and text.startswith(FORMULA):
            reason = _("begins like a formula of a spreadsheet (=, +, - or @)")
            yield (line, column, text[:40], reason, _("Type it as plain text."))


def _place_faults(line: int, texts: Mapping[str, str], place: Place) -> Iterator[Fault]:
    """Villages of one name are told apart: whatever the file says of the place must be this village."""
    town = place.parent.name if place.parent else ""
    wanted = {"township": town, "village": place.name, "code": place.code}
    for column, own in wanted.items():
        text = texts.get(column, "")
        if text and text != own and (column == "code" or _bare(text) not in {_bare(own), _bare(town + own)}):
            reason = _("is not the village that is open here: {town} {village} ({code})").format(
                town=town, village=place.name, code=place.code
            )
            yield (line, column, text, reason, _("Open the right village, or correct the cell."))


def _bare(name: str) -> str:
    return _COMMITTEE.sub("", name.replace(" ", "")) or name


def _id_faults(line: int, texts: Mapping[str, str], seen: _Seen, today: date) -> Iterator[Fault]:
    text = texts.get("id_number", "")
    try:
        number = identity.parse(text, today=today)
    except identity.Unusable as wrong:
        seen.damaged = seen.damaged or wrong.fault is identity.Fault.DAMAGED
        reason, remedy = _id_words(wrong.fault, text)
        yield (line, "id_number", hidden(text), reason, remedy)
        return
    first = seen.people.setdefault(number.number, line)
    if first != line:
        reason = _("the same person stands in row {line} already").format(line=first)
        yield (line, "id_number", hidden(text), reason, _("Keep one of the two rows."))
    against_card = _("Check both against the ID card.")
    if SEX.get(texts.get("sex", ""), number.sex) != number.sex:
        yield (line, "sex", texts["sex"], _("does not fit the ID number"), against_card)
    if born := texts.get("born", ""):
        written = dates.read(born)
        if written is None:
            yield (line, "born", born, _("is not a date"), _("Write it as 1965-03-21, or leave it empty."))
        elif not written.agrees_with(number.born):
            yield (line, "born", born, _("does not fit the ID number"), against_card)


def _id_words(fault: identity.Fault, text: str) -> tuple[str, str]:
    card = _("Compare it with the ID card, digit by digit.")
    text_first = _(
        "Set the column to “Text” first, then type the number again from the ID card; the lost digits cannot be recovered."
    )
    if "*" in text or "•" in text:
        return _("is masked"), _("Use a file with full numbers, or type the number from the ID card.")
    if fault is identity.Fault.LENGTH and len(text) == 15 and text.isdigit():
        return _("has only 15 digits: an old number, or digits were lost"), _(
            "Type the 18 characters of the present ID card."
        )
    return {
        identity.Fault.EMPTY: (_("is missing"), _("Fill it in from the ID card or household register.")),
        identity.Fault.DAMAGED: (_("was damaged by Excel: the last digits are lost"), text_first),
        identity.Fault.LENGTH: (_("does not have 18 characters"), card),
        identity.Fault.SHAPE: (_("has something other than 17 digits and a last digit or X"), card),
        identity.Fault.DATE: (_("holds a date of birth that does not exist"), card),
        identity.Fault.FUTURE: (_("holds a date of birth in the future"), card),
        identity.Fault.CHECK: (_("has a check digit that does not fit: a digit is wrong or two are swapped"), card),
    }[fault]  # fmt: skip


def _word_faults(line: int, texts: Mapping[str, str]) -> Iterator[Fault]:
    known: dict[str, Mapping[str, object]] = {
        "sex": SEX | {"": ""}, "residence": RESIDENCE, "party": PARTY, "relation": RELATIONS, "rights": RIGHTS,
    }  # fmt: skip
    for column, words in known.items():
        text = texts.get(column, "")
        if text in words:
            continue
        shown = [word for word in words if word][: CHOICES_SHOWN.get(column, 2)]
        if column == "relation":
            shown = [
                "户主",
                "配偶",
                "子女",
                "父母",
                "兄弟姐妹",
                "孙子",
                "孙女",
                "祖父",
                "祖母",
                "儿媳",
                "女婿",
                "其他",
            ]
        reason = _("is not one of the words this column knows") if text else _("is missing")
        yield (line, column, text, reason, _("Choose from: {choices}").format(choices=wording.listed(shown)))


def _household_faults(line: int, texts: Mapping[str, str], seen: _Seen) -> Iterator[Fault]:
    """A household lies in one group and has one head: else two households carry one number."""
    household, group = texts.get("household", ""), texts.get("group", "")
    if household and group:
        other, first = seen.groups.setdefault(household, (group, line))
        if other != group:
            reason = _("household {household} belongs to {group} in row {line}").format(
                household=household, group=other, line=first
            )
            remedy = _(
                "Correct one of the two; where every group numbers its households anew, write numbers such as 1-001."
            )
            yield (line, "group", group, reason, remedy)
    if household and RELATIONS.get(texts.get("relation", "")) == "head":
        first = seen.heads.setdefault(household, line)
        if first != line:
            reason = _("is the second head of household {household}: the first stands in row {line}").format(
                household=household, line=first
            )
            remedy = _("Give one of them another relation, or another household number.")
            yield (line, "relation", texts["relation"], reason, remedy)


def _doubt_zeros(checked: Checked) -> None:
    """In a file that Excel has damaged, one in eleven cut-off numbers fits its check digit by chance."""
    for row in checked.good:
        if row.id_number.endswith("000"):
            reason = _("ends in 000 in a file whose numbers Excel has damaged")
            remedy = _("Compare it with the ID card, and type it as text.")
            checked.blame((row.line, "id_number", hidden(row.id_number), reason, remedy))
    faulty = {cell.line for cell in checked.bad}
    checked.good = [row for row in checked.good if row.line not in faulty]
    checked.bad.sort(key=lambda cell: cell.line)


def _since_faults(line: int, texts: Mapping[str, str], today: date) -> Iterator[Fault]:
    text = texts.get("here_since", "")
    if not text:
        return
    written = dates.read(text)
    if written is None:
        yield (line, "here_since", text, _("is not a date"), _("Write it as 2023-05-31."))
    elif written.day is None:
        remedy = _("Write the day as well; if nobody knows it, the last day of the month.")
        yield (line, "here_since", text, _("has no day"), remedy)
    elif written.day > today:
        yield (line, "here_since", text, _("lies in the future"), _("Check the year."))


def _phone_faults(line: int, texts: Mapping[str, str]) -> Iterator[Fault]:
    text = texts.get("phone", "")
    if not text:
        return
    try:
        identity.phone(text)
    except identity.Unusable:
        remedy = _("Eleven digits for a mobile phone, or area code and number; leave it empty if unknown.")
        yield (line, "phone", identity.masked_phone(text), _("is not a phone number"), remedy)


def _row(line: int, texts: Mapping[str, str], today: date) -> Row:
    number = identity.parse(texts["id_number"], today=today)
    since = dates.read(texts.get("here_since", ""))
    return Row(
        line=line, household=texts["household"], group=texts.get("group", ""), name="".join(texts["name"].split()),
        sex=number.sex, id_number=number.number, born=number.born.isoformat(),
        relation=RELATIONS[texts.get("relation", "")], residence=RESIDENCE[texts["residence"]],
        here_since=since.day.isoformat() if since and since.day else "", party=PARTY[texts.get("party", "")],
        phone=identity.phone(texts["phone"]) if texts.get("phone") else "", rights_removed=RIGHTS[texts.get("rights", "")],
    )  # fmt: skip


def hidden(number: str) -> str:
    """An ID number, right or wrong, as a list of faults may show it."""
    if "E+" in number.upper():
        return f"{number[:4]}…{number.upper()[number.upper().index('E') :]}"
    return f"{number[:6]}…{number[-2:]}" if len(number) > 10 else number
