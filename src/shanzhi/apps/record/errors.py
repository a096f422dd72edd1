"""What the record refuses.

* Unchangeable    what was recorded or published is never changed or deleted: add a new entry that says so
"""


class Unchangeable(RuntimeError):  # noqa: N818 - reads as the thing that happened
    """What was recorded or published is never changed or deleted."""
