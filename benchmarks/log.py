"""The log against bare hashing and against pymerkle: appending, proving, and storing as SQL tiles.

    .venv/bin/python -m benchmarks.log            about four minutes
    .venv/bin/python -m benchmarks.log --quick    without the million, under a minute

In memory it is CPU time that counts (other work on the machine then disturbs little), the median of the rounds with
the least and the most behind it; rivals take turns within a round. pymerkle (GPL) is used here only, never shipped.
Leaves are 200 random bytes, as long as an audit event. In SQL it is wall-clock time of the record's own actions.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pymerkle import InmemoryTree

from shanzhi.core.merkle import tile, tree

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 5
LEAF_BYTES = 200
PROOFS = 1000


class Tiles:
    """A log in memory: the tiles that a database would hold."""

    def __init__(self) -> None:
        self.held: dict[tuple[int, int], bytes] = {}
        self.edge = tile.Edge(self.write)

    def write(self, level: int, number: int, hashes: bytes) -> None:
        self.held[level, number] = hashes

    def read(self, level: int, number: int) -> bytes:
        return self.held.get((level, number), b"")

    def finish(self) -> bytes:
        self.held |= self.edge.touched()
        return self.edge.root()


def bare(leaves: list[bytes]) -> object:
    return [sha256(leaf).digest() for leaf in leaves]


def at_once(leaves: list[bytes]) -> Tiles:
    log = Tiles()
    log.edge.extend(tree.leaf_hashes(leaves))
    log.finish()
    return log


def one_by_one(leaves: list[bytes]) -> Tiles:
    log = Tiles()
    add, leaf_hash = log.edge.add, tree.leaf_hash
    for leaf in leaves:
        add(leaf_hash(leaf))
    log.finish()
    return log


def peer(leaves: list[bytes]) -> InmemoryTree:
    log = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        log.append_entry(leaf)
    return log


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call, the collector kept out of it."""
    gc.collect()
    gc.disable()
    begin = time.process_time()
    work()
    taken = time.process_time() - begin
    gc.enable()
    return taken


def spread(seconds: list[float], unit: float) -> str:
    """Median, and the least and the most if there were several."""
    middle = statistics.median(seconds) / unit
    if len(seconds) == 1:
        return f"{middle:.2f} (1 round)"
    return f"{middle:.2f} ({min(seconds) / unit:.2f}-{max(seconds) / unit:.2f})"


def row(*cells: object) -> None:
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def heading(*cells: str) -> None:
    print()
    row(*cells)
    row(*("---" for _ in cells))


def appending(leaves: dict[int, list[bytes]]) -> None:
    print(
        f"\nAppend, microseconds a leaf of {LEAF_BYTES} bytes, CPU time, median (least-most) of {ROUNDS} rounds."
    )
    print("The root is known at the end; pymerkle knows it after every leaf.")
    name = f"pymerkle {version('pymerkle')}"
    heading(
        "leaves",
        "bare SHA-256",
        "at once",
        "x bare",
        "one by one",
        "x bare",
        name,
        "/ at once",
        "/ one by one",
    )
    for size, given in leaves.items():
        taken: dict[Callable[[list[bytes]], object], list[float]] = {
            bare: [],
            at_once: [],
            one_by_one: [],
            peer: [],
        }
        for turn in range(ROUNDS):
            for work, seconds in taken.items():
                if work is not peer or turn == 0 or size < 1_000_000:
                    seconds.append(cpu(partial(work, given)))
        middle = {work: statistics.median(seconds) for work, seconds in taken.items()}
        row(
            f"{size:,}", spread(taken[bare], size * 1e-6), spread(taken[at_once], size * 1e-6),
            f"{middle[at_once] / middle[bare]:.2f}", spread(taken[one_by_one], size * 1e-6),
            f"{middle[one_by_one] / middle[bare]:.2f}", spread(taken[peer], size * 1e-6),
            f"{middle[peer] / middle[at_once]:.1f}", f"{middle[peer] / middle[one_by_one]:.1f}",
        )  # fmt: skip


def proving(leaves: dict[int, list[bytes]]) -> None:
    print(f"\nInclusion proof, microseconds, CPU time, {PROOFS} random leaves a round, {ROUNDS} rounds.")
    print(
        "Cold: every proof reads and hashes its tiles anew. Warm: one reader keeps the tiles it has hashed, as"
    )
    print("pymerkle keeps every node.")
    heading("leaves", "cold", "warm", "check", "pymerkle", "pymerkle / cold", "pymerkle / warm")
    for size, given in leaves.items():
        log, rival, dice = at_once(given), peer(given), random.Random(size)
        warm, root = tile.Reader(size, log.read), log.edge.root()
        for first in range(0, size, tile.WIDTH):  # every tile once
            warm.inclusion_proof(first)
        taken: dict[str, list[float]] = {"cold": [], "warm": [], "check": [], "peer": []}
        for _turn in range(ROUNDS):
            asked = [dice.randrange(size) for _ in range(PROOFS)]
            shown = [(at, size, tree.leaf_hash(given[at]), warm.inclusion_proof(at), root) for at in asked]
            taken["cold"].append(cpu(partial(cold, size, log, asked)))
            taken["warm"].append(cpu(partial(each, warm.inclusion_proof, asked)))
            taken["check"].append(cpu(partial(each, lambda proof: tree.verify_inclusion(*proof), shown)))
            taken["peer"].append(cpu(partial(each, rival.prove_inclusion, [at + 1 for at in asked])))
        middle = {name: statistics.median(seconds) for name, seconds in taken.items()}
        row(
            f"{size:,}", *(spread(taken[name], PROOFS * 1e-6) for name in ("cold", "warm", "check", "peer")),
            f"{middle['peer'] / middle['cold']:.2f}", f"{middle['peer'] / middle['warm']:.1f}",
        )  # fmt: skip


def cold(size: int, log: Tiles, asked: list[int]) -> None:
    for at in asked:
        tile.Reader(size, log.read).inclusion_proof(at)


def each(work: Callable[[Any], object], asked: list[Any]) -> None:
    for one in asked:
        work(one)


def storing(sizes: tuple[int, ...]) -> None:
    """The record itself on SQLite: rows, tiles and root in one transaction (WAL, synchronous=FULL)."""
    with tempfile.TemporaryDirectory(prefix="shanzhi-benchmark-") as folder:
        os.environ |= {"SHANZHI_VAR": folder, "DJANGO_SETTINGS_MODULE": "shanzhi.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from shanzhi.apps.record import actions, selectors

        call_command("migrate", verbosity=0)
        print(
            "\nThe record on SQLite (rows, tiles and root in one transaction): audit events a second through"
        )
        print(
            "record.write_many, wall clock, one run. Proof: random events, each read cold from the database."
        )
        heading("events", "batch of 1", "batch of 1,000", "proof, ms", "database, bytes an event")
        held, single, dice = 0, _events_a_second(actions, 500, 1), random.Random(1)
        held += 500
        for size in sizes:
            rate = _events_a_second(actions, size - held, 1000)
            held = size
            read = selectors.tiles_of("audit")
            begin = time.perf_counter()
            for _ in range(PROOFS):
                tile.Reader(size, read).inclusion_proof(dice.randrange(size))
            proof = (time.perf_counter() - begin) / PROOFS * 1000
            bytes_held = (Path(folder) / "shanzhi.sqlite3").stat().st_size / size
            row(f"{size:,}", f"{single:,.0f}", f"{rate:,.0f}", f"{proof:.2f}", f"{bytes_held:,.0f}")
        connection.close()


def _events_a_second(actions: object, count: int, batch: int) -> float:
    begin = time.perf_counter()
    for first in range(0, count, batch):
        actions.write_many(  # type: ignore[attr-defined]
            [
                {"by": "benchmark", "act": "places.person_added", "subject": f"person:{n:012d}", "scope": 7, "facts": {"n": n}}
                for n in range(first, min(first + batch, count))
            ]
        )  # fmt: skip
    return count / (time.perf_counter() - begin)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the million")
    sizes = SIZES[:2] if parser.parse_args().quick else SIZES
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores; leaves of {LEAF_BYTES} random bytes.")
    leaves = {size: [os.urandom(LEAF_BYTES) for _ in range(size)] for size in sizes}
    appending(leaves)
    proving(leaves)
    del leaves
    storing(sizes)


if __name__ == "__main__":
    main()
