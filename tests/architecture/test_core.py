"""The core stands alone: without Django, and without any way to look outside."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.house import CORE, ROOT

ALONE = """
import importlib, pkgutil, sys
for name in ("django", "psycopg", "sqlite3", "socket", "urllib.request"):
    sys.modules[name] = None
import shanzhi.core
for module in pkgutil.walk_packages(shanzhi.core.__path__, "shanzhi.core."):
    importlib.import_module(module.name)
    print(module.name)
"""
OUTSIDE = {"open", "input", "exec", "eval", "compile", "breakpoint", "print", "globals", "__import__"}


def test_the_core_needs_no_django():
    done = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "shanzhi.core.law.count" in done.stdout
    assert "shanzhi.core.merkle.tree" in done.stdout


def test_the_command_line_needs_no_django():
    lone = "import sys; sys.modules['django'] = None; from shanzhi.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", lone, "law", "VCOL-18-7", "--on", "2025-12-30"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "VCOL-18-7" in done.stdout


@pytest.mark.parametrize("file", sorted(CORE.rglob("*.py")), ids=lambda file: str(file.relative_to(CORE)))
def test_no_file_of_the_core_opens_asks_or_prints(file):
    calls = [
        f"{node.func.id}() in line {node.lineno}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OUTSIDE
    ]

    assert calls == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("from datetime import date\n\nday = date.today()\n", "TID251"),
        ("from datetime import datetime\n\nmoment = datetime.now()\n", "TID251"),
        ("import datetime\n\nmoment = datetime.datetime.now(datetime.UTC)\n", "TID251"),
        ("import uuid\n\nkey = uuid.uuid4()\n", "TID251"),
        ("from random import Random\n\ndice = Random()\n", "TID251"),
        ("print(1)\n", "T201"),
        ("count = 0\n\n\ndef add():\n    global count\n    count += 1\n", "PLW0603"),
    ],
)
def test_the_core_s_own_lint_sees_clock_dice_and_shared_state(line, code):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=concise", "--stdin-filename", CORE / "law/spoiled.py", "-"],
        cwd=ROOT, input=line, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert code in done.stdout
