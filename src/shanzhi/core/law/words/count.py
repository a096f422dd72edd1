"""Words of findings: count."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {}
