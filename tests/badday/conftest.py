"""A nursery for all tests of a run, and at its end how many were killed."""

import os

import pytest

from tests.badday.kills import Nursery

SEED = int(os.environ.get("SHANZHI_KILLS_SEED", "1130"))
ALL = os.environ.get("SHANZHI_KILLS") == "all"
SAID: list[str] = []


@pytest.fixture(scope="session")
def nursery(tmp_path_factory):
    made = Nursery(tmp_path_factory.mktemp("nursery"))
    yield made
    made.close()
    SAID.append(f"{made.kills} kills, SHANZHI_KILLS_SEED={SEED}")


def pytest_terminal_summary(terminalreporter):
    for line in SAID:
        terminalreporter.write_line(line)
