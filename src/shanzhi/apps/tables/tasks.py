"""Long work, done beside the pages by a worker: small files are done at once, so that a village's clerk never waits."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.utils import translation
from django_tasks import task

from shanzhi.apps.tables.actions import exports, imports
from shanzhi.apps.tables.errors import Refused
from shanzhi.apps.tables.models import Export, Import

logger = logging.getLogger(__name__)


class WorkFailed(Exception):  # noqa: N818 - reads as the thing that happened
    """Long work broke off: the queue keeps this, and not what the database said about somebody."""


@contextmanager
def without_values() -> Iterator[None]:
    """The queue keeps the trace of work that failed. It gets the kind of the mishap; the log, where it happened."""
    try:
        yield
    except Exception as broken:
        logger.exception("Long work failed")
        raise WorkFailed(type(broken).__name__) from None


@task()
def check_import(key: str, language: str) -> None:
    """Check a file that was received."""
    with translation.override(language), without_values(), suppress(Refused):  # the import itself says why
        imports.check(made=Import.objects.get(key=key))


@task()
def write_import(key: str, language: str) -> None:
    """Write a file that was ordered."""
    with translation.override(language), without_values(), suppress(Refused):  # the import itself says why
        imports.write(made=Import.objects.get(key=key))


@task()
def make_export(key: str) -> None:
    """Make a file that was ordered."""
    with without_values():
        exports.make(export=Export.objects.get(key=key))


def is_small(made: Import) -> bool:
    """Whether an import is done while its clerk waits: a second or two at most."""
    return made.size <= settings.TABLES_AT_ONCE_BYTES
