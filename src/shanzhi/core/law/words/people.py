"""Words of findings: people."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {}
