"""A person's life in the records: earlier residences, and coming, going, dying."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models.people import Person
from shanzhi.apps.record.sealing import new_key


class PastResidence(models.Model):
    """A residence status that has ended. The one that holds stands in `Person`, and nowhere else."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="past_residences")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    residence = models.CharField(max_length=10, choices=Person.Residence.choices)
    since = models.DateField(null=True, blank=True)  # unknown is unknown
    until = models.DateField()  # the last day
    recorded_by = models.CharField(max_length=16)

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.CheckConstraint(
                name="residence_ends_after_it_begins",
                condition=models.Q(since=None) | models.Q(until__gte=models.F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.residence} until {self.until}"


class Movement(models.Model):
    """Someone came, went, moved from village to village, died, or came back. Taken back, it stays and says so."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("moved in")
        MOVED = "moved", _("moved away")
        TRANSFERRED = "transferred", _("moved to another village of the county")
        DIED = "died", _("died")
        WRONG = "wrong", _("entered by mistake")
        RETURNED = "returned", _("came back")

    class KnownBy(models.TextChoices):
        CERTIFICATE = "certificate", _("death certificate")
        REGISTER = "register", _("entry in the household register")
        FAMILY = "family", _("the family said so")
        VILLAGE = "village", _("the village committee confirmed it")
        OTHER = "other", _("another paper")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    day = models.DateField()
    from_place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    elsewhere = models.CharField(_("where, outside the county"), max_length=60, blank=True)
    known_by = models.CharField(_("how it is known"), max_length=12, choices=KnownBy.choices, blank=True)
    recorded_by = models.CharField(max_length=16)
    recorded_at = models.DateTimeField(auto_now_add=True)
    taken_back_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.day}"
