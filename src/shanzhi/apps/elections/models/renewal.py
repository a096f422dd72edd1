"""A county's renewal and the village elections inside it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.elections.models.candidates import Candidate
from shanzhi.apps.record.guards import Guard
from shanzhi.apps.record.kept import AppendOnly
from shanzhi.apps.record.sealing import new_key


class SeatsField(models.JSONField):
    """Seats by post, always in the order of the posts: PostgreSQL keeps keys in an order of its own, the shortest first."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        told = super().from_db_value(value, expression, connection)
        if told is None:  # an election without a parent, asked for together with it
            return None
        return {post: told[post] for post in Candidate.Post.values if post in told}

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs  # the column is an ordinary one


class Renewal(models.Model):
    """A county's election cycle, with the document that ordered it."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    county = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="renewals")
    name = models.CharField(_("name"), max_length=80)
    begins = models.DateField(_("begins"))
    ends = models.DateField(_("ends"))
    issuer = models.CharField(_("issuing body"), max_length=80)
    document = models.CharField(_("document number"), max_length=80)
    issued_on = models.DateField(_("date of the document"))
    # Local choices for the count (contracts: settings), e.g. {"woman": "guide"}; defaults are core.law's.
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-begins"]
        constraints = [
            models.CheckConstraint(
                name="renewal_ends_after_it_begins", condition=models.Q(ends__gte=models.F("begins"))
            ),
            # A form sent twice opens one cycle.
            models.UniqueConstraint(fields=["county", "document"], name="one_renewal_a_document"),
        ]

    def __str__(self) -> str:
        return self.name


class Election(models.Model):
    """One vote of one village. A second round, a tie vote and a re-run are elections of their own, linked by `parent`."""

    class Kind(models.TextChoices):
        FIRST = "first", _("election")
        SECOND = "second", _("second round")
        TIE = "tie", _("vote again among the tied")
        WHOLE = "whole", _("whole election held again")

    # Votes for what is missing: on the roll, and by the nominations, of the election that they follow (VER-10).
    FOLLOWING = (Kind.SECOND, Kind.TIE)

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    renewal = models.ForeignKey(Renewal, on_delete=models.PROTECT, related_name="elections")
    village = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="elections")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reruns")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.FIRST)
    part = models.PositiveSmallIntegerField(default=1)  # two ties for one post are two votes
    stage = models.CharField(max_length=16, default="planned")  # core.law.stages.Stage
    election_day = models.DateField(_("election day"), null=True, blank=True)
    seats = SeatsField(default=dict, blank=True)  # {"chair": 1, "vice_chair": 1, "member": 3}: voted on now
    women_only = models.JSONField(
        default=list, blank=True
    )  # posts of a re-run in which only women stand (VER-09)
    version = models.PositiveIntegerField(default=1)  # two clerks at once: the second is told, not overruled
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["village__code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["renewal", "village"],
                condition=models.Q(parent=None),
                name="one_first_election_a_village",
            ),
            models.UniqueConstraint(
                fields=["parent", "kind", "part"],
                condition=~models.Q(parent=None),
                name="one_rerun_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village}: {self.get_kind_display()}"

    @property
    def roll_holder(self) -> Election:
        """The election whose roll holds here: second rounds and tie votes use the earlier one's (VER-10)."""
        holder = self
        while holder.kind in Election.FOLLOWING and holder.parent is not None:
            holder = holder.parent
        return holder

    @property
    def body(self) -> str:
        """Who presides and issues the notices (VCOL-15-1)."""
        return f"{self.village.full_short_name}村民选举委员会"


class Attestation(AppendOnly):
    """A fact that a body decided and a clerk recorded, not checked: election committee formed, seats, consent."""

    class Kind(models.TextChoices):
        COMMITTEE = "election_committee", _("election committee formed")
        METHOD = "method", _("method, posts and seats decided")
        NOMINATION = "nomination", _("nomination held")
        CONSENT = "outsider_consent", _("consent to voters from elsewhere")
        STAFF = "staff", _("tellers, callers and watchers chosen")
        HANDOVER = "handover", _("work handed over")

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="attestations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    decided_on = models.DateField(_("date of the decision"))
    body = models.CharField(_("who decided"), max_length=80)
    document = models.CharField(_("number of the minutes"), max_length=80, blank=True)
    note = models.CharField(_("what was decided"), max_length=400, blank=True)
    recorded_by = models.CharField(max_length=16)
    recorded_at = models.DateTimeField(auto_now_add=True)

    guard: ClassVar = Guard()

    class Meta(AppendOnly.Meta):
        ordering = ["decided_on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.decided_on}"


class Decision(AppendOnly):
    """What a person decided where the rules stopped: the finding, the choice and the reason stay together."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="decisions")
    about = models.CharField(max_length=60)  # "stage:roll_posted", "outcome", "candidate:<key>"
    rule = models.CharField(max_length=20)
    finding = models.JSONField()
    choice = models.CharField(max_length=20)  # "go_on" or what the place offers
    reason = models.CharField(_("reason"), max_length=400)
    body = models.CharField(_("who decided"), max_length=80)
    decided_by = models.CharField(max_length=16)
    decided_at = models.DateTimeField(auto_now_add=True)

    guard: ClassVar = Guard()

    class Meta(AppendOnly.Meta):
        ordering = ["decided_at", "id"]

    def __str__(self) -> str:
        return f"{self.about} {self.rule}"


class Notice(AppendOnly):
    """A notice of an election that was published: `document` is its number in the public log."""

    class Kind(models.TextChoices):
        ROLL = "roll", _("voter roll")
        CORRECTION = "correction", _("correction of the roll")
        CANDIDATES = "candidates", _("candidates")
        MANDATES = "mandates", _("proxies")
        RESULT = "result", _("result")

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    document = models.PositiveBigIntegerField(unique=True)
    posted_on = models.DateField()

    guard: ClassVar = Guard()

    class Meta(AppendOnly.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} #{self.document}"
