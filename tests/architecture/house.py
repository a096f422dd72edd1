"""The house as files: where it stands, and what git keeps of it."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/shanzhi"
CORE = SOURCE / "core"
APPS = SOURCE / "apps"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def committed() -> list[Path]:
    """Every file that git keeps, and every new one that it would keep."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@cache
def texts() -> dict[str, str]:
    """Every committed text by its name under the root."""
    found = {}
    for path in committed():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
    return found


def floors() -> dict[str, int]:
    """Room -> floor, 0 the lowest, as the import contracts have it."""
    contract = next(c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["id"] == "features")
    return {
        room.strip(): number
        for number, layer in enumerate(reversed(contract["layers"]))
        for room in layer.split("|")
    }
