"""The reader of tables that hostile files are put to. Another reader: another body of `read`."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import Any

from shanzhi.web.refusals import Refused
from shanzhi.web.uploads import MOST_BYTES

KIBIBYTE = 1024


def read(path: Path, file_name: str) -> list[list[str]]:
    """All rows of the file as text. Raises Refused."""
    from shanzhi.apps.places.bridge import table

    with path.open("rb") as file:
        content = file.read(MOST_BYTES)  # no more ever comes in
    return [list(cells.values()) for _line, cells in table.read(content, file_name).rows]


def measured(path: Path, file_name: str) -> dict[str, Any]:
    """What became of a file, and what it took: this process's memory, that of its helpers, and their working time."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    try:
        rows = read(path, file_name)
        told = {"fate": "read", "rows": rows[:3]}
    except Refused as refusal:
        told = {"fate": "refused", "words": str(refusal.message)}
    own, helpers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return told | {
        "own": (own.ru_maxrss - before.ru_maxrss) * KIBIBYTE,
        "helpers": helpers.ru_maxrss * KIBIBYTE,
        "cpu": own.ru_utime
        - before.ru_utime
        + own.ru_stime
        - before.ru_stime
        + helpers.ru_utime
        + helpers.ru_stime,
        "clock": time.monotonic() - began,
    }
