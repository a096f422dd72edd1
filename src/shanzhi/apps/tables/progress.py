"""How far long work has come. Beside the database, because a transaction under way tells nobody of itself.

One small file for each piece of work, in the data folder; it goes when the work ends, and a page that finds none, or
one that has not moved for a minute, knows that nobody is at work.
"""

from __future__ import annotations

import json
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

OFTEN = 0.3  # seconds between two notes
STALE = 60  # seconds without a note: whoever was at work is gone
KEY = re.compile(r"[\w-]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class State:
    """What is being done, and how much of it: `of` is 0 when nobody can tell."""

    stage: str
    done: int
    of: int


class Progress:
    """Notes of one piece of work. A context manager: the file goes at the end, however it ends."""

    def __init__(self, key: str, stage: str) -> None:
        self._path = _path(key)
        self._stage = stage
        self._of = 0
        self._next = 0.0

    def __enter__(self) -> Progress:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.note(0, now=True)
        return self

    def __exit__(self, *_problem: object) -> None:
        with suppress(OSError):
            self._path.unlink()

    def expect(self, of: int) -> None:
        """How much there is to do, as far as can be told."""
        self._of = of

    def note(self, done: int, *, now: bool = False) -> None:
        """So much is done. A disk that cannot take the note does not stop the work."""
        moment = time.monotonic()
        if moment < self._next and not now:
            return
        self._next = moment + OFTEN
        fresh = self._path.with_suffix(".new")
        with suppress(OSError):
            fresh.write_text(json.dumps({"stage": self._stage, "done": done, "of": max(self._of, done)}))
            os.replace(fresh, self._path)


def state(key: str) -> State | None:
    """How far the work has come; None when nobody is at it."""
    try:
        path = _path(key)
        if time.time() - path.stat().st_mtime > STALE:
            return None
        told = json.loads(path.read_text())
        return State(told["stage"], told["done"], told["of"])
    except (OSError, ValueError, KeyError):
        return None


def _path(key: str) -> Path:
    if not KEY.fullmatch(key):
        raise ValueError(f"not a key: {key!r}")
    return Path(settings.VAR) / "progress" / f"{key}.json"
