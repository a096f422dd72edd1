"""What a county sets for itself: holiday tables of a new year, and local choices with their issuer."""

from __future__ import annotations

from django.db import models


class HolidayTable(models.Model):
    """Rest days and make-up working days of one year, as loaded by an operator (CAL-05)."""

    year = models.PositiveSmallIntegerField(unique=True)
    notice = models.CharField(max_length=200)
    days = models.JSONField()  # [{"name": ..., "date": "2027-01-01", "isOffDay": true}, ...]
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class LocalSetting(models.Model):
    """A choice that the law leaves to the county or province, with who made it and in which document."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="local_settings")
    key = models.CharField(max_length=40)
    value = models.JSONField()
    issuer = models.CharField(max_length=80)
    document = models.CharField(max_length=80)
    issued_on = models.DateField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "key", "since"], name="one_value_a_setting_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"
