"""What a printed PDF says: its pages as text, and the QR code as a grid of modules."""

from __future__ import annotations

import io

import segno
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

A4 = (595, 842)  # points


def read(body: bytes) -> PdfReader:
    """The document, after a look at its paper: A4, upright, on every page."""
    reader = PdfReader(io.BytesIO(body))
    for page in reader.pages:
        assert (int(page.mediabox.width), round(float(page.mediabox.height))) == A4
    return reader


def pages(body: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in read(body).pages]


def text(body: bytes) -> str:
    """The whole text without line breaks: a sentence runs over lines and pages."""
    return "".join(pages(body)).replace("\n", "")


def leads_to(body: bytes, address: str) -> bool:
    """Whether the QR code on the last page is the one of this address, module by module."""
    return _drawn(read(body), read(body).pages[-1]) == _modules(address, error="m")


def holds(body: bytes, data: str) -> bool:
    """Whether a page carries a QR code with this data, module by module; another code may stand on the page too."""
    reader, wanted = read(body), _modules(data, error="l")
    return any(wanted <= _drawn(reader, page) for page in reader.pages)


def _modules(held: str, *, error: str) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, modules in enumerate(segno.make(held, error=error, micro=False).matrix)
        for column, dark in enumerate(modules)
        if dark
    }


def has_code(body: bytes) -> bool:
    """Whether any page carries a QR code."""
    reader = read(body)
    return any(_drawn(reader, page) for page in reader.pages)


def _drawn(reader: PdfReader, page: PageObject) -> set[tuple[int, int]]:
    """The dark modules: the code is one path of horizontal strokes, a module wide each, on a grid of whole numbers."""
    operations = ContentStream(page.get_contents(), reader).operations
    dark: set[tuple[int, int]] = set()
    path: list[tuple[float, float]] = []
    for numbers, operator in operations:
        if operator in {b"m", b"l"}:
            path.append((float(numbers[0]), float(numbers[1])))
        elif operator == b"B":  # filled and stroked: only the code is drawn so
            for (start, y), (end, _y) in zip(path[::2], path[1::2], strict=True):
                dark |= {(int(y), column) for column in range(round(start), round(end))}
        elif operator not in {b"h"}:
            path = []
    return dark


def colours(body: bytes) -> list[list[float]]:
    """Every colour that is set anywhere, by its numbers."""
    reader = read(body)
    return [
        [float(number) for number in numbers]
        for page in reader.pages
        for numbers, operator in ContentStream(page.get_contents(), reader).operations
        if operator in {b"scn", b"SCN", b"rg", b"RG", b"k", b"K", b"g", b"G"}
    ]
