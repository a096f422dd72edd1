"""Log lines without personal data, by the way they are made: one JSON object a line, and nothing in it that a person typed.

A line says where in the program something happened, in the words of the program's own source; never a value. Names,
numbers, addresses and the texts of exceptions (a database quotes the value it refuses) are left out, whichever library
wrote the line: words are let through only when they stand in the source file that logged them. Of an exception its
kinds, its code (SQLSTATE, errno) and the places it passed stay. The number of the request leads from the page that a
person saw to its lines.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

REQUEST: ContextVar[str] = ContextVar(
    "request", default=""
)  # the number of the request that is being answered
PAGE: ContextVar[str] = ContextVar(
    "page", default=""
)  # the name of its page in the site map, never its address
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[#0\- +]*[\d.*]*[a-zA-Z]|%%")
SMALL = 100_000  # numbers of processes and statuses; every personal number is longer
LAST_PLACES = 12


class OneLine(logging.Formatter):
    """One event, one line."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "where": f"{_short(record.pathname)}:{record.lineno}",
            "says": _words(record),
            "request": REQUEST.get(),
            "page": PAGE.get(),
            "status": getattr(record, "status_code", None),  # Django's own lines about an answer
            **getattr(record, "figures", {}),  # numbers and names from the site map, by our own code
        }
        if record.exc_info and record.exc_info[1]:
            told["failed"] = kinds(record.exc_info[1])
            told["passed"] = places(record.exc_info[2])
        return json.dumps(
            {name: value for name, value in told.items() if value not in ("", None)}, ensure_ascii=True
        )


def _words(record: logging.LogRecord) -> str:
    """The message as the program's source has it, small numbers filled in; empty when it does not stand there."""
    template = record.msg
    if not isinstance(template, str) or not _stands_in(record.pathname, template):
        return ""
    args = record.args if isinstance(record.args, tuple) else ()
    values = iter(args)

    def value(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        one = next(values, None)
        return str(one) if type(one) is int and 0 <= one < SMALL else "…"

    said = PLACEHOLDER.sub(value, template)
    return said if re.search(r"\w", said) else ""


@lru_cache(maxsize=512)
def _stands_in(path: str, template: str) -> bool:
    try:
        source = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return len(template.strip()) > 3 and template in source


def kinds(wrong: BaseException | None) -> list[str]:
    """The kinds of an exception and of those behind it, with the codes that carry no value."""
    found: list[str] = []
    while wrong is not None and len(found) < LAST_PLACES:
        kind = type(wrong)
        code = next(
            (
                str(value)
                for name in ("sqlstate", "sqlite_errorname", "errno")
                if (value := getattr(wrong, name, None)) is not None
            ),
            "",
        )
        found.append(f"{kind.__module__}.{kind.__qualname__}{f' {code}' if code else ''}")
        wrong = wrong.__cause__ or (None if wrong.__suppress_context__ else wrong.__context__)
    return found


def places(passed: TracebackType | None) -> list[str]:
    """Where an exception passed, the last places; no line of source, no value of a variable."""
    frames = traceback.extract_tb(passed)[-LAST_PLACES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    for mark in ("/site-packages/", "/src/"):
        if mark in path:
            return path.rpartition(mark)[2]
    return Path(path).name


def on_failure(kind: type[BaseException], wrong: BaseException, passed: TracebackType | None) -> None:
    """In place of Python's own last words, which print the exception's text: for commands that a service runs."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, wrong, passed)
        return
    said = {"level": "critical", "failed": kinds(wrong), "passed": places(passed)}
    print(json.dumps(said), file=sys.stderr, flush=True)  # noqa: T201 - the last line of a command


def on_warning(
    _message: Warning | str, category: type[Warning], filename: str, lineno: int, *_file_and_line: Any
) -> None:
    """In place of Python's own way to print a warning, which holds its words and a line of source."""
    told = {"kind": category.__name__, "about": f"{_short(filename)}:{lineno}"}
    logging.getLogger("py.warnings").warning("a warning of the program", extra={"figures": told})


def config(level: str = "WARNING") -> dict[str, Any]:
    """Every logger of the house and of its libraries writes such lines, to one place; none sends mail."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"one_line": {"()": "shanzhi.config.logs.OneLine"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "one_line"}},
        "loggers": {
            # Django gives these handlers of their own, which print or mail what was asked for.
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.server": {"handlers": [], "propagate": True, "level": level},
            "shanzhi.requests": {"level": "INFO"},
        },
        "root": {"handlers": ["console"], "level": level},
    }
