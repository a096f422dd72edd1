"""Files made to harm are refused in plain words, in bounded memory and time, and nothing of them stays."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.badday.hostile import HOSTILE, MEBIBYTE

OWN, HELPERS = (
    96 * MEBIBYTE,
    800 * MEBIBYTE,
)  # beyond what the process had; and of the small process that reads
WORK = 60  # seconds of working time, both together
GUESSED = ("Traceback", "Error", "Exception", "None")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "hostile"


@pytest.fixture(scope="module")
def database(nursery):
    nursery.world("at the count", "hostile")
    return nursery.databases.name("hostile")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_does_no_harm(nursery, database, file, name):
    hostile = HOSTILE[name]
    hostile.write(file)
    room = Path(tempfile.mkdtemp())
    told = nursery.ask("read", database, path=str(file), name=hostile.name, room=str(room))["said"]
    left = [each.name for each in room.iterdir()]
    shutil.rmtree(room)

    if hostile.fate == "refused":
        assert told["fate"] != "read", told
    assert told["own"] <= OWN, told
    assert told["helpers"] <= HELPERS, told
    assert told["cpu"] <= WORK, told
    assert left == []
    assert not any(above.joinpath("climbed").exists() for above in (room.parent, Path.cwd(), Path("/")))
    if told["fate"] == "refused":
        assert len(told["words"]) > 5
        assert not any(word in told["words"] for word in GUESSED), told["words"]
