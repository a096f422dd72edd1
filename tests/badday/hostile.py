"""The adversary: files that are built to fill a memory or a disk, to run for ever, or to do something when opened.

Each is written into a folder by a function that itself stays small. `HOSTILE` says for each what has to become of it:

* refused   a plain sentence, and nothing of it is kept
* inert     it may be read, but as text: nothing in it was followed, calculated or unpacked beside the cells

A reader of tables is put under all of them by naming it in `reading.py`.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

MEBIBYTE = 2**20
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
COLUMNS = ("户号", "姓名", "公民身份号码", "居住情况")
ROW = ("001", "王秀兰", "141130197005010029", "户在人在")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: what it is called, how it is made, and what has to become of it."""

    name: str
    write: Callable[[Path], object]
    fate: str = "refused"


def workbook(*rows: tuple[object, ...]) -> bytes:
    """An honest workbook of these rows."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    for at, row in enumerate([COLUMNS, *rows] if rows else [COLUMNS, ROW]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    book.close()
    return buffer.getvalue()


def with_parts(
    path: Path, parts: dict[str, bytes | Iterator[bytes]], *, without: tuple[str, ...] = ()
) -> None:
    """The honest workbook with parts of it replaced or added, written piece by piece."""
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name not in parts and name not in without:
                new.writestr(name, old.read(name))
        for name, body in parts.items():
            with new.open(name, "w", force_zip64=True) as out:
                for piece in [body] if isinstance(body, bytes) else body:
                    out.write(piece)


def part(name: str, body: bytes | Callable[[], Iterator[bytes]]) -> Callable[[Path], object]:
    return lambda path: with_parts(path, {name: body if isinstance(body, bytes) else body()})


def sheet_of(cells: str, *, before: str = "", dimension: str = "") -> bytes:
    told = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f"{HEAD}{before}<worksheet {SPACE}>{told}<sheetData>{cells}</sheetData></worksheet>".encode()


def text(reference: str, words: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'


def line(number: int, cells: tuple[object, ...] = ROW) -> str:
    return f'<row r="{number}">{"".join(text(f"{chr(65 + at)}{number}", str(cell)) for at, cell in enumerate(cells))}</row>'


# Too much


def _zeros(mebibytes: int, begin: bytes = b"") -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield begin
        for _piece in range(mebibytes):
            yield bytes(MEBIBYTE)

    return pieces


def _spaces(mebibytes: int) -> Callable[[], Iterator[bytes]]:
    """White space that an XML parser has to go through."""

    def pieces() -> Iterator[bytes]:
        yield sheet_of(line(1, COLUMNS)).removesuffix(b"</sheetData></worksheet>")
        for _piece in range(mebibytes):
            yield b" " * MEBIBYTE
        yield b"</sheetData></worksheet>"

    return pieces


def _many_strings() -> Iterator[bytes]:
    yield f"{HEAD}<sst {SPACE}>".encode()
    for _piece in range(400):
        yield b"<si><t>x</t></si>" * 60_000
    yield b"</sst>"


def _one_string() -> Iterator[bytes]:
    yield f"{HEAD}<sst {SPACE}><si><t>".encode()
    for _piece in range(600):
        yield b"x" * MEBIBYTE
    yield b"</t></si></sst>"


def _many_rows() -> Iterator[bytes]:
    yield f"{HEAD}<worksheet {SPACE}><sheetData>{line(1, COLUMNS)}".encode()
    for piece in range(2, 1_048_000, 1000):
        yield "".join(line(number) for number in range(piece, piece + 1000)).encode()
    yield b"</sheetData></worksheet>"


def _nested(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("inner", bytes(300 * MEBIBYTE))
    packed = inner.getvalue()
    for _level in range(3):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as box:
            for number in range(8):
                box.writestr(f"{number}.zip", packed)
        packed = outer.getvalue()
    with_parts(path, {"xl/embeddings/bomb.zip": packed, SHEET: _once(_zeros(300))})


def _once(make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    return make()


def _overlapping(path: Path) -> None:
    """Every entry of the directory points at the same bytes: a small file that unpacks to the sum of its claims."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(20 * MEBIBYTE)) + kernel.flush()
    crc = zlib.crc32(bytes(20 * MEBIBYTE))
    told = (20, 0, 8, 0, 0, crc, len(packed), 20 * MEBIBYTE)
    with open(path, "wb") as file:
        name = b"xl/workbook.xml"
        file.write(struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", *told, len(name), 0) + name + packed)
        begin = file.tell()
        for number in range(60):
            name = b"xl/workbook.xml" if not number else f"xl/worksheets/sheet{number}.xml".encode()
            file.write(
                struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, *told, len(name), 0, 0, 0, 0, 0, 0)
                + name
            )
        size = file.tell() - begin
        file.write(struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 60, 60, size, begin, 0))


def _lying(path: Path) -> None:
    """Its directory says that the sheet is small."""
    with_parts(path, {SHEET: _once(_zeros(900, b"<worksheet>"))})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    while at >= 0:
        name = bytes(content[at + 46 : at + 46 + struct.unpack_from("<H", content, at + 28)[0]])
        if name.decode() == SHEET:
            struct.pack_into("<I", content, at + 24, 2000)
        at = content.rfind(b"PK\x01\x02", 0, at)
    path.write_bytes(content)


def _many_sheets(path: Path) -> None:
    names = "".join(f'<sheet name="s{at}" sheetId="{at}" r:id="rId1"/>' for at in range(1, 300_000))
    book = (
        f'{HEAD}<workbook {SPACE} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{names}</sheets></workbook>"
    )
    with_parts(path, {"xl/workbook.xml": book.encode()})


def _many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(200_000):
            packed.writestr(f"{number}", b"")


# Too clever


LAUGHS = "<!DOCTYPE lolz [<!ENTITY l0 'ha'>" + "".join(
    f"<!ENTITY l{at} '{f'&l{at - 1};' * 10}'>" for at in range(1, 10)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def _truncated(path: Path) -> None:
    content = workbook(*[ROW] * 200)
    path.write_bytes(content[: len(content) // 2])


def _wrong_sum(path: Path) -> None:
    content = bytearray(workbook(*[ROW] * 200))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        info = packed.getinfo(SHEET)
    begin = info.header_offset + 30 + len(SHEET)
    for at in range(begin + 40, begin + 60):
        content[at] ^= 0xFF
    path.write_bytes(content)


def _zip64(path: Path) -> None:
    """A directory that claims to lie beyond the end of the world."""
    content = workbook()
    end = content.rfind(b"PK\x05\x06")
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 2**40, 2**40, 2**50, 2**60)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(content[:end] + record + locator + tail)


def _ole(*names: str, size: int = 4096) -> Callable[[Path], object]:
    """A compound file with streams of these names and nothing sound in them."""

    def write(path: Path) -> None:
        table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *[0xFFFFFFFF] * 118)
        header = (
            OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
            + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
            + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
        )  # fmt: skip
        entries = b""
        for at, name in enumerate(("Root Entry", *names)):
            spelled = name.encode("utf-16-le") + b"\0\0"
            entries += (
                spelled.ljust(64, b"\0")
                + struct.pack("<HBBIII", len(spelled), 2 if at else 5, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0 if at else 1)
                + bytes(36) + struct.pack("<IQ", 2, size if at else 0)
            )  # fmt: skip
        path.write_bytes(
            header + table + entries.ljust(512, b"\0")[:512] + b"\x09\x08\x10\x00\x00\x06\x05\x00" * 512
        )

    return write


def _biff(path: Path) -> None:
    """An .xls whose one cell stands in its last corner, and whose strings claim to be two thousand million."""
    from tests.badday.compound import compound

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    name = "s".encode("utf-16-le")
    bound = struct.pack("<IBBBB", len(begin) + 4 + 8 + len(name) + 4 + 12, 0, 0, 1, 1) + name
    strings = record(0x00FC, struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF))
    sheet = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
        + record(0x0200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0))
        + record(0x0204, struct.pack("<HHH", 65535, 255, 0) + struct.pack("<HB", 1, 0) + b"x")
        + record(0x000A, b"")
    )
    path.write_bytes(compound(begin + record(0x0085, bound) + strings + record(0x000A, b"") + sheet))


# Text that is no table


def _csv(*pieces: bytes, times: int = 1) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with open(path, "wb") as file:
            for _time in range(times):
                for piece in pieces:
                    file.write(piece)

    return write


def _csv_rows(rows: int, row: bytes) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with open(path, "wb") as file:
            file.write(",".join(COLUMNS).encode() + b"\n")
            for _piece in range(rows // 1000):
                file.write(row * 1000)

    return write


HEADS = ",".join(COLUMNS)
PLAIN = ",".join(ROW)

HOSTILE: dict[str, Hostile] = {
    "zeros": Hostile("名册.xlsx", part(SHEET, _zeros(400))),
    "zeros behind a lie": Hostile("名册.xlsx", _lying),
    "bomb within a bomb": Hostile("名册.xlsx", _nested),
    "overlapping entries": Hostile("名册.xlsx", _overlapping),
    "white space": Hostile("名册.xlsx", part(SHEET, _spaces(700))),
    "one string": Hostile("名册.xlsx", part(STRINGS, _one_string)),
    "many strings": Hostile("名册.xlsx", part(STRINGS, _many_strings)),
    "a million rows": Hostile("名册.xlsx", part(SHEET, _many_rows)),
    "many sheets": Hostile("名册.xlsx", _many_sheets),
    "many parts": Hostile("名册.xlsx", _many_parts),
    "far corner": Hostile(
        "名册.xlsx",
        part(SHEET, sheet_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
                             dimension="A1:XFD1048576")),
    ),
    "all columns": Hostile(
        "名册.xlsx", part(SHEET, sheet_of('<row r="1">' + "<c><v>1</v></c>" * 16_384 + "</row>", dimension="A1:XFD1"))
    ),
    "a billion laughs": Hostile("名册.xlsx", part(SHEET, sheet_of(line(1, ("&l9;",)), before=LAUGHS))),
    "laughs in the strings": Hostile(
        "名册.xlsx", part(STRINGS, f"{HEAD}{LAUGHS}<sst {SPACE}><si><t>&l9;</t></si></sst>".encode())
    ),
    "a file from outside": Hostile("名册.xlsx", part(SHEET, sheet_of(line(1, ("&f;",)), before=OUTSIDE))),
    "deep XML": Hostile("名册.xlsx", part(SHEET, sheet_of("<row>" * 200_000))),
    "macros": Hostile("名册.xlsx", part("xl/vbaProject.bin", OLE + bytes(4096))),
    "macros by name": Hostile("名册.xlsm", lambda path: path.write_bytes(workbook())),
    "macros elsewhere": Hostile("名册.xlsx", part("xl/Other/VBAPROJECT.BIN", OLE + bytes(4096))),
    "encrypted": Hostile("名册.xlsx", _ole("EncryptionInfo", "EncryptedPackage")),
    "old macros": Hostile("名册.xls", _ole("Workbook", "_VBA_PROJECT")),
    "old and unsound": Hostile("名册.xls", _ole("Workbook")),
    "old far corner": Hostile("名册.xls", _biff),
    "old head alone": Hostile("名册.xls", lambda path: path.write_bytes(OLE)),
    "truncated": Hostile("名册.xlsx", _truncated),
    "wrong sum": Hostile("名册.xlsx", _wrong_sum),
    "beyond the end": Hostile("名册.xlsx", _zip64),
    "no workbook": Hostile("名册.xlsx", lambda path: with_parts(path, {}, without=("xl/workbook.xml",))),
    "a picture": Hostile("名册.xlsx", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))),
    "a program": Hostile("名册.csv", lambda path: path.write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 40)),
    "a web page": Hostile("名册.xls", lambda path: path.write_text(f"<html><table><tr><td>{HEADS}</table>")),
    "empty": Hostile("名册.csv", lambda path: path.write_bytes(b"")),
    "NUL": Hostile("名册.csv", _csv(f"{HEADS}\n001,王\x00秀兰,141130197005010029,户在人在\n".encode())),
    "nothing but NUL": Hostile("名册.csv", _csv(bytes(MEBIBYTE), times=4)),
    "one long line": Hostile("名册.csv", _csv(b"x" * MEBIBYTE, times=100)),
    "one long cell": Hostile("名册.csv", _csv(HEADS.encode() + b'\n"', b"x" * (4 * MEBIBYTE), b'"\n')),
    "a quotation that never ends": Hostile("名册.csv", _csv(HEADS.encode() + b'\n"', (PLAIN + "\n").encode() * 20_000)),
    "ragged": Hostile("名册.csv", _csv(b"," * (4 * MEBIBYTE) + b"\n", HEADS.encode()), fate="inert"),
    "half a character": Hostile("名册.csv", _csv(f"{HEADS}\n{PLAIN}\n".encode(), b"\xff\xfe\xfd\x81\n")),
    "two encodings": Hostile("名册.csv", _csv(f"{HEADS}\n".encode(), "王秀兰,赵\n".encode("gbk"), b"\x81\x00\xff\n")),
    "a mark that lies": Hostile("名册.csv", _csv(b"\xff\xfe", f"{HEADS}\n{PLAIN}\n".encode())),
    "half a UTF-16": Hostile("名册.csv", _csv(b"\xff\xfe" + HEADS.encode("utf-16-le") + b"\x0d")),
    "millions of rows": Hostile("名册.csv", _csv_rows(3_000_000, b"1,2,3,4\n")),
    # What may be read, but only as words
    "formulas": Hostile(
        "名册.xlsx",
        part(SHEET, sheet_of(line(1, COLUMNS) + '<row r="2"><c r="A2" t="str"><f>cmd|\'/c calc\'!A0</f><v>001</v></c></row>')),
        fate="inert",
    ),
    "a command as text": Hostile(
        "名册.csv", _csv(f"{HEADS}\n001,=cmd|'/c calc'!A0,@SUM(1),+1\n".encode()), fate="inert"
    ),
    "DDE and links outside": Hostile(
        "名册.xlsx",
        part("xl/externalLinks/externalLink1.xml", (
            f'{HEAD}<externalLink {SPACE}><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>').encode()),
        fate="inert",
    ),
    "names that climb": Hostile("名册.xlsx", part("../../../../climbed", b"x"), fate="inert"),
}  # fmt: skip
