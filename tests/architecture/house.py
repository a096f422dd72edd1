"""The house as files: where it stands, and what git keeps of it."""

import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/shanzhi"
CORE = SOURCE / "core"
APPS = SOURCE / "apps"
MADE = {
    ".git", ".venv", "var", "node_modules", "dist", "__pycache__",
    ".ruff_cache", ".mypy_cache", ".import_linter_cache", ".hypothesis", ".pytest_cache",
}  # fmt: skip
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def committed() -> list[Path]:
    """Every file that git keeps, and every new one that it would keep; without git, all that is not made here."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return [
            path
            for path in ROOT.rglob("*")
            if path.is_file() and MADE.isdisjoint(path.relative_to(ROOT).parts)
        ]
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
