"""The sample county built from nothing: empty folder, tables, county, three times over.

    .venv/bin/python -m benchmarks.sample            about three minutes
    .venv/bin/python -m benchmarks.sample --rounds 5

Each round runs the two commands that `./run` runs, each in a process of its own, in a scratch folder with new keys and a
new SQLite file. Wall time is what a visitor waits; CPU time is what the machine worked for it, whatever else it did.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AIM = 60  # seconds


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of one build from nothing, and what came of it."""

    tables: float
    county: float
    cpu: float
    rows: int
    megabytes: float

    @property
    def whole(self) -> float:
        return self.tables + self.county


def manage(folder: Path, *words: str) -> tuple[float, str]:
    """Run one command of the house in `folder`: seconds, and what it said."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=os.environ | {"SHANZHI_VAR": str(folder)},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return time.perf_counter() - begin, done.stdout


def build() -> Round:
    """One build from nothing."""
    with tempfile.TemporaryDirectory(prefix="shanzhi-benchmark-") as name:
        folder = Path(name)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        tables, _said = manage(folder, "migrate", "-v", "0")
        county, said = manage(folder, "build_sample")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = re.search(r"([\d,]+) rows", said)
        assert found is not None, said
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        size = (folder / "shanzhi.sqlite3").stat().st_size / 1e6
        return Round(tables, county, cpu, int(found[1].replace(",", "")), size)


def line(name: str, values: list[float]) -> str:
    return f"| {name} | {min(values):.1f} | {statistics.median(values):.1f} | {max(values):.1f} |"


def main() -> None:
    """Print the table of the measurement."""
    parser = argparse.ArgumentParser(description="Build the sample county from nothing and print a table.")
    parser.add_argument("--rounds", type=int, default=3, help="how often to build it (default 3)")
    rounds = []
    for number in range(1, max(1, parser.parse_args().rounds) + 1):
        rounds.append(build())
        print(f"round {number}: {rounds[-1].whole:.1f} s", file=sys.stderr, flush=True)
    whole = statistics.median(each.whole for each in rounds)
    rows = rounds[0].rows
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, SQLite; {len(rounds)} rounds\n")
    print("| seconds | min | median | max |\n|---|---|---|---|")
    print(line("tables (migrate)", [each.tables for each in rounds]))
    print(line("county (build_sample)", [each.county for each in rounds]))
    print(line("both: from nothing", [each.whole for each in rounds]))
    print(line("CPU time of both", [each.cpu for each in rounds]))
    print(
        f"\n{rows:,} rows, {rounds[0].megabytes:.0f} MB: {rows / whole:,.0f} rows a second from nothing (median); "
        f"aim: under {AIM} s, {'kept' if whole < AIM else 'missed'}."
    )


if __name__ == "__main__":
    main()
