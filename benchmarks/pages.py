"""Public pages against a view that returns a constant, and lists at 2, 200 and 20,000 rows.

    .venv/bin/python -m benchmarks.pages                  both, about ten minutes
    .venv/bin/python -m benchmarks.pages --only public    needs wrk (Debian: apt install wrk)
    .venv/bin/python -m benchmarks.pages --only lists
    .venv/bin/python -m benchmarks.pages --county FOLDER  a sample county that is there (SHANZHI_VAR), else one is built

Public pages: gunicorn as `tools/serve.py` sets it up, two processes, on this machine only; every address takes its turn
in every round, so that whatever else the machine does meets all of them. A ratio is that of one round. CPU is what the
server's processes worked for a request: it tells more than the clock when the machine is not quiet.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = (50, 500)
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Target:
    """An address and what was measured of it: clients -> one entry a round."""

    name: str
    path: str
    rates: dict[int, list[float]] = field(default_factory=dict)
    p50: dict[int, list[float]] = field(default_factory=dict)
    p99: dict[int, list[float]] = field(default_factory=dict)
    cpu: list[float] = field(default_factory=list)
    faults: int = 0


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def county(given: str) -> Iterator[Path]:
    """The folder of a sample county."""
    if given:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory(prefix="shanzhi-benchmark-") as name:
        env = os.environ | {"SHANZHI_VAR": name}
        for words in (("migrate", "-v", "0"), ("build_sample",)):
            subprocess.run(
                [sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True, capture_output=True
            )
        yield Path(name)


@contextmanager
def served(var: Path, *, kept: bool = True) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server on the county; its port and process."""
    port = free_port()
    env = os.environ | {
        "SHANZHI_VAR": str(var), "SHANZHI_PORT": str(port), "DJANGO_SETTINGS_MODULE": "benchmarks.page_settings",
        "BENCHMARK_KEPT": "1" if kept else "",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "tools/serve.py", "shanzhi.config.wsgi"], cwd=ROOT, env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while process.poll() is None:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def worked(process: subprocess.Popen[bytes]) -> float:
    """Seconds of CPU that the server's processes have taken so far."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    stats = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in children]
    return sum(int(user) + int(system) for user, system in (each[11:13] for each in stats)) / TICK


def load(target: Target, port: int, process: subprocess.Popen[bytes], clients: int, seconds: int) -> None:
    """One turn of one address under so many clients."""
    before = worked(process)
    told = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "--latency", f"http://127.0.0.1:{port}{target.path}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    requests = int(re.search(r"(\d+) requests in", told)[1])
    target.cpu.append((worked(process) - before) / max(requests, 1) * 1000)
    target.rates.setdefault(clients, []).append(float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]))
    for share, kept in ((50, target.p50), (99, target.p99)):
        kept.setdefault(clients, []).append(_milliseconds(re.search(rf"{share}%\s+([\d.]+\w+)", told)[1]))
    if wrong := re.search(r"Non-2xx or 3xx responses: (\d+)", told):
        target.faults += int(wrong[1])


def _milliseconds(text: str) -> float:
    number, unit = re.match(r"([\d.]+)(\w+)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def addresses(var: Path) -> list[Target]:
    """The constant, and of the county a result, its village, and a village whose roll can be asked about."""
    import sqlite3

    rows = sqlite3.connect(f"file:{var / 'shanzhi.sqlite3'}?mode=ro", uri=True)
    number, code = rows.execute(
        "SELECT number, place_code FROM record_document WHERE kind = 'result' ORDER BY number LIMIT 1"
    ).fetchone()
    asked = rows.execute(
        "SELECT p.code FROM elections_election e JOIN places_place p ON p.id = e.village_id "
        "WHERE e.stage IN ('roll_posted', 'candidates', 'voting') ORDER BY e.id LIMIT 1"
    ).fetchone()[0]
    rows.close()
    return [
        Target("a constant", "/constant/"),
        Target("result, with its proof", f"/record/{number}/"),
        Target("village, with its result", f"/v/{code}/"),
        Target("is my name on the roll?", f"/v/{asked}/check/"),
        Target("the county's front page", "/"),
        Target("published documents", "/record/"),
    ]


def public(var: Path, rounds: int, seconds: int) -> None:
    targets = addresses(var)
    with served(var) as (port, process):
        for each in targets * 4:  # warm: each process has made each page once
            get(port, each.path)
        for turn in range(rounds):
            for clients in CLIENTS:
                for each in targets:
                    load(each, port, process, clients, seconds)
            print(f"round {turn + 1} of {rounds}", file=sys.stderr, flush=True)
    cold = unkept(var, seconds)
    show(targets, cold)


def unkept(var: Path, seconds: int) -> list[Target]:
    """The same pages made anew for every reader."""
    targets = addresses(var)
    with served(var, kept=False) as (port, process):
        for each in targets:
            get(port, each.path)
            load(each, port, process, 50, seconds)
    return targets


def show(targets: list[Target], cold: list[Target]) -> None:
    heads = ["page"]
    for clients in CLIENTS:
        heads += [f"a second, {clients} clients", "of the constant", "p50, p99 ms"]
    heads += ["CPU ms", "not kept: a second", "CPU ms"]
    print(f"\n| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    for each, other in zip(targets, cold, strict=True):
        print(f"| {' | '.join(_cells(each, other, targets[0]))} |")
        if each.faults:
            print(f"{each.faults} answers of {each.path} were no good", file=sys.stderr)


def _cells(each: Target, other: Target, constant: Target) -> list[str]:
    cells = [each.name]
    for clients in CLIENTS:
        shares = [a / b for a, b in zip(each.rates[clients], constant.rates[clients], strict=True) if b] or [
            0.0
        ]
        cells += [
            _spread(each.rates[clients]), f"{statistics.median(shares):.0%} ({min(shares):.0%}-{max(shares):.0%})",
            f"{statistics.median(each.p50[clients]):.0f}, {statistics.median(each.p99[clients]):.0f}",
        ]  # fmt: skip
    return [*cells, f"{statistics.median(each.cpu):.2f}", f"{other.rates[50][0]:.0f}", f"{other.cpu[0]:.1f}"]


def _spread(numbers: list[float]) -> str:
    return f"{statistics.median(numbers):,.0f} ({min(numbers):,.0f}-{max(numbers):,.0f})"


def get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path} answers {response.status}")
    return body


def main() -> None:
    wanted = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    wanted.add_argument("--only", choices=["public", "lists"])
    wanted.add_argument("--county", default="")
    wanted.add_argument("--rounds", type=int, default=5)
    wanted.add_argument("--seconds", type=int, default=5)
    asked = wanted.parse_args()
    if asked.only != "lists":
        with county(asked.county) as var:
            public(var, asked.rounds, asked.seconds)
    if asked.only != "public":
        from benchmarks import lists

        lists.main()


if __name__ == "__main__":
    main()
