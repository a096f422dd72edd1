"""Words of findings: stages."""

WORDS: dict[tuple[str, bool | None, str], tuple[str, str]] = {}
