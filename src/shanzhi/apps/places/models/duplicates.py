"""Two entries that may be one person: what was decided about them, and villages that claim one person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models.people import Person
from shanzhi.apps.record.sealing import new_key


class DuplicateDecision(models.Model):
    """A clerk looked at two entries side by side and decided. `person` went into `other`, or they are two people."""

    class Verdict(models.TextChoices):
        SAME = "same", _("one person")
        DIFFERENT = "different", _("two people")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decided_duplicates")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decided_duplicates_of")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=200)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=16)
    left_before = models.CharField(max_length=8, blank=True)  # what a merged entry was: it comes back as that
    left_on_before = models.DateField(null=True, blank=True)
    number_taken_over = models.BooleanField(default=False)  # the entry that stays had no ID number
    taken_back_on = models.DateField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"],
                condition=models.Q(taken_back_on=None),
                name="one_decision_a_pair_of_entries",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.verdict} {self.other_id}"


class Claim(models.Model):
    """A village says that someone whom another village has in its records belongs to it."""

    class Verdict(models.TextChoices):
        HANDED_OVER = "handed_over", _("handed over")
        KEPT = "kept", _("stays where the entry is")
        WITHDRAWN = "withdrawn", _("no longer asked")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    claimed_for = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="claims_made")
    held_by = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="claims_received")
    household = models.CharField(max_length=20)
    reason = models.CharField(max_length=200)
    made_on = models.DateField()
    made_by = models.CharField(max_length=16)
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "claimed_for"],
                condition=models.Q(verdict=""),
                name="one_open_claim_a_village",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.claimed_for_id}"
