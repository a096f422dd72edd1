"""No room grows without limit: budgets from the codebases that people enjoy."""

import ast
from statistics import quantiles

from tests.architecture.house import APPS, CORE, ROOT, SOURCE

LONGEST = 400  # lines, in core and apps alike
LONGEST_TEMPLATE = 200
LONGEST_FUNCTION = 60
FORBIDDEN = {"utils", "helpers", "common", "services", "misc", "base", "manager", "managers"}


def lines(file) -> int:
    return file.read_text(encoding="utf-8").count("\n")


def production(folder):
    return [file for file in folder.rglob("*.py") if "migrations" not in file.parts]


def test_no_file_is_longer_than_its_budget():
    long = {str(f.relative_to(ROOT)): n for f in production(SOURCE) if (n := lines(f)) > LONGEST}

    assert long == {}


def test_the_rooms_are_made_of_short_files():
    sizes = [lines(file) for file in production(APPS)]

    assert quantiles(sizes, n=10)[-1] <= 250


def test_no_function_is_longer_than_its_budget():
    long = [
        f"{file.name}: {node.name}"
        for file in production(SOURCE)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_no_template_is_longer_than_its_budget():
    long = {f.name: n for f in SOURCE.rglob("templates/**/*.html") if (n := lines(f)) > LONGEST_TEMPLATE}

    assert long == {}


def test_no_junk_room_has_been_opened():
    junk = [str(file.relative_to(ROOT)) for file in production(SOURCE) if file.stem in FORBIDDEN]

    assert junk == []


def test_every_module_of_the_core_says_what_it_is():
    for file in CORE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not text.strip() or text.lstrip().startswith('"""'), file
