"""A county of its own for tests of whole installations: its folder, its database, and commands run as an operator does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings

from tests.architecture.house import ROOT

MINUTES = 3


@dataclass
class Installation:
    """Where it lies, and on which database."""

    var: Path
    database: str = ""  # a PostgreSQL database of its own; empty: SQLite
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SHANZHI_")}
        address = {"SHANZHI_POSTGRES": _address(self.database)} if self.database else {}
        return {
            **kept, "SHANZHI_VAR": str(self.var), "DJANGO_SETTINGS_MODULE": "shanzhi.config.settings_test",
            "PYTHONPATH": str(ROOT), **address, **self.environment,
        }  # fmt: skip

    def manage(self, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """`manage.py` with these words."""
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, words)], cwd=ROOT, env=self.env | environment, capture_output=True,
            text=True, check=False, timeout=60 * MINUTES,
        )  # fmt: skip

    def begin(self, *words: object) -> subprocess.Popen[str]:
        """A command that goes on while others are run."""
        return subprocess.Popen(
            [sys.executable, *map(str, words)], cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True
        )

    def call(self, name: str, *words: object) -> Any:
        """A function of `small_county`, in a process of its own; what it answers."""
        code = (
            "import json, sys, django; django.setup(); from tests.apps.upkeep import small_county; "
            f"print(json.dumps(small_county.{name}(*sys.argv[1:])))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, words)], cwd=ROOT, env=self.env, capture_output=True, text=True,
            check=False, timeout=60 * MINUTES,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def set_up(self) -> None:
        """Tables and keys: the very first start."""
        done = self.manage("migrate", "-v", "0", SHANZHI_FIRST_START="1")
        assert done.returncode == 0, done.stderr[-3000:]


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """An empty one, on the kind of database that the tests run on."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Installation(folder)
        return
    name = f"upkeep_{token_hex(4)}"
    ask(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield Installation(folder, name)
    finally:
        ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def ask(statement: str) -> None:
    """A statement to the server itself, in no database of a county."""
    import psycopg

    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(statement)


def _address(database: str) -> str:
    given = os.environ["SHANZHI_POSTGRES"]
    return f"{given.rpartition('/')[0]}/{database}"
