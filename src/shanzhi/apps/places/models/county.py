"""What a county sets for itself: holiday tables of a new year, and local choices with their issuer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class MapSetting(models.Model):
    """How a county's maps look: its extent, and whose picture tiles lie under them (none, unless an operator says so)."""

    class Datum(models.TextChoices):
        WGS84 = "wgs84", _("WGS-84 or CGCS2000 (GPS, Tianditu)")
        GCJ02 = "gcj02", _("GCJ-02 (Amap, Tencent, most Chinese phones)")

    county = models.OneToOneField("places.Place", on_delete=models.CASCADE, related_name="map_setting")
    west = models.DecimalField(_("west"), max_digits=9, decimal_places=6)
    south = models.DecimalField(_("south"), max_digits=8, decimal_places=6)
    east = models.DecimalField(_("east"), max_digits=9, decimal_places=6)
    north = models.DecimalField(_("north"), max_digits=8, decimal_places=6)
    tiles = models.TextField(_("address of the tiles"), blank=True, max_length=500)  # one template a line
    attribution = models.CharField(_("whose map it is"), blank=True, max_length=120)
    max_zoom = models.PositiveSmallIntegerField(_("deepest zoom of the tiles"), default=18)
    datum = models.CharField(max_length=8, choices=Datum.choices, default=Datum.WGS84)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extent_has_an_inside",
                condition=models.Q(west__lt=models.F("east"), south__lt=models.F("north")),
            )
        ]

    def __str__(self) -> str:
        return str(self.county_id)
