"""What a command refuses, and how it says so.

* Unusable    the input cannot be used: names the field, the value, and what would be accepted; exit status 2
"""

SHOWN = 80  # characters of a refused value


class Unusable(Exception):  # noqa: N818 - reads as the thing that happened
    """The input cannot be used. The message names the field, the value and what would be accepted."""

    def __init__(self, field: str, value: object, accepted: str) -> None:
        shown = repr(value) if len(repr(value)) <= SHOWN else f"{repr(value)[:SHOWN]}…"
        super().__init__(f"{field}: {shown} 不能使用 cannot be used; 可以使用 accepted: {accepted}")
        self.field, self.value, self.accepted = field, value, accepted
