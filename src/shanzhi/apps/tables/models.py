"""Files on their way in and out. Whatever is personal in them is sealed, and goes when it is no longer needed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.sealing import new_key


class Import(models.Model):
    """One uploaded file and what became of it. The row stays as the history; its parts go."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("waiting to be checked")
        UNKNOWN = "unknown", _("its columns are not known yet")
        UNREADABLE = "unreadable", _("cannot be read")
        CHECKED = "checked", _("checked, nothing written")
        ORDERED = "ordered", _("waiting to be written")
        WRITTEN = "written", _("written")
        UNDONE = "undone", _("taken back")
        DROPPED = "dropped", _("thrown away")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    table = models.CharField(max_length=30, db_index=True)
    scope = models.BigIntegerField(db_index=True)  # the id of a place; places lie on a higher floor
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECEIVED)
    attempt = models.CharField(
        max_length=16, blank=True
    )  # of each look at the file; parts of an earlier one are void
    facts = models.JSONField(default=dict)  # headings, columns that are not read, why it cannot be read
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(null=True)
    good_only = models.BooleanField(default=False)
    by = models.CharField(max_length=16, db_index=True)
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    written_by = models.CharField(max_length=16, blank=True)
    written_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["table", "scope", "-received_at"])]

    def __str__(self) -> str:
        return self.file_name


class Part(models.Model):
    """A sealed piece of an import: of the file, of its rows, of its faults, or of what undoing it needs."""

    class Kind(models.TextChoices):
        FILE = "file"
        ROWS = "rows"
        BAD = "bad"
        FAULTS = "faults"
        TRACE = "trace"

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts")
    attempt = models.CharField(max_length=16, blank=True)  # none: of the file itself
    kind = models.CharField(max_length=6, choices=Kind.choices)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "attempt", "kind", "number"], name="one_part_a_place")
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """What the sealed bytes are bound to: moved to another import or place they do not open."""
        return f"{self.of.key}/{self.attempt}/{self.kind}/{self.number}"


class Heading(models.Model):
    """What somebody once said a column of his files is: remembered for him, for that table."""

    account = models.CharField(max_length=16)
    table = models.CharField(max_length=30)
    heading = models.CharField(max_length=100)
    column = models.CharField(max_length=30, blank=True)  # empty: not to be read

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "table", "heading"], name="one_meaning_a_heading")
        ]

    def __str__(self) -> str:
        return f"{self.heading} = {self.column}"


class Export(models.Model):
    """A table, or the part of it on somebody's screen, that left the house as a file."""

    class Status(models.TextChoices):
        ORDERED = "ordered", _("being made")
        READY = "ready", _("ready")
        GONE = "gone", _("no longer kept")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    table = models.CharField(max_length=30)
    scope = models.BigIntegerField()
    purpose = models.CharField(max_length=30)
    reason = models.CharField(max_length=40, blank=True)
    filters = models.JSONField(default=dict)
    form = models.CharField(max_length=4)  # xlsx or csv
    rows = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ORDERED)
    by = models.CharField(max_length=16, db_index=True)
    ordered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-ordered_at", "-id"]

    def __str__(self) -> str:
        return self.key


class ExportPart(models.Model):
    """A sealed piece of a file that is going out; gone a day later."""

    of = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_piece_a_place")]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """What the sealed bytes are bound to."""
        return f"{self.of.key}/{self.number}"
