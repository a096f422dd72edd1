"""A process that brings up children, each of which does one thing to one database and may be killed in the middle.

Started as a program by `kills.py`. Django stands ready here, no database is open; each order, a line of JSON, is done
by a forked child with a connection of its own. So a kill costs a few milliseconds and not the start of a server.
The children run the production settings: WAL, synchronous=FULL, immediate transactions.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import traceback
from typing import Any

Order = dict[str, Any]


class Trap:
    """Counts the statements that reach the database, commits among them, and kills this process before one of them."""

    def __init__(self, at: int) -> None:
        self.at, self.seen = at, 0
        self.commits: list[int] = []

    def step(self, statement: object = "") -> None:
        self.seen += 1
        if "COMMIT" in str(statement).upper():
            self.commits.append(self.seen)
        if self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def set(self) -> None:
        """On the connection of this process; SQLite tells every statement itself, PostgreSQL's commit is a call."""
        from django.db import connection

        connection.ensure_connection()
        if connection.vendor == "sqlite":
            connection.connection.set_trace_callback(self.step)
            return
        connection.execute_wrappers.append(self._execute)
        held = connection.connection
        commit = held.commit

        def committing() -> None:
            self.step("COMMIT")
            commit()
            self.step("after it")

        held.commit = committing

    def _execute(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.step(sql)
        return execute(sql, params, many, context)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shanzhi.config.settings")
    import django

    django.setup()
    from tests.badday import acts, reading, state, worlds  # noqa: F401 - read once, before the forks

    _say("ready")
    for line in sys.stdin:
        _say(json.dumps(carry_out(json.loads(line))))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def carry_out(order: Order) -> Order:
    """Let a child do it; what it said before it ended, and how it ended."""
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(listen)
        _child(order, tell)
    os.close(tell)
    said = _listen(listen, child, order.get("after"))
    _pid, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return {"killed": killed, "acknowledged": "acknowledged" in said, "said": said}


def _listen(pipe: int, child: int, after: float | None) -> dict[str, Any]:
    """Everything that the child says; with `after`, it is killed that many seconds after it began."""
    heard = b""
    with os.fdopen(pipe, "rb", buffering=0) as ear:
        while True:
            if after is not None and b'"began"' in heard:
                if not select.select([ear], [], [], after)[0]:
                    os.kill(child, signal.SIGKILL)
                    after = None
            part = ear.read(65536)
            if not part:
                break
            heard += part
    return {name: value for line in heard.splitlines() for name, value in json.loads(line).items()}


def _child(order: Order, tell: int) -> None:
    def say(**told: Any) -> None:
        os.write(tell, json.dumps(told).encode() + b"\n")

    try:
        from django.db import connection

        if order["database"]:
            connection.settings_dict["NAME"] = order["database"]
        WORKS[order["work"]](order, say)
        connection.close()
    except BaseException:
        say(broken=traceback.format_exc())
        os._exit(1)
    os._exit(0)


# What a child may do


def _tables(_order: Order, _say: Any) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _prepare(order: Order, say: Any) -> None:
    from tests.badday import acts

    say(given=acts.ACTS[order["act"]].prepare())


def _world(order: Order, say: Any) -> None:
    from tests.badday import worlds

    say(given=worlds.WORLDS[order["world"]]())


def _do(order: Order, say: Any) -> None:
    """The action itself. What follows `acknowledged` was promised to somebody."""
    from tests.badday import acts

    trap = Trap(order.get("at", 0))
    trap.set()
    say(began=True)
    acts.ACTS[order["act"]].do(**order["given"])
    trap.step("the action has returned")
    say(acknowledged=True)
    trap.step("it was acknowledged")
    say(steps=trap.seen, commits=trap.commits)


def _look(_order: Order, say: Any) -> None:
    from tests.badday import state

    say(**state.look(), faults=state.faults())


def _inquest(order: Order, say: Any) -> None:
    """What the killed one left; then the same request again, and what stands after it."""
    from shanzhi.apps.record import actions as record
    from shanzhi.web.refusals import Refused
    from tests.badday import acts, state

    say(left=state.look(), faults=state.faults())
    try:
        acts.ACTS[order["act"]].do(**order["given"])
        say(again="done")
    except Refused as refusal:
        say(again="refused", sentence=str(refusal))
    record.sign_for_reader("public")  # as whoever opens a notice does
    record.sign_for_reader("audit")  # as whoever opens the trail does
    say(then=state.look(), faults_then=state.faults())


def _read(order: Order, say: Any) -> None:
    """Put a file to the reader of tables, with a folder of its own for whatever is laid down meanwhile."""
    import tempfile
    from pathlib import Path

    from tests.badday import reading

    tempfile.tempdir = os.environ["TMPDIR"] = order["room"]
    say(**reading.measured(Path(order["path"]), order["name"]))


WORKS = {
    "tables": _tables, "prepare": _prepare, "world": _world, "do": _do, "look": _look, "inquest": _inquest, "read": _read,
}  # fmt: skip

if __name__ == "__main__":
    main()
