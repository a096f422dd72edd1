"""The passphrase of a sealed backup: read from a file, never from the command line, where others could see it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

SHORTEST = 12


def add_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file", metavar="FILE", help="the file whose first line is the passphrase (mode 0600)"
    )


def read(name: str | None) -> str:
    """The passphrase; empty when no file is named."""
    if not name:
        return ""
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        raise CommandError(f"The passphrase could not be read from {name}: {wrong}") from None
    passphrase = lines[0].strip() if lines else ""
    if len(passphrase) < SHORTEST:
        raise CommandError(
            f"The first line of {name} must be a passphrase of at least {SHORTEST} characters."
        )
    return passphrase
