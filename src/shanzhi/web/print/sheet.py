"""A sheet of paper as values, and the PDF made of it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from shanzhi.web.print import glyphs

TEMPLATE = Path(__file__).parent / "sheet.typ"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, indented by two characters; a heading when `heading`."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its head repeats on every page. `widths` are parts of the line.

    small: for reasons and other fine print. fixed: cells hold long digests, set small so that each stays on one line.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    small: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """A long list of short entries in several columns (the names of a roll); its title repeats on every page."""

    title: str
    entries: tuple[tuple[str, str], ...]  # number, name
    goes_on: str = "（续）"  # added to the title where the list goes on

    @property
    def columns(self) -> int:
        """As many as the longest name leaves room for."""
        longest = max((len(name) for _number, name in self.entries), default=0)
        return 5 if longest <= 4 else 4 if longest <= 6 else 3


@dataclass(frozen=True, slots=True)
class Slip:
    """One small slip: a title, a code in large type, lines of text."""

    title: str
    code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips to be cut apart, two in a row."""

    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code that holds data, with what it is for beside it."""

    data: str
    caption: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What leads from paper to proof: the address as a QR code, and the log's lines to compare."""

    address: str
    lines: tuple[str, ...]


Block = Paragraph | Table | Columns | Slips | Code


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document: title, blocks, signature block (kept with the last paragraph), proof, page x of y."""

    title: str  # a line break in it says where a long one is parted
    blocks: tuple[Block, ...]
    signature: tuple[str, ...] = ()
    proof: Proof | None = None
    subtitle: str = ""
    salutation: str = ""
    mark: str = ""  # printed across the head: the sample county says so on paper too
    page_words: tuple[str, str, str] = ("第", "页，共", "页")
    language: str = "zh"


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF. Raises MissingGlyphs."""
    data = _data(sheet)
    glyphs.check("".join(_strings(data)))
    qr = _qr(sheet.proof.address) if sheet.proof else ""
    return typst.compile(
        _template(), format="pdf", font_paths=[str(glyphs.FONTS)], ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "qr": qr},
    )  # fmt: skip


@lru_cache(maxsize=1)
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _data(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "salutation": sheet.salutation,
        "mark": sheet.mark,
        "blocks": [_block(block) for block in sheet.blocks],
        "signature": list(sheet.signature),
        "proof": list(sheet.proof.lines) if sheet.proof else [],
        "address": sheet.proof.address if sheet.proof else "",
        "page_words": list(sheet.page_words),
        "language": sheet.language,
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text, heading):
            return {"kind": "heading" if heading else "paragraph", "text": text}
        case Table():
            return {
                "kind": "table", "head": list(block.head), "rows": [list(row) for row in block.rows],
                "widths": list(block.widths), "small": block.small, "fixed": block.fixed,
            }  # fmt: skip
        case Columns():
            return {
                "kind": "columns", "title": block.title, "columns": block.columns,
                "entries": [list(entry) for entry in block.entries],
                "goes_on": block.goes_on,
            }  # fmt: skip
        case Code(held, caption):
            return {"kind": "code", "svg": _qr(held, error="l"), "caption": caption}
        case Slips(slips):
            return {
                "kind": "slips",
                "slips": [
                    {"title": each.title, "code": each.code, "lines": list(each.lines)} for each in slips
                ],
            }


def _qr(held: str, *, error: str = "m") -> str:
    buffer = io.BytesIO()
    segno.make(held, error=error, micro=False).save(buffer, kind="svg", border=0, xmldecl=False, svgns=True)
    return buffer.getvalue().decode()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
