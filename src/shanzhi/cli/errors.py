"""What a command refuses, and how it says so.

* Unusable    the input cannot be used: names the field, the value, and what would be accepted; exit status 2
"""


class Unusable(Exception):  # noqa: N818 - reads as the thing that happened
    """The input cannot be used. The message names the field, the value and what would be accepted."""

    def __init__(self, field: str, value: object, accepted: str) -> None:
        super().__init__(f"{field}: {value!r} cannot be used; accepted: {accepted}")
        self.field, self.value, self.accepted = field, value, accepted
