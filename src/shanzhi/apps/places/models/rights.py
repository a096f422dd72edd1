"""What somebody asks to have put right in what is held on him (Personal Information Protection Law, article 46)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models.people import Person
from shanzhi.apps.record.sealing import new_key


class CorrectionRequest(models.Model):
    """A request to correct or delete, with its clock, and what was decided on it."""

    class About(models.TextChoices):
        NAME = "name", _("name, sex or date of birth")
        NUMBER = "number", _("ID number or phone")
        RESIDENCE = "residence", _("residence, movement or household")
        KIN = "kin", _("relatives")
        STANDING = "standing", _("Party standing, education or political rights")
        DELETE = "delete", _("deletion")

    class AskedBy(models.TextChoices):
        SELF = "self", _("the person")
        GUARDIAN = "guardian", _("a parent or guardian")
        RELATIVE = "relative", _("a near relative of someone who died")
        PROXY = "proxy", _("somebody with a written mandate")

    class Verdict(models.TextChoices):
        DONE = "done", _("corrected")
        PARTLY = "partly", _("corrected in part")
        REFUSED = "refused", _("refused")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="correction_requests")
    about = models.CharField(max_length=10, choices=About.choices)
    says = models.CharField(_("what is wrong, and how it should read"), max_length=400)
    asked_by = models.CharField(_("who asks"), max_length=10, choices=AskedBy.choices)
    asked_on = models.DateField(_("received on"))
    decide_by = models.DateField()
    recorded_by = models.CharField(max_length=16)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="correction_verdict_has_its_day",
                condition=models.Q(verdict="", decided_on=None)
                | (~models.Q(verdict="") & models.Q(decided_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.asked_on}"
