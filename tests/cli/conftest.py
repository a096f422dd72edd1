"""Running the command line in the same process: exit status, standard output, standard error."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from shanzhi.cli.main import main


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def shanzhi(capsys) -> Callable[..., Said]:
    """shanzhi("law", "VCOL-18-7") -> Said."""

    def run(*words: object) -> Said:
        try:
            status = main([str(word) for word in words])
        except SystemExit as left:  # argparse leaves when it cannot read the arguments
            status = int(left.code or 0)
        told = capsys.readouterr()
        return Said(status, told.out, told.err)

    return run


@pytest.fixture
def file(tmp_path) -> Callable[[str, Any], str]:
    """file("case.json", {...}) -> its path; text and bytes are written as they are."""

    def write(name: str, content: Any) -> str:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(
                content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8"
            )
        return str(path)

    return write
