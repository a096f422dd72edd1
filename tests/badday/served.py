"""gunicorn's settings for the tests: those of every server; and a worker that kills itself where a file tells it to.

`kill_at` in SHANZHI_VAR holds the number of the statement, counted from when a form arrives. It is used up.
"""

from pathlib import Path

from tools.serve import *  # noqa: F403
from tools.serve import VAR

timeout = 30
_ORDER = Path(VAR) / "kill_at"


def pre_request(_worker, request):
    """A form comes in: from now on statements count, if the order is there."""
    if request.method == "POST" and _ORDER.exists():
        at = int(_ORDER.read_text())
        _ORDER.unlink()
        _set_trap(at)


def _set_trap(at):
    from tests.badday.nursery import Trap

    Trap(at).set()
