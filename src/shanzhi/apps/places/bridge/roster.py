"""A roster file -> checked rows, or faults that say where, what, why and how to mend it. Nothing here writes.

Reads .xlsx and .csv (UTF-8 with or without BOM, GBK). A row is good or bad as a whole.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

import python_calamine
from django.utils.translation import gettext as _

from shanzhi.apps.places.errors import Unreadable
from shanzhi.core import identity
from shanzhi.core.identity import Fault

MOST_BYTES, MOST_ROWS, MOST_UNPACKED = 5 * 1024 * 1024, 20_000, 80 * 1024 * 1024
HEADER_WITHIN = 10  # rows: county forms carry a title or two above the column names
LONGEST = 100

COLUMNS = {  # column -> the names it goes by, the template's first
    "household": ("户号", "户编号", "家庭编号"),
    "group": ("村民小组", "小组", "组别"),
    "name": ("姓名", "名字"),
    "sex": ("性别",),
    "id_number": ("公民身份号码", "身份证号", "身份证号码", "居民身份证号码"),
    "born": ("出生日期", "出生年月日"),
    "relation": ("与户主关系", "户主关系"),
    "residence": ("居住情况", "居住状态"),
    "here_since": ("居住或工作起始日期", "来村日期"),
    "party": ("政治面貌",),
    "phone": ("联系电话", "电话", "手机号"),
    "rights": ("剥夺政治权利", "是否剥夺政治权利"),
}
NEEDED = ("household", "name", "id_number", "residence")
RESIDENCE = {
    "户在人在": "resident", "户在人不在": "away", "人在户不在": "outsider",
    "常住": "resident", "外出": "away", "外来": "outsider",
}  # fmt: skip
PARTY = {
    "": "none", "群众": "none", "共青团员": "none", "中共党员": "full", "党员": "full",
    "中共预备党员": "probationary", "预备党员": "probationary",
}  # fmt: skip
RELATIONS = {
    "户主": "head", "本人": "head", "配偶": "spouse", "妻": "spouse", "夫": "spouse", "妻子": "spouse", "丈夫": "spouse",
    "子": "child", "女": "child", "儿子": "child", "女儿": "child",
    "长子": "child", "次子": "child", "长女": "child", "次女": "child", "子女": "child",
    "父": "parent", "母": "parent", "父亲": "parent", "母亲": "parent", "父母": "parent",
    "兄弟": "sibling", "姐妹": "sibling", "兄": "sibling", "弟": "sibling", "姐": "sibling", "妹": "sibling", "兄弟姐妹": "sibling",
    "孙子": "grandchild", "孙女": "grandchild", "外孙子": "grandchild", "外孙女": "grandchild", "孙": "grandchild",
    "祖父": "grandparent", "祖母": "grandparent", "外祖父": "grandparent", "外祖母": "grandparent",
    "儿媳": "in_law", "女婿": "in_law", "岳父": "in_law", "岳母": "in_law", "公公": "in_law", "婆婆": "in_law",
    "": "", "其他": "", "其他亲属": "", "非亲属": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: a person as the records will hold him."""

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
    rights_removed: bool

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

    @property
    def bad_lines(self) -> int:
        return len({cell.line for cell in self.bad})


def check(content: bytes, file_name: str, *, today: date) -> Checked:
    """Read a roster and check every row by itself and against the others. Raises Unreadable."""
    lines = list(_table(content, file_name))
    header, places = _header(lines)
    checked = Checked()
    seen: dict[str, int] = {}
    for number, cells in lines[header + 1 :]:
        texts = {column: _text(cells[at]) if at < len(cells) else "" for column, at in places.items()}
        if not any(texts.values()) or texts.get("name", "").startswith("示例"):
            continue
        faults = list(_faults(number, texts, seen, today))
        checked.bad += faults
        if not faults:
            checked.good.append(_row(number, texts, today))
    if not checked.good and not checked.bad:
        raise Unreadable(_("The file has column names but no people below them."))
    return checked


# Reading the file


def _table(content: bytes, file_name: str) -> Iterator[tuple[int, Sequence[object]]]:
    if len(content) > MOST_BYTES:
        raise Unreadable(
            _(
                "The file is larger than 5 MB. A village's roster is smaller: remove pictures and other sheets."
            )
        )
    if not content:
        raise Unreadable(_("The file is empty."))
    name = file_name.lower()
    if name.endswith(".xlsx"):
        rows: Iterable[Sequence[object]] = _xlsx(content)
    elif name.endswith(".csv"):
        rows = csv.reader(io.StringIO(_decoded(content)))
    else:
        raise Unreadable(
            _("Only .xlsx and .csv files can be read. In Excel choose “Save as” and the type .xlsx.")
        )
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Unreadable(_("The file has more than 20,000 rows. Import village by village."))
        yield number, row


def _xlsx(content: bytes) -> list[list[object]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable(
                    _("The file unpacks to far more than a roster. Copy the table into a new workbook.")
                )
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return list(book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1))
    except (zipfile.BadZipFile, python_calamine.CalamineError, OSError, ValueError) as broken:
        raise Unreadable(
            _("The file is damaged or not an .xlsx file. Open it in Excel and save it again.")
        ) from broken


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("The .csv file is neither UTF-8 nor GBK. In Excel save it as .xlsx."))


def _header(lines: list[tuple[int, Sequence[object]]]) -> tuple[int, dict[str, int]]:
    by_name = {name: column for column, names in COLUMNS.items() for name in names}
    best: list[str] = list(NEEDED)
    for place, (_number, cells) in enumerate(lines[:HEADER_WITHIN]):
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            column = by_name.get(_text(cell).replace(" ", "").rstrip("*＊"))
            if column and column not in found:
                found[column] = at
        missing = [column for column in NEEDED if column not in found]
        if not missing:
            return place, found
        best = missing if len(missing) < len(best) else best
    names = "、".join(COLUMNS[column][0] for column in best)
    raise Unreadable(
        _("Columns are missing: {names}. Use the template, or name the columns so.").format(names=names)
    )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).replace("\u3000", " ").strip()


# Checking a row


def _faults(line: int, texts: dict[str, str], seen: dict[str, int], today: date) -> Iterator[BadCell]:
    for column in COLUMNS:
        text = texts.get(column, "")
        if len(text) > LONGEST or any(ord(c) < 32 for c in text):
            yield _bad(
                line,
                column,
                text[:20],
                _("too long, or with control characters"),
                _("Type it anew, in one line."),
            )
            return
    for column in ("household", "name"):
        if not texts.get(column):
            yield _bad(line, column, "", _("is missing"), _("Fill it in."))
    yield from _id_faults(line, texts, seen, today)
    yield from _word_faults(line, texts)
    yield from _date_faults(line, texts, today)
    if texts.get("phone"):
        try:
            identity.phone(texts["phone"])
        except identity.Unusable:
            yield _bad(line, "phone", identity.masked_phone(texts["phone"]), _("is not a phone number"),
                       _("Eleven digits for a mobile phone, or area code and number; leave it empty if unknown."))  # fmt: skip


def _id_faults(line: int, texts: dict[str, str], seen: dict[str, int], today: date) -> Iterator[BadCell]:
    text = texts.get("id_number", "")
    try:
        number = identity.parse(text, today=today)
    except identity.Unusable as wrong:
        reason, remedy = _id_words(wrong.fault)
        yield _bad(line, "id_number", _masked(text), reason, remedy)
        return
    if number.number in seen:
        yield _bad(line, "id_number", identity.masked(number.number),
                   _("the same person stands in row {line} already").format(line=seen[number.number]),
                   _("Keep one of the two rows."))  # fmt: skip
    seen.setdefault(number.number, line)
    if _sex(texts.get("sex", "")) not in {None, number.sex}:
        yield _bad(
            line, "sex", texts["sex"], _("does not fit the ID number"), _("Check both against the ID card.")
        )
    born = _date(texts.get("born", ""))
    if born and born != number.born:
        yield _bad(
            line, "born", texts["born"], _("does not fit the ID number"), _("Check both against the ID card.")
        )


def _id_words(fault: Fault) -> tuple[str, str]:
    check_card = _("Compare it with the ID card, digit by digit.")
    return {
        Fault.EMPTY: (_("is missing"), _("Fill it in from the ID card or household register.")),
        Fault.DAMAGED: (
            _("was damaged by Excel: the last digits are lost"),
            _(
                "Set the column to “Text” first, then type the number again; the lost digits cannot be recovered."
            ),
        ),
        Fault.LENGTH: (_("does not have 18 characters"), check_card),
        Fault.SHAPE: (_("has something other than 17 digits and a last digit or X"), check_card),
        Fault.DATE: (_("holds a date of birth that does not exist"), check_card),
        Fault.FUTURE: (_("holds a date of birth in the future"), check_card),
        Fault.CHECK: (
            _("has a check digit that does not fit: a digit is wrong or two are swapped"),
            check_card,
        ),
    }[fault]


def _word_faults(line: int, texts: dict[str, str]) -> Iterator[BadCell]:
    for column, words in (("residence", RESIDENCE), ("party", PARTY), ("relation", RELATIONS)):
        text = texts.get(column, "")
        if text not in words:
            choices = "、".join(word for word in list(words)[:8] if word)
            yield _bad(line, column, text, _("is not one of the words this column knows"),
                       _("Choose from: {choices}").format(choices=choices))  # fmt: skip
    if texts.get("sex") and _sex(texts["sex"]) is None:
        yield _bad(
            line,
            "sex",
            texts["sex"],
            _("is neither 男 nor 女"),
            _("Choose from: {choices}").format(choices="男、女"),
        )
    if texts.get("rights", "") not in {"", "是", "否"}:
        yield _bad(
            line,
            "rights",
            texts["rights"],
            _("is neither 是 nor 否"),
            _("Choose from: {choices}").format(choices="是、否"),
        )


def _date_faults(line: int, texts: dict[str, str], today: date) -> Iterator[BadCell]:
    for column in ("born", "here_since"):
        text = texts.get(column, "")
        day = _date(text)
        if text and day is None:
            yield _bad(line, column, text, _("is not a date"), _("Write it as 1965-03-21."))
        elif day and day > today:
            yield _bad(line, column, text, _("lies in the future"), _("Check the year."))


def _row(line: int, texts: dict[str, str], today: date) -> Row:
    number = identity.parse(texts["id_number"], today=today)
    since = _date(texts.get("here_since", ""))
    return Row(
        line=line, household=texts["household"], group=texts.get("group", ""), name=texts["name"].replace(" ", ""),
        sex=number.sex, id_number=number.number, born=number.born.isoformat(),
        relation=RELATIONS[texts.get("relation", "")], residence=RESIDENCE[texts["residence"]],
        here_since=since.isoformat() if since else "", party=PARTY[texts.get("party", "")],
        phone=identity.phone(texts["phone"]) if texts.get("phone") else "", rights_removed=texts.get("rights") == "是",
    )  # fmt: skip


def _bad(line: int, column: str, value: str, reason: str, remedy: str) -> BadCell:
    return BadCell(line, COLUMNS[column][0], value, reason, remedy)


def _masked(text: str) -> str:
    return f"{text[:6]}…{text[-2:]}" if len(text) > 10 else text


def _sex(text: str) -> str | None:
    return {"男": "m", "女": "f"}.get(text)


def _date(text: str) -> date | None:
    digits = text.replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").removesuffix("日")
    if digits.isdigit() and len(digits) == 8:
        digits = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        year, month, day = (int(part) for part in digits.split("-"))
        return date(year, month, day)
    except ValueError:
        return None
