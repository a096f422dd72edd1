"""An uploaded file -> its sheets and rows, by way of a process that may fail without harm."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from shanzhi.apps.tables.errors import Unreadable
from shanzhi.apps.tables.wording import file_fault

PATIENCE = 180  # seconds of the clock for a process whose own working time is limited to a third of that
LONGEST_LINE = 64 * 1024 * 1024
Batch = list[tuple[int, list[object]]]


class Sheets:
    """An open file: the first rows of each sheet, and the rows of one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.expected = 0  # rows of the sheet that is being read, as nearly as can be told before
        told = self._next()
        self.heads: list[tuple[str, Batch]] = [
            (name, [(line, cells) for line, cells in rows]) for name, rows in told["sheets"]
        ]

    def rows(self, sheet: int) -> Iterator[Batch]:
        """All rows of the sheet with this number, some at a time: (number in the file, cells)."""
        try:
            self._process.stdin.write(f"{sheet}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise Unreadable(file_fault("unpacks")) from None
        self.expected = self._next()["of"]
        while isinstance(told := self._next(), list):
            yield [(line, cells) for line, cells in told]

    def _next(self) -> Any:
        try:
            told = json.loads(self._process.stdout.readline(LONGEST_LINE))
        except ValueError:  # it was ended before it could say why: too much memory, or too much time
            raise Unreadable(file_fault("unpacks")) from None
        if isinstance(told, dict) and "fault" in told:
            raise Unreadable(file_fault(told["fault"]))
        return told


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Sheets]:
    """Open a file for reading. Raises Unreadable with what to do about it."""
    file.seek(0)
    number = file.fileno()
    process = subprocess.Popen(  # noqa: S603 - our own module, in the interpreter that runs us
        [sys.executable, "-I", "-m", "shanzhi.apps.tables.bridge.reader", str(number)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[number], text=True,
        encoding="utf-8",
    )  # fmt: skip
    clock = threading.Timer(PATIENCE, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield Sheets(process)
    finally:
        clock.cancel()
        process.kill()
        process.communicate()
