"""Rows that are never deleted, and rows that are written once: for every room above, as far as the ORM reaches.

What comes past the ORM, the database itself refuses (`guards`), and `audit_record` finds.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from shanzhi.apps.record.errors import Unchangeable


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that are never deleted."""

    def delete(self) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__}: rows are never deleted")


class AppendOnlyQuerySet(KeptQuerySet):
    """Rows that are only ever added."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__}: rows are never changed")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            raise Unchangeable(f"{self.model.__name__}: rows are never changed")
        return super().bulk_create(*args, **kwargs)


class Kept(models.Model):
    """A row that is never deleted."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{type(self).__name__} {self.pk} is never deleted")


class AppendOnly(Kept):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(f"{type(self).__name__} {self.pk} is never changed")
        # An insert and nothing else: a row with the number of an older one must not become its update.
        super().save(*args, **kwargs | {"force_insert": True})
