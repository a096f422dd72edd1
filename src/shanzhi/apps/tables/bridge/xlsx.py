"""Streams the rows of an .xlsx workbook: however long the sheet, only one row and a piece of the file are in memory.

Libraries hold the whole sheet (calamine), or all its texts (openpyxl, and ten times slower); see decision 0011. What
this reads is held against calamine in the tests. Parts that a table does not need (pictures, formulas, charts) are
never opened; a document type, the door to entity bombs, is refused.
"""

from __future__ import annotations

import mmap
import re
import tempfile
import zipfile
from array import array
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import IO, Any
from xml.parsers import expat

PIECE = 256 * 1024
MOST_UNPACKED = (
    2048 * 1024 * 1024
)  # bytes that come out of the archive, counted as they come, whatever it claims
MOST_SMALL = 16 * 1024 * 1024  # of the parts that only describe the others
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, MOST_MERGED = 200_000, 200, 20, 100_000
MOST_TEXT = 32_768  # characters: what Excel allows a cell
BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_MERGED = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
FAR = 20_000  # a column that no sheet has

Cells = list[object]


class Broken(Exception):  # noqa: N818 - reads as the thing that happened
    """The workbook cannot be read. `fault` says why: damaged, unpacks, macros, rows, other."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Workbook:
    """An open workbook: its visible sheets, and the rows of each."""

    def __init__(self, file: IO[bytes]) -> None:
        self._unpacked = 0
        self._zip = zipfile.ZipFile(file)
        names = set(self._zip.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Broken("macros")
        if "xl/workbook.xml" not in names:
            raise Broken("other")
        self._targets = self._relations("xl/_rels/workbook.xml.rels")
        self._from_1904, self.sheets = self._contents()
        self._dates = self._date_styles()
        self._texts: _Texts | None = None

    def expected(self, sheet: str) -> int:
        """About how many rows the sheet has: the tags that end one."""
        return sum(piece.count(b"row>") for piece in self._pieces(self._part_of(sheet)))

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        """Rows with anything in them: (number, cells). A merged cell says the same in all its rows."""
        part = self._part_of(sheet)
        merged = _Merged(self._pieces(part))
        if self._texts is None:
            shared = self._path_of("sharedStrings")
            self._texts = _Texts(_fed(_SharedTexts(), self._pieces(shared)) if shared else iter(()))
        reader = _Sheet(self._texts, self._dates, self._from_1904)
        for line, cells in _fed(reader, self._pieces(part)):
            yield line, merged.filled(line, cells)

    def _part_of(self, sheet: str) -> str:
        return self._targets[dict(self.sheets)[sheet]][1]

    def _pieces(self, part: str) -> Iterator[bytes]:
        try:
            opened = self._zip.open(part)
        except KeyError:
            raise Broken("damaged") from None
        with opened:
            while piece := opened.read(PIECE):
                self._unpacked += len(piece)
                if (
                    self._unpacked > MOST_UNPACKED
                ):  # a sheet is passed over three times: for its length and merged cells first
                    raise Broken("unpacks")
                yield piece

    def _small(self, part: str, started: Callable[[str, dict[str, str]], None]) -> None:
        """Parse a part that only describes others."""
        parser = _parser()
        parser.StartElementHandler = lambda name, attributes: started(_local(name), attributes)
        read = 0
        for piece in self._pieces(part):
            read += len(piece)
            if read > MOST_SMALL:
                raise Broken("unpacks")
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}

        def started(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rsplit("/", 1)[-1], path)

        self._small(part, started)
        return found

    def _contents(self) -> tuple[bool, list[tuple[str, str]]]:
        """Whether days are counted from 1904; and the visible worksheets: (name, relation)."""
        sheets: list[tuple[str, str]] = []
        from_1904 = False

        def started(name: str, attributes: dict[str, str]) -> None:
            nonlocal from_1904
            if name == "workbookPr":
                from_1904 = attributes.get("date1904", "0") in {"1", "true"}
            elif name == "sheet" and attributes.get("state", "visible") == "visible":
                relation = next(
                    (v for k, v in attributes.items() if _local(k) == "id" and k != "sheetId"), ""
                )
                if self._targets.get(relation, ("", ""))[0] == "worksheet" and len(sheets) < MOST_SHEETS:
                    sheets.append((attributes.get("name", ""), relation))

        self._small("xl/workbook.xml", started)
        return from_1904, sheets

    def _path_of(self, kind: str) -> str:
        return next((path for each, path in self._targets.values() if each == kind), "")

    def _date_styles(self) -> list[bool]:
        """Of each cell style, whether its numbers are days."""
        part, formats, styles, inside = self._path_of("styles"), {}, [], [""]
        if not part or part not in self._zip.namelist():
            return []

        def started(name: str, attributes: dict[str, str]) -> None:
            if name in {"cellXfs", "cellStyleXfs", "dxfs"}:
                inside[0] = name
            elif name == "numFmt":
                formats[attributes.get("numFmtId", "")] = is_date_format(attributes.get("formatCode", ""))
            elif name == "xf" and inside[0] == "cellXfs":
                styles.append(attributes.get("numFmtId", "0"))

        self._small(part, started)
        return [
            formats[number] if number in formats else number.isdigit() and int(number) in BUILT_IN_DATES
            for number in styles
        ]


def is_date_format(code: str) -> bool:
    """Whether a number format writes a day or time: it has y, m, d, h or s outside quotes, and is not a plain number."""
    bare = _QUOTED.sub("", code.split(";", maxsplit=1)[0]).lower()
    return (
        bool(re.search(r"[ymdhs]|年|月|日", bare))
        and "general" not in bare
        and "0.0" not in bare.replace("s.0", "")
    )


class _Texts:
    """The shared texts of a workbook, in a file of their own; only where each begins is in memory."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._ends = array("Q")
        at = 0
        with tempfile.TemporaryFile() as file:  # it has no name, and lives as long as it is mapped
            for text in texts:
                at += file.write(text.encode("utf-8", "surrogatepass"))
                self._ends.append(at)
            file.flush()
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if at else b""

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends):
            return ""
        return self._bytes[self._ends[number - 1] if number else 0 : self._ends[number]].decode(
            errors="replace"
        )


class _SharedTexts:
    """Takes the texts of sharedStrings.xml as they come. Readings of characters (rPh) are not part of a text."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.parser = _parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._data
        self._held: list[str] = []
        self._taking = self._phonetic = False

    def _start(self, name: str, _attributes: object) -> None:
        name = _local(name)
        if name == "t":
            self._taking = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def _end(self, name: str) -> None:
        name = _local(name)
        if name == "si":
            self.done.append("".join(self._held)[:MOST_TEXT])
            self._held.clear()
        elif name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic = False

    def _data(self, text: str) -> None:
        if self._taking:
            self._held.append(text)


class _Sheet:
    """Takes the rows of a sheet as they come."""

    def __init__(self, texts: _Texts, dates: list[bool], from_1904: bool) -> None:
        self.done: list[tuple[int, Cells]] = []
        self.parser = _parser()
        self._texts, self._dates = texts, dates
        self._epoch = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self._rows = 0
        self._listen()

    def _listen(self) -> None:  # noqa: C901, PLR0915 - one state for the whole sheet, in local names: this is the hot loop
        value_of, texts = self._value, self._texts
        columns: dict[str, int] = {}
        line, place, taking, phonetic = 0, -1, False, False
        kind, style = "n", ""
        cells: Cells = []
        held: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal line, place, cells, kind, style, taking, phonetic
            if name == "c":
                get = attributes.get
                kind, style = get("t", "n"), get("s", "")
                letters = get("r", "").rstrip("0123456789")
                place = columns[letters] if letters in columns else place + 1
                if letters and letters not in columns:
                    place = columns[letters] = column_of(letters)
            elif name in {"v", "t"}:
                taking = not phonetic
            elif name == "row":
                number = attributes.get("r", "")
                line = int(number) if number.isdigit() and len(number) < 8 else line + 1
                cells, place = [], -1
            elif name == "rPh":
                phonetic = True
            elif ":" in name:
                start(_local(name), attributes)

        def end(name: str) -> None:
            nonlocal taking, phonetic
            if name == "c":
                if held and place < MOST_COLUMNS:
                    if len(cells) < place:
                        cells.extend([""] * (place - len(cells)))
                    text = held[0] if len(held) == 1 else "".join(held)
                    if kind == "s":
                        cells.append(texts[int(text)] if text.isdigit() else "")
                    else:
                        cells.append(value_of(text, kind, style))
                held.clear()
            elif name in {"v", "t"}:
                taking = False
            elif name == "row":
                if cells:
                    self._count()
                    self.done.append((line, cells))
            elif name == "rPh":
                phonetic = False
            elif ":" in name:
                end(_local(name))

        def data(text: str) -> None:
            if taking:
                held.append(text)

        self.parser.StartElementHandler, self.parser.EndElementHandler = start, end
        self.parser.CharacterDataHandler = data

    def _count(self) -> None:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise Broken("rows")

    def _value(self, text: str, kind: str, style: str) -> object:
        if kind == "b":
            return text == "1"
        if kind not in {"n", ""}:  # inlineStr, str, e, and d: a day as text
            return text[: 10 if kind == "d" else MOST_TEXT]
        if style and style.isdigit() and int(style) < len(self._dates) and self._dates[int(style)]:
            return self._day(text)
        if len(text) <= 15 and text.isascii() and text.isdigit():
            return text
        try:
            return float(text)
        except ValueError:
            return text[:MOST_TEXT]

    def _day(self, text: str) -> object:
        try:
            days = float(text)
            if 0 <= days < 1:
                seconds = int(days * 86400 + 0.5)
                return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
            whole = int(days) + (1 if days < 60 and self._epoch.year == 1899 else 0)
            return (self._epoch + timedelta(days=whole)).isoformat()
        except (ValueError, OverflowError):
            return text[:MOST_TEXT]


class _Merged:
    """Cells that were merged downwards: what stands in the first row of such a block stands in all of them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._blocks: dict[int, list[tuple[int, int]]] = {}  # first row -> (column, last row)
        self._open: dict[int, tuple[int, object]] = {}  # column -> (last row, what it says)
        rest, found = b"", 0
        for piece in pieces:
            rest = rest[-200:] + piece
            if b"mergeCell " not in rest:
                continue
            for match in _MERGED.finditer(rest):
                found += 1
                self._add(match)
            rest = b""
            if found > MOST_MERGED:
                raise Broken("unpacks")

    def _add(self, match: re.Match[bytes]) -> None:
        left, top, bottom = column_of(match[1].decode()), int(match[2]), int(match[4])
        if bottom > top and (left, bottom) not in self._blocks.get(top, ()):
            self._blocks.setdefault(top, []).append((left, bottom))

    def filled(self, line: int, cells: Cells) -> Cells:
        """The row with what merged cells say in it."""
        if not self._blocks and not self._open:
            return cells
        for column, (last, said) in list(self._open.items()):
            if line > last:
                del self._open[column]
            else:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = said if cells[column] == "" else cells[column]
        for column, last in self._blocks.pop(line, ()):
            if column < len(cells):
                self._open[column] = (last, cells[column])
        return cells


def column_of(letters: str) -> int:
    """The column with these letters, counted from 0; far out for anything else."""
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isupper():
        return FAR
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _fed(taker: Any, pieces: Iterator[bytes]) -> Iterator[Any]:
    """Feed a part to its taker and hand on what is done."""
    for piece in pieces:
        taker.parser.Parse(piece, False)
        yield from taker.done
        taker.done.clear()
    taker.parser.Parse(b"", True)
    yield from taker.done


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_declared: object) -> None:
    raise Broken("damaged")


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]
