"""Candidates with the facts their checks need, and proxies' mandates."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.sealing import new_key


class Candidate(models.Model):
    """Someone who stands for a post, or was written in on ballots. The rules find; a person decides."""

    class Post(models.TextChoices):
        CHAIR = "chair", _("chair")
        VICE_CHAIR = "vice_chair", _("vice-chair")
        MEMBER = "member", _("member")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed, not decided")
        STANDING = "standing", _("stands")
        REFUSED = "refused", _("does not stand")
        WITHDRAWN = "withdrawn", _("withdrawn")
        WRITTEN_IN = "written_in", _("written in on ballots")

    class Source(models.TextChoices):
        PARTY = "party", _("village Party organisation")
        VOTERS = "voters", _("registered voters")
        EARLIER = "earlier", _("earlier round")
        BALLOT = "ballot", _("written on ballots")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="candidates")
    person = models.ForeignKey("places.Person", on_delete=models.PROTECT, related_name="candidacies")
    post = models.CharField(_("post"), max_length=10, choices=Post.choices)
    source = models.CharField(_("nominated by"), max_length=8, choices=Source.choices)
    nominated_on = models.DateField(_("nominated on"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    # The four hard bars (VCOL-18-3): True, False, or None for "nobody has found out yet".
    expelled = models.BooleanField(_("expelled from the Party"), null=True, blank=True)
    convicted = models.BooleanField(_("criminally punished for an offence"), null=True, blank=True)
    clan_or_gang = models.BooleanField(_("used clan or gang for unlawful acts"), null=True, blank=True)
    cult = models.BooleanField(_("unlawful religious or cult activity"), null=True, blank=True)
    posted_staff = models.BooleanField(
        _("staff of a state body, army or state firm posted here"), null=True, blank=True
    )
    facts_source = models.CharField(_("where these facts come from"), max_length=120, blank=True)
    findings = models.JSONField(default=list, blank=True)  # as they stood when a person decided
    decided_by = models.CharField(max_length=16, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    order = models.PositiveSmallIntegerField(default=0)  # on the ballot, by strokes of the name or by lot
    recorded_by = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1)  # two clerks at once: the second is told, not overruled

    class Meta:
        ordering = ["election", "post", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["election", "person", "post"], name="one_candidacy_a_post")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post}"


class Mandate(models.Model):
    """A written proxy: `holder` votes for `principal` (VCOL-18-11 to 15)."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="mandates")
    principal = models.ForeignKey(
        "elections.RollLine", on_delete=models.PROTECT, related_name="mandates_given"
    )
    holder = models.ForeignKey("elections.RollLine", on_delete=models.PROTECT, related_name="mandates_held")
    reason = models.CharField(_("why the voter cannot come"), max_length=200)
    written_on = models.DateField(_("date of the written mandate"))
    near_kin = models.BooleanField(_("near relatives"), null=True, blank=True)
    recorded_by = models.CharField(max_length=16)
    # The last list on the board that held it (VCOL-18-15).
    posted_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "principal"],
                condition=models.Q(ended_on=None),
                name="one_mandate_a_principal",
            ),
            models.CheckConstraint(
                name="nobody_is_his_own_proxy", condition=~models.Q(principal=models.F("holder"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id} by {self.holder_id}"
