"""Load a county's divisions into an empty installation."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.apps.places import actions, selectors
from shanzhi.apps.places.errors import Refused


class Command(BaseCommand):
    help = (
        "Load a county with its townships, villages and communities from a .csv file with the columns "
        "code,name,township_code,township_name (UTF-8 or GBK). Only into an installation without a county."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the codes file")
        parser.add_argument("--county-code", required=True, help="six digits, such as 141130")
        parser.add_argument("--county-name", required=True, help="such as 交口县")
        parser.add_argument(
            "--valid-from", help="since when these divisions stand, such as 2023-06-30; without it: today"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            since = (
                date.fromisoformat(options["valid_from"]) if options["valid_from"] else timezone.localdate()
            )
        except ValueError:
            raise CommandError(_("--valid-from: write the day as 2023-06-30")) from None
        try:
            county = actions.load_divisions(
                county_code=options["county_code"], county_name=options["county_name"],
                content=_text(Path(options["file"])), valid_from=since, by="system",
            )  # fmt: skip
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from None
        self.stdout.write(
            _("{county}: {townships} townships, {villages} villages and communities loaded.").format(
                county=county.name,
                townships=selectors.townships().count(),
                villages=sum(len(villages) for _township, villages in selectors.tree()),
            )
        )
        self.stdout.write(_("Next: manage.py create_operator makes the first account."))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as missing:
        raise CommandError(
            _("{file} cannot be read: {why}").format(file=path, why=missing.strerror)
        ) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError(_("{file} is neither UTF-8 nor GBK").format(file=path))
