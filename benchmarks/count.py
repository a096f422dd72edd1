"""The count of elections against the slow, obvious twin of the tests: 200,000 random village elections.

    .venv/bin/python -m benchmarks.count            about four minutes
    .venv/bin/python -m benchmarks.count --quick    10,000 elections, some seconds

Elections look like a county's: 60 to 1,200 voters, three to seven seats in up to three posts, one to four more
candidates than seats, every fifth of them a Party branch; first and second rounds and votes among the tied. The two
counts have to agree on every one of them. It is CPU time on one core that counts, the median of the rounds with the
least and the most behind it; rivals take turns within a round, and the collector is kept out.

* count    `core.law.count` over checked cases, with a note of every rule asked (what the aim speaks of)
* read     the same from the JSON of the contract: every field checked first
* words    the same as count, and every finding said in Chinese and English
* twin     the slow count from the same JSON: no checks, no findings
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.core.law.elections_at_random import named
from tests.core.law.slow_count import slow_count
from tests.core.law.test_count_twin import shape, slow_shape

from shanzhi.core.law.count import Case, count

SIZES = (10_000, 50_000, 200_000)
ROUNDS, CHUNK = 5, 2_000
AIM = 20_000
FAMILY = "王李张刘陈杨赵黄周吴徐孙"
GIVEN, WOMEN = "伟芳娜敏刚波强磊军洋勇涛", "芳娜敏"


def village(dice: random.Random) -> dict[str, Any]:
    """One election as a village of the county holds it."""
    is_branch = dice.random() < 0.2
    registered = dice.randint(15, 90) if is_branch else dice.randint(60, 1200)
    collected = int(registered * dice.uniform(0.78 if is_branch else 0.45, 1))
    void = dice.randint(0, collected // 20)
    seats = {"member": dice.choice([3, 3, 5])}
    if not is_branch:
        seats = {"chair": 1, "vice_chair": dice.choice([0, 1]), "member": dice.choice([1, 2, 3, 5])}
    round_ = "first" if is_branch else dice.choices(["first", "second", "tie"], [8, 2, 1])[0]
    return {
        "body": "branch" if is_branch else "committee",
        "election_day": dice.choice(["2025-12-20", "2026-12-20"]),
        "round": round_, "registered": registered, "present": collected if is_branch else 0, "issued": collected,
        "collected": collected, "void": void, "seats": seats, "votes": list(_votes(dice, seats, collected - void)),
        "seated": [] if round_ == "first" else [named((name, "m"), "member") for name in ("阎一", "阎二")],
        "kin": [], "settings": {},
    }  # fmt: skip


def _votes(dice: random.Random, seats: dict[str, int], papers: int) -> Iterator[dict[str, Any]]:
    names = [family + given for family in FAMILY for given in GIVEN]
    for post, open_seats in seats.items():
        if not open_seats:
            continue
        left, people = open_seats * papers, dice.sample(names, open_seats + dice.randint(1, 4))
        for place, name in enumerate(people):
            share = 0.75 if place < open_seats else 0.3
            votes = min(left, papers, max(0, int(papers * dice.gauss(share, 0.15))))
            left -= votes
            yield named((name, "f" if name[1] in WOMEN else "m"), post) | {"votes": votes}


def cpu(work: Callable[[Any], object], given: list[Any]) -> float:
    """CPU seconds of one pass, the collector kept out of it."""
    gc.collect()
    gc.disable()
    begin = time.process_time()
    for one in given:
        work(one)
    taken = time.process_time() - begin
    gc.enable()
    return taken


def read(asked: dict[str, Any]) -> object:
    return count(Case.from_json(asked))


def words(case: Case) -> object:
    return [finding.says for finding in count(case).findings]


def measure(size: int, *, seed: int) -> dict[str, list[float]]:
    """CPU seconds of every rival for `size` elections, one figure a round. Elections are drawn in chunks and dropped."""
    dice = random.Random(seed)
    taken = {name: [0.0] * ROUNDS for name in ("count", "read", "words", "twin")}
    for first in range(0, size, CHUNK):
        asked = [village(dice) for _election in range(min(CHUNK, size - first))]
        cases = [Case.from_json(each) for each in asked]
        for case, each in zip(cases, asked, strict=True):
            assert shape(count(case)) == slow_shape(slow_count(each)), each
        for turn in range(ROUNDS):
            taken["count"][turn] += cpu(count, cases)
            taken["twin"][turn] += cpu(slow_count, asked)
            if (
                turn == 0 or size == SIZES[0]
            ):  # what the aim does not speak of: one round is enough for growth
                taken["read"][turn] += cpu(read, asked)
                taken["words"][turn] += cpu(words, cases)
    return taken


def spread(seconds: list[float], size: int) -> str:
    """Elections a second: median, and the least and the most."""
    known = [each for each in seconds if each]
    middle = f"{size / statistics.median(known):,.0f}"
    return middle if len(known) == 1 else f"{middle} ({size / max(known):,.0f}-{size / min(known):,.0f})"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="only the smallest size")
    args = parser.parse_args()
    print(
        f"Elections a second on one core, CPU time, median (least-most) of {ROUNDS} rounds. Aim: {AIM:,} counts.\n"
    )
    print("| elections | count | read | words | twin | twin / count | microseconds a count |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in SIZES[:1] if args.quick else SIZES:
        taken = measure(size, seed=size)
        fast, slow = statistics.median(taken["count"]), statistics.median(taken["twin"])
        cells = [spread(taken[name], size) for name in ("count", "read", "words", "twin")]
        print(f"| {size:,} | {' | '.join(cells)} | {slow / fast:.2f} | {fast / size * 1e6:.1f} |", flush=True)
    print("\nThe two counts agreed on every election.")


if __name__ == "__main__":
    main()
