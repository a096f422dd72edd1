"""The documentation as pages, built once: what `./test docs` leaves in var/docs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

BUILT = ROOT / "var/docs"


@pytest.fixture(scope="session")
def built() -> tuple[Path, str]:
    """The folder, and what Sphinx complained of."""
    BUILT.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-b", "html", "-d", BUILT / ".trees", "docs", BUILT],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return BUILT, done.stderr if done.returncode else ""
