"""Divisions with their codes, from one day until another (REG-01, REG-05), and what became of them.

A place lives through a new name, a new code, another township or another kind: it is the same village, and whoever
holds a grant over it goes on holding it. What it was called before stands in `FormerDesignation`. A merge or a split
makes other villages of it: then it ends, and `Succession` says which ones follow.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.sealing import new_key
from shanzhi.core import divisions


class Place(models.Model):
    """A county, township, village or community, as it stands today or stood when it ended.

    `lineage` holds the ids from the county down to this place, as "/1/4/37/": a grant over any of them reaches here.
    `valid_until` is the last day on which it stood.
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
        return divisions.short_name(self.name)

    @property
    def full_short_name(self) -> str:
        """The short name with its township before it, as papers and notices name a village: 康城镇尚家沟村."""
        return f"{self.parent.name}{self.short_name}" if self.parent and self.is_village else self.short_name

    @property
    def is_village(self) -> bool:
        """Whether people can be in its records: a village or a community."""
        return self.kind in {self.Kind.VILLAGE, self.Kind.COMMUNITY}

    @property
    def rank(self) -> str:
        """Street, town, township, village, community: as the code says (REG-02, REG-03)."""
        return divisions.rank(self.code)


class PlaceChange(models.Model):
    """One decision of a higher body about places, carried out: with its date, document number and reason."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("new name")
        RECODED = "recoded", _("new code")
        MOVED = "moved", _("moved to another township")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        OPENED = "opened", _("newly established")
        CLOSED = "closed", _("dissolved")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()  # the first day on which it holds
    document = models.CharField(_("document number"), max_length=80)
    reason = models.CharField(_("reason"), max_length=200)
    places = models.ManyToManyField(Place, related_name="changes")
    facts = models.JSONField(default=dict)  # counts, and ids of the grants that ended; nobody's data
    made_by = models.CharField(max_length=16)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class FormerDesignation(models.Model):
    """What a place was called, and where it lay, until its code, name, kind or township changed."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="former")
    change = models.ForeignKey(PlaceChange, on_delete=models.PROTECT, related_name="former")
    code = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Place.Kind.choices)
    parent = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="former_children")
    since = models.DateField()
    until = models.DateField()  # the last day

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["place", "since"], name="one_designation_a_place_and_day"),
            models.CheckConstraint(
                name="designation_ends_after_it_begins", condition=models.Q(until__gte=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def full_name(self) -> str:
        """The name with its township before it."""
        return (
            f"{self.parent.name}{self.name}"
            if self.parent and self.kind != Place.Kind.TOWNSHIP
            else self.name
        )


class Succession(models.Model):
    """What follows a place that was merged, split or dissolved: many to many, because both happen."""

    change = models.ForeignKey(PlaceChange, on_delete=models.PROTECT, related_name="successions")
    before = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="after_it")
    after = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="before_it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="one_succession_a_pair"),
            models.CheckConstraint(
                name="nothing_follows_itself", condition=~models.Q(before=models.F("after"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class CodesFile(models.Model):
    """A year's codes file of the statistics bureau, compared with what stands; nothing happens until each is decided."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for decisions")
        DONE = "done", _("carried out")
        DROPPED = "dropped", _("thrown away")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    county = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="codes_files")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField()  # [[code, name, township code, township name], ...]
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    uploaded_by = models.CharField(max_length=16)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
