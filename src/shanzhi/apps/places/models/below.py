"""What lies below a village: hamlets and villager groups; and outlines on the map.

A household belongs to the group of its village whose name it carries: as people say it, and as every roster writes it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models.division import Place
from shanzhi.apps.record.sealing import new_key
from shanzhi.core.geo import Point


def longitude() -> models.DecimalField:
    """Degrees east, WGS-84; six decimals are a tenth of a metre."""
    return models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)


def latitude() -> models.DecimalField:
    """Degrees north, WGS-84."""
    return models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)


def whole_point(name: str) -> models.CheckConstraint:
    """A point has both numbers, or none."""
    both = models.Q(longitude__isnull=False, latitude__isnull=False)
    none = models.Q(longitude__isnull=True, latitude__isnull=True)
    return models.CheckConstraint(name=name, condition=both | none)


class Pointed(models.Model):
    """Something that may have a point on the map, in WGS-84."""

    longitude = longitude()
    latitude = latitude()

    class Meta:
        abstract = True

    @property
    def point(self) -> Point | None:
        """Where it lies, or None while nobody has said."""
        if self.longitude is None or self.latitude is None:
            return None
        return Point(float(self.longitude), float(self.latitude))


class Hamlet(Pointed):
    """A natural village (自然村): a cluster of houses inside an administrative village."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="hamlets")
    name = models.CharField(_("name"), max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=models.Q(until=None), name="one_living_hamlet_a_name"
            ),
            whole_point("hamlet_point_is_whole"),
        ]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A villager group (村民小组) of a village. Its households carry its name in `Household.group`."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(_("name"), max_length=30)
    hamlet = models.ForeignKey(Hamlet, null=True, blank=True, on_delete=models.PROTECT, related_name="groups")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=models.Q(until=None), name="one_living_group_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """The outline of a county, township or village as our own GeoJSON, in WGS-84."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="outline")
    geometry = models.JSONField()  # a Polygon or MultiPolygon
    source = models.CharField(_("source"), max_length=120, blank=True)
    loaded_by = models.CharField(max_length=16)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.place_id)
