"""Several people at one moment: threads that start together, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections

from shanzhi.apps.elections.errors import Refused


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Start all at the same moment; what each gave back, or the refusal that it met."""
    start = threading.Barrier(len(acts))
    met: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            met[place] = act()
        except Refused as refusal:
            met[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met
