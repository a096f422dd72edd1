"""`shanzhi COMMAND ...`: one module a command, each with `HELP`, `arguments(parser)` and `run(args) -> exit status`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from shanzhi import __version__
from shanzhi.cli.errors import Unusable

COMMANDS = ("count", "calendar", "law", "verify")


def parser() -> argparse.ArgumentParser:
    """The whole command line, with every command's arguments."""
    top = argparse.ArgumentParser(
        prog="shanzhi", description="善治: village government by the book, from a shell."
    )
    top.add_argument("--version", action="version", version=f"shanzhi {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = importlib.import_module(f"shanzhi.cli.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.arguments(command)
        command.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0 answered, 2 the input is unusable, 3 the question has no answer."""
    top = parser()
    args, rest = top.parse_known_args(argv)
    if rest and getattr(args, "newer", "") is None and not rest[0].startswith("-"):
        args.newer = rest.pop(0)  # argparse knows a second file only beside the first, not after an option
    if rest:
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        status = int(args.run(args))
        sys.stdout.flush()
    except (
        BrokenPipeError
    ):  # the reader has seen enough, as in `| head`: nothing more is written, at exit neither
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Unusable as problem:
        print(f"shanzhi {args.command}: {problem}", file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
