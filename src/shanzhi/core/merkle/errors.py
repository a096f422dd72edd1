"""What a check of the log can find wrong. Each says what failed, with what was wanted and what was found.

* Unproven            something does not follow from what the log signed
  - ProofFalse        a proof does not lead to the root
  - NoteFalse         a signed note is malformed, or signed by another key
  - BundleFalse       a bundle's parts do not belong together: names the part
"""

from __future__ import annotations


class Unproven(ValueError):  # noqa: N818 - reads as the thing that happened
    """Something does not follow from what the log signed."""


class ProofFalse(Unproven):
    """A proof does not lead to the root."""


class NoteFalse(Unproven):
    """A signed note is malformed, or signed by another key."""


class BundleFalse(Unproven):
    """A bundle's parts do not belong together. `part` names what failed."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(f"{part}: {message}")
        self.part = part
