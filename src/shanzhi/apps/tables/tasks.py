"""Long work, done beside the pages by a worker: small files are done at once, so that a village's clerk never waits."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.utils import translation
from django_tasks import task

from shanzhi.apps.tables.actions import exports, imports
from shanzhi.apps.tables.errors import Refused
from shanzhi.apps.tables.models import Export, Import


@task()
def check_import(key: str, language: str) -> None:
    """Check a file that was received."""
    with translation.override(language), suppress(Refused):  # the import itself says why
        imports.check(made=Import.objects.get(key=key))


@task()
def write_import(key: str, language: str) -> None:
    """Write a file that was ordered."""
    with translation.override(language), suppress(Refused):  # the import itself says why
        imports.write(made=Import.objects.get(key=key))


@task()
def make_export(key: str) -> None:
    """Make a file that was ordered."""
    exports.make(export=Export.objects.get(key=key))


def is_small(made: Import) -> bool:
    """Whether an import is done while its clerk waits: a second or two at most."""
    return made.size <= settings.TABLES_AT_ONCE_BYTES
