"""Print: A4 sheets in the manner of a Chinese office, set by Typst with packaged fonts. Paper is a first-class screen.

`pdf(sheet)` sets one document. A character that the fonts lack is named (MissingGlyphs), never printed as a box.
"""

from shanzhi.web.print.glyphs import MissingGlyphs
from shanzhi.web.print.sheet import Block, Code, Columns, Paragraph, Proof, Sheet, Slip, Slips, Table, pdf

__all__ = [
    "Block",
    "Code",
    "Columns",
    "MissingGlyphs",
    "Paragraph",
    "Proof",
    "Sheet",
    "Slip",
    "Slips",
    "Table",
    "pdf",
]
