"""Words of findings: calendar."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {}
