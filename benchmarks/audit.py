"""A record of many events: how long recomputing it takes and in how much memory, and how long its page takes.

    .venv/bin/python -m benchmarks.audit                  a million events, some minutes, 1 GB on the disk
    .venv/bin/python -m benchmarks.audit --events 50000

On SQLite in a folder of its own, or on the PostgreSQL database that SHANZHI_POSTGRES names (it must be empty).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ACTS = ("accounts.signed_in", "elections.sheet_entered", "places.person_corrected", "places.numbers_revealed")
A_PART = 5000
RARE = 50_000  # every so many events one of another act


def build(events: int) -> None:
    """Events of three hundred accounts in a hundred places, in parts as imports write them."""
    import django

    django.setup()
    from django.core.management import call_command

    from shanzhi.apps.record import actions

    call_command("migrate", verbosity=0)
    for begin in range(0, events, A_PART):
        actions.write_many([
            {"by": f"account-{n % 300:03d}", "act": "accounts.locked" if n % RARE == 7 else ACTS[n % len(ACTS)],
             "subject": f"person:{n % 9973:08d}", "scope": n % 100 + 1, "facts": {"rows": n % 7}}
            for n in range(begin, min(events, begin + A_PART))
        ])  # fmt: skip


def ask() -> None:
    """The page's questions, each three times; the middle one."""
    import django

    django.setup()
    from shanzhi.apps.record import selectors

    scopes = {None, *range(1, 101)}
    for name, asked in {
        "newest page": {}, "a rare act": {"act": "accounts.locked"}, "a common act": {"act": ACTS[0]},
        "one account": {"by": "account-042"}, "one subject": {"subject": "person:00000042"},
        "one place": {"within": {7}}, "a rare act of one place": {"act": "accounts.locked", "within": {8}},
        "deep in the trail": {"before": 1000},
    }.items():  # fmt: skip
        took = []
        for _ in range(3):
            began = time.perf_counter()
            found = list(selectors.events(scopes=scopes, **asked)[:51])
            took.append((time.perf_counter() - began) * 1000)
        print(f"| {name} | {sorted(took)[1]:.0f} ms | {len(found)} rows |", flush=True)


def recompute() -> None:
    """`audit_record` in a process of its own, with its largest memory."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", "audit_record", "--json"], check=True)
    took = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"| audit_record | {took:.1f} s | at most {used} MiB |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--var", help="keep what is built in this folder, and use what is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHANZHI_VAR"] = options.var or folder
        os.environ.setdefault("SHANZHI_FIRST_START", "1")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanzhi.config.settings")
        if not (Path(os.environ["SHANZHI_VAR"]) / "built").exists():
            began = time.perf_counter()
            build(options.events)
            (Path(os.environ["SHANZHI_VAR"]) / "built").touch()
            print(
                f"| writing {options.events:,} events | {time.perf_counter() - began:.0f} s | |", flush=True
            )
        recompute()
        ask()


if __name__ == "__main__":
    main()
