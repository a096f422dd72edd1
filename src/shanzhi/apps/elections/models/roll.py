"""The voter roll: lines with reasons, objections on their clock, corrections, and the public look-up's limits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.guards import Guard
from shanzhi.apps.record.kept import AppendOnly
from shanzhi.apps.record.sealing import new_key


class Roll(models.Model):
    """The roll of one election; second rounds and tie votes use their first election's roll (VER-10)."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="own_roll")
    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    posted_on = models.DateField(null=True, blank=True)  # civil date on the board: the clocks count from it
    nonce_sealed = models.BinaryField(
        null=True, editable=False
    )  # makes the digest of the named roll unguessable
    # Root over the salted commitments of the posted lines.
    lines_root = models.CharField(max_length=64, blank=True)
    # Of the named list on the board, under the nonce.
    paper_digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"roll {self.key}"


class RollLine(models.Model):
    """One person on (or left off) the roll, with the rule's reason; a snapshot of what was posted."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="lines")
    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    person = models.ForeignKey("places.Person", on_delete=models.PROTECT, related_name="roll_lines")
    number = models.PositiveIntegerField(
        null=True, blank=True
    )  # position on the posted roll; None when not listed
    listed = models.BooleanField(null=True)  # None: a fact is unknown and a person has to find out
    voter_class = models.PositiveSmallIntegerField(null=True, blank=True)  # 1, 2, 3 as VCOL-16-2..4
    findings = models.JSONField(default=list)
    name = models.CharField(max_length=40)
    sex = models.CharField(max_length=1)
    born = models.DateField()
    group = models.CharField(max_length=30, blank=True)
    code_sealed = models.BinaryField(null=True, editable=False)  # the 8 characters on the paper slip
    code_look_up = models.CharField(max_length=80, blank=True, db_index=True)
    name_look_up = models.CharField(max_length=80, blank=True, db_index=True)  # name and last four, keyed
    salt_sealed = models.BinaryField(null=True, editable=False)  # goes only onto the villager's own slip
    struck_off = models.BooleanField(default=False)  # taken off a posted roll by a correction

    class Meta:
        ordering = ["roll", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["roll", "person"], name="one_line_a_person"),
            models.UniqueConstraint(fields=["roll", "number"], name="one_line_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '-'} {self.name}"


class Declaration(models.Model):
    """What a person (or the record) says for this election, which the classes of voters depend on (VCOL-16)."""

    class Kind(models.TextChoices):
        TAKES_PART = "takes_part", _("away, says he or she will take part")
        APPLIED = "applied", _("from elsewhere, has applied")
        CONSENTED = "consented", _("from elsewhere, assembly or representatives agreed")
        WORKS_HERE = "works_here", _("does village work here")
        REGISTERED_ELSEWHERE = "registered_elsewhere", _("on the roll of another village")

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="declarations")
    person = models.ForeignKey("places.Person", on_delete=models.PROTECT, related_name="declarations")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    made_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "person", "kind"], name="one_declaration_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Objection(models.Model):
    """An objection to the posted roll: filed, decided within three days of receipt, answered in public (VCOL-17)."""

    class About(models.TextChoices):
        MISSING = "missing", _("should be on the roll")
        WRONG = "wrong", _("should not be on the roll")
        DETAIL = "detail", _("a detail is wrong")

    class Verdict(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        REJECTED = "rejected", _("rejected")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="objections")
    person = models.ForeignKey("places.Person", on_delete=models.PROTECT, related_name="objections")
    about = models.CharField(max_length=8, choices=About.choices)
    says = models.CharField(_("what is objected"), max_length=400)
    objector = models.CharField(_("who objects"), max_length=40)
    filed_on = models.DateField(_("received on"))
    decide_by = models.DateField()
    late = models.BooleanField(default=False)  # filed after the fifth day: taken up and marked (CAL-03)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=16)
    decided_by = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["filed_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="verdict_has_its_day",
                condition=models.Q(verdict="", decided_on=None)
                | (~models.Q(verdict="") & models.Q(decided_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.filed_on}"


class Correction(AppendOnly):
    """A change to a posted roll: only by an upheld objection or a recorded reason, and always published."""

    class Change(models.TextChoices):
        ADD = "add", _("added to the roll")
        STRIKE = "strike", _("taken off the roll")
        AMEND = "amend", _("detail corrected")

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="corrections")
    line = models.ForeignKey(RollLine, on_delete=models.PROTECT, related_name="corrections")
    change = models.CharField(max_length=8, choices=Change.choices)
    reason = models.CharField(max_length=400)
    objection = models.OneToOneField(Objection, null=True, blank=True, on_delete=models.PROTECT)
    made_on = models.DateField()
    recorded_by = models.CharField(max_length=16)

    guard: ClassVar = Guard()

    class Meta(AppendOnly.Meta):
        ordering = ["made_on", "id"]

    def __str__(self) -> str:
        return f"{self.change} {self.line_id}"


class CheckAttempt(models.Model):
    """How often a target was asked about in the public look-up: a keyed bucket and a count. Holds no asker."""

    bucket = models.CharField(max_length=100)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket", "day"], name="one_count_a_bucket_and_day")]

    def __str__(self) -> str:
        return f"{self.bucket} {self.day}"
