"""What has been typed so far, until the county is there."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """The one draft of an installation: the code that opens its pages, and the county as far as it has been entered."""

    one = models.PositiveSmallIntegerField(unique=True, default=1)
    digest = models.CharField(max_length=80)  # of the code; empty: used up by wrong tries
    wrong = models.PositiveSmallIntegerField(default=0)
    county_code = models.CharField(max_length=12, blank=True)
    county_name = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=100, blank=True)
    content = models.TextField(blank=True)  # of the codes file

    class Meta:
        constraints = [models.CheckConstraint(name="one_draft", condition=models.Q(one=1))]

    def __str__(self) -> str:
        return self.county_name or "draft"

    @property
    def has_county(self) -> bool:
        """Whether the county and its places have been entered and found without fault."""
        return bool(self.content)
