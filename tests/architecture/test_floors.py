"""What import-linter cannot see: keys between tables, templates, imports by name."""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.house import APPS, SOURCE, floors

FLOORS = floors()
ROOMS = sorted(path.name for path in APPS.iterdir() if (path / "apps.py").exists())
SHOWN = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def room_of(model) -> str | None:
    name = model.__module__
    return name.split(".")[2] if name.startswith("shanzhi.apps.") else None


def upward_keys(floors) -> list[str]:
    """Foreign keys from a room to a higher one."""
    return [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if (field.is_relation and not field.auto_created and field.related_model)
        and (here := room_of(model)) is not None
        and (there := room_of(field.related_model)) is not None
        and floors[there] > floors[here]
    ]


def test_every_room_has_a_floor():
    assert set(ROOMS) == set(FLOORS)


def test_foreign_keys_point_down():
    assert upward_keys(FLOORS) == []


def test_an_upward_key_would_be_seen():
    upside_down = {**FLOORS, "places": 99}

    assert any(found.startswith("Election.") for found in upward_keys(upside_down))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_shows_its_own_templates_and_those_of_the_web_only(room):
    own = APPS / room / "templates"
    foreign = [
        (file.name, shown)
        for file in own.rglob("*.html")
        for shown in SHOWN.findall(file.read_text(encoding="utf-8"))
        if not any((templates / shown).exists() for templates in (own, SOURCE / "web/templates"))
    ]

    assert foreign == []


def test_the_web_shows_no_room():
    for file in (SOURCE / "web/templates").rglob("*.html"):
        for shown in SHOWN.findall(file.read_text(encoding="utf-8")):
            assert (SOURCE / "web/templates" / shown).exists(), file.name


def test_no_room_reaches_another_by_a_name_in_a_string():
    """`import_module("shanzhi.apps.x")` and `get_model("x", "Y")` would slip under the contracts."""
    for file in [*APPS.rglob("*.py"), *(SOURCE / "web").rglob("*.py")]:
        if "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", None) or getattr(node, "id", None)
            assert name not in {"import_module", "get_model", "__import__"}, f"{file.name}:{node.lineno}"
