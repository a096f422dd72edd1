"""Kills an action at a chosen statement or moment, opens the database afresh, and judges what is left."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
A_COPY = 4  # on PostgreSQL every fourth that left nothing behind is sent again all the same
SIGNED = "record.Checkpoint"  # signed after the commit: a kill in between leaves it to the next reader


class Files:
    """SQLite: a database is a file in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def name(self, called: str) -> str:
        return str(self.folder / f"{called}.sqlite3")

    def make(self, called: str) -> str:
        return self.name(called)

    def copy(self, old: str, new: str) -> str:
        self.drop(new)
        shutil.copyfile(self.name(old), self.name(new))
        return self.name(new)

    def drop(self, called: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(self.name(called) + end).unlink(missing_ok=True)

    def move(self, called: str, folder: Path) -> None:
        """To where a server looks for it."""
        shutil.move(self.name(called), folder / "shanzhi.sqlite3")


class Server:
    """PostgreSQL: a database is a database, copied as a template."""

    def __init__(self, address: str) -> None:
        import psycopg

        self.prefix = f"badday_{os.getpid()}_"
        self.where = address.rpartition("/")[0]
        self.held: set[str] = set()
        self.root = psycopg.connect(f"{self.where}/postgres", autocommit=True)

    def name(self, called: str) -> str:
        return self.prefix + called

    def address(self, called: str) -> str:
        return f"{self.where}/{self.name(called)}"

    def make(self, called: str) -> str:
        self.held.add(called)
        self.root.execute(f'CREATE DATABASE "{self.name(called)}"')
        return self.name(called)

    def copy(self, old: str, new: str) -> str:
        """Whoever was killed may still stand in the old one for a moment: he is shown out."""
        self.drop(new)
        self.held.add(new)
        self.show_out(old)
        self.root.execute(f'CREATE DATABASE "{self.name(new)}" TEMPLATE "{self.name(old)}"')
        return self.name(new)

    def drop(self, called: str) -> None:
        self.root.execute(f'DROP DATABASE IF EXISTS "{self.name(called)}" WITH (FORCE)')
        self.held.discard(called)

    def show_out(self, called: str) -> None:
        """End every connection to it, as a restart of the server does."""
        self.root.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [self.name(called)],
        )

    def close(self) -> None:
        for called in list(self.held):
            self.drop(called)
        self.root.close()


@dataclass(slots=True)
class Scene:
    """One action, its world before and after, and how many steps lie between."""

    act: str
    again: str
    given: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    twice: dict[str, Any]  # the request sent twice
    steps: int
    commits: list[int] = field(default_factory=list)
    between: frozenset[str] = frozenset()  # tables in which it may stand in the middle


class Nursery:
    """The process of `nursery.py`, and the databases of its children."""

    def __init__(self, folder: Path) -> None:
        address = os.environ.get("SHANZHI_POSTGRES", "")
        self.databases: Files | Server = Server(address) if address else Files(folder)
        env = os.environ | {
            "SHANZHI_VAR": str(folder), "SHANZHI_SECRETS": str(folder),
            "DJANGO_SETTINGS_MODULE": "shanzhi.config.settings", "SHANZHI_FIRST_START": "1",
        }  # fmt: skip
        self.folder, self.kills, self.as_before = folder, 0, False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.badday.nursery"], cwd=ROOT, env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"
        self.ask("tables", self.databases.make("empty"))

    def ask(self, work: str, database: str, **more: Any) -> dict[str, Any]:
        """Have a child do it. A child that broke, other than by our hand, fails the test with its own words."""
        self.process.stdin.write(json.dumps({"work": work, "database": database, **more}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "broken" not in answer["said"], answer["said"]["broken"]
        return answer

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        if isinstance(self.databases, Server):
            self.databases.close()

    def world(self, name: str, called: str) -> dict[str, Any]:
        """A county for a server, in a database of that name; what a browser has to know of it."""
        return self.ask("world", self.databases.copy("empty", called), world=name)["said"]["given"]

    def scene(self, act: str, again: str, between: frozenset[str] = frozenset()) -> Scene:
        """The world before and after the action, done once without a mishap."""
        self.as_before = False
        database = self.databases.copy("empty", "before")
        given = self.ask("prepare", database, act=act)["said"]["given"]
        before = self.ask("look", database)["said"]
        done = self.ask("do", self.databases.copy("before", "after"), act=act, given=given)["said"]
        after = self.ask("look", self.databases.name("after"))["said"]
        twice = self.ask("inquest", self.databases.name("after"), act=act, given=given)["said"]
        assert before["faults"] == after["faults"] == twice["faults_then"] == []
        assert before["shape"] != after["shape"]
        assert again == "anew" or after["shape"] == twice["then"]["shape"]
        return Scene(act, again, given, before, after, twice["then"], done["steps"], done["commits"], between)

    def kill(self, scene: Scene, **when: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Do the action on a copy of the world before, kill it `at` a step or `after` so many seconds; hold an inquest."""
        self.kills += 1
        database = self.databases.name("killed")
        if not self.as_before:
            database = self.databases.copy("before", "killed")
        died = self.ask("do", database, act=scene.act, given=scene.given, **when)
        # A copy on a server takes a second: where nothing happened, the next may die on the same one.
        if isinstance(self.databases, Server) and self.kills % A_COPY:
            looked = self.ask("look", database)["said"]
            if looked["exact"] == scene.before["exact"] and not died["acknowledged"]:
                self.as_before = True
                return died, {"left": looked, "then": scene.after, "again": "done", "faults": looked["faults"],
                              "faults_then": []}  # fmt: skip
        self.as_before = False
        found = self.ask("inquest", database, act=scene.act, given=scene.given)["said"]
        return died, found


def judge(scene: Scene, died: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What of the promise was broken; nothing when it held."""
    wrong = [*found["faults"], *found["faults_then"]]
    stands = _stands(scene, found["left"])
    if stands == "torn":
        wrong.append(f"half done: {_differences(scene.after['shape'], found['left']['shape'])}")
    if died["acknowledged"] and stands != "after":
        wrong.append(f"acknowledged, and lost: it stands as {stands}")
    expected = "done" if scene.again != "refused" or stands == "before" else "refused"
    if found["again"] != expected:
        wrong.append(f"sent again it was {found['again']}: {found.get('sentence')}")
    if found["again"] == "refused" and not found["sentence"]:
        wrong.append("refused without a word")
    wanted = scene.after if stands == "before" else scene.twice
    if left := _differences(wanted["shape"], found["then"]["shape"]):
        wrong.append(f"sent again it came out otherwise: {left}")
    return wrong


def _stands(scene: Scene, left: dict[str, Any]) -> str:
    if set(_differences(scene.before["exact"], left["exact"])) <= scene.between:
        return "before"
    differing = set(_differences(scene.after["shape"], left["shape"]))
    return "after" if not differing else "unsigned" if differing == {SIGNED} else "torn"


def _differences(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    return {table: f"{one[table]} / {other[table]}" for table in one if one[table] != other[table]}
