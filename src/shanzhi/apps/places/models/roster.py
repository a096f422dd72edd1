"""Imports of a village's roster: read, checked, and written only when a clerk says so."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.sealing import new_key


class RosterImport(models.Model):
    """One uploaded roster. Its rows are sealed and are deleted when it has been written or thrown away."""

    class Status(models.TextChoices):
        CHECKED = "checked", _("checked, nothing written")
        WRITTEN = "written", _("written")
        DROPPED = "dropped", _("thrown away")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="roster_imports")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows_sealed = models.BinaryField(null=True, editable=False)
    good = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.CHECKED)
    uploaded_by = models.CharField(max_length=16)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
