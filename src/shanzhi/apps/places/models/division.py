"""Divisions with their codes, from one day until another (REG-01, REG-05)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A county, township, village or community, for as long as its code stands.

    `lineage` holds the ids from the county down to this place, as "/1/4/37/": a grant over any of them reaches here.
    """

    class Kind(models.TextChoices):
        COUNTY = "county", _("county")
        TOWNSHIP = "township", _("township")
        VILLAGE = "village", _("village")
        COMMUNITY = "community", _("community")

    code = models.CharField(_("code"), max_length=12, db_index=True)
    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    lineage = models.CharField(max_length=100, db_index=True, default="", editable=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_place_a_code_and_day"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_until=None), name="one_living_place_a_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scopes(self) -> frozenset[int]:
        """Ids of this place and everything above it: where a grant reaches this place from."""
        return frozenset(int(part) for part in self.lineage.split("/") if part)

    @property
    def full_name(self) -> str:
        """The name with its township before it: two villages of one name are told apart."""
        return (
            f"{self.parent.name}{self.name}" if self.parent and self.kind != self.Kind.TOWNSHIP else self.name
        )

    @property
    def short_name(self) -> str:
        """The name without 委会 and the like: 尚家沟村."""
        return self.name.removesuffix("委会").removesuffix("居") if self.name.endswith("委会") else self.name
