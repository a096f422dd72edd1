"""Build the sample county into an empty installation: real divisions, invented people, elections at every stage."""

from __future__ import annotations

import time
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shanzhi.apps.elections import sample
from shanzhi.apps.places.sample import today


class Command(BaseCommand):
    help = "Build the sample county into an empty installation. The same seed gives the same people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=sample.SEED, help=f"of the dice (default {sample.SEED})"
        )
        parser.add_argument(
            "--no-sign-ins",
            action="store_true",
            help="leave the demo sign-ins to the server that starts next",
        )
        parser.add_argument("--small", action="store_true", help="few people a village: for tests")

    def handle(self, *_args: Any, **options: Any) -> None:
        begun, before = time.perf_counter(), _rows()
        try:
            built = sample.build(
                folder=settings.VAR, today=today(), seed=options["seed"], small=options["small"],
                say=lambda words: self._say(words, begun),
            )  # fmt: skip
        except sample.CountyThere as refusal:
            raise CommandError(self._refused(refusal)) from refusal
        seconds, rows = time.perf_counter() - begun, _rows() - before
        self.stdout.write(
            f"示例县已建好 sample county: {built.households:,} 户 households, {built.people:,} 人 people, "
            f"{built.elections} 村 villages; {rows:,} rows in {seconds:.1f} s = {rows / seconds:,.0f} rows/s"
        )
        if not options["no_sign_ins"]:
            self.stdout.write(built.sign_ins.read_text("utf-8"))

    def _say(self, words: str, begun: float) -> None:
        self.stdout.write(f"[{time.perf_counter() - begun:5.1f} s] {words}")
        self.stdout.flush()

    def _refused(self, refusal: sample.CountyThere) -> str:
        if (settings.VAR / "sample.txt").exists():
            return (
                f"{refusal.message} 示例县已经在 {settings.VAR}；要重建，请先停止服务，再删除该目录。 "
                f"The sample stands in {settings.VAR}; to build it anew stop the server and delete that folder."
            )
        return (
            f"{refusal.message} 这里是实际使用的县，没有改动任何数据。要看示例，请用另一个目录： "
            "SHANZHI_VAR=/path/to/another ./run  This county is not a sample; nothing was changed. "
            "To see the sample, choose another folder with SHANZHI_VAR."
        )


def _rows() -> int:
    """Rows in all tables of the house."""
    return sum(
        model.objects.count() for model in apps.get_models() if model.__module__.startswith("shanzhi.")
    )
