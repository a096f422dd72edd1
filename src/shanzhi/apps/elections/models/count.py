"""The ballots account and the count sheets, entered twice by two people; the outcome as core.law gave it.

Only totals per candidate and batch are kept: no ballot, no pattern, no time of a single paper.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.errors import Unchangeable
from shanzhi.apps.record.guards import Guard
from shanzhi.apps.record.kept import AppendOnly, Kept, KeptQuerySet
from shanzhi.apps.record.sealing import new_key


class SheetQuerySet(KeptQuerySet):
    """Sheets may be put aside together, with the reason; nothing else of them changes."""

    def update(self, **changes: Any) -> int:
        if changes.keys() - set(Sheet.guard.may_change):
            raise Unchangeable("Sheet: what was typed is never changed")
        return super().update(**changes)


class Sheet(Kept):
    """One entry of one sheet. Entries are never edited: a settled sheet is a third one, with its reason."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("ballots account")
        BATCH = "batch", _("count sheet")

    class Entry(models.IntegerChoices):
        FIRST = 1, _("first entry")
        SECOND = 2, _("second entry")
        SETTLED = 3, _("settled")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    batch = models.PositiveSmallIntegerField(default=0)  # 0 for the account, 1.. for count sheets
    entry = models.PositiveSmallIntegerField(choices=Entry.choices)
    token = models.CharField(max_length=40)  # sent with the form: a double click is one sheet
    issued = models.PositiveIntegerField(null=True, blank=True)  # account: ballots handed out
    collected = models.PositiveIntegerField()  # account: taken from the boxes; batch: papers in this batch
    void = models.PositiveIntegerField(null=True, blank=True)  # batch: whole papers that are void (VER-08)
    reason = models.CharField(max_length=400, blank=True)  # settled: how; first entry put aside: why
    entered_by = models.CharField(max_length=16)
    entered_at = models.DateTimeField(auto_now_add=True)
    replaced = models.BooleanField(default=False)  # the batch was counted again: both entries start anew

    objects = SheetQuerySet.as_manager()
    guard: ClassVar = Guard(may_change=("reason", "replaced"), when="NOT OLD.replaced")

    class Meta:
        ordering = ["kind", "batch", "entry"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "kind", "batch", "entry"],
                condition=models.Q(replaced=False),
                name="one_sheet_an_entry",
            ),
            # Two people: the same one cannot enter a sheet twice.
            models.UniqueConstraint(
                fields=["election", "kind", "batch", "entered_by"],
                condition=models.Q(entry__in=[1, 2], replaced=False),
                name="two_people_a_sheet",
            ),
            models.UniqueConstraint(fields=["election", "token"], name="one_sheet_a_token"),
            models.CheckConstraint(
                name="sheet_has_its_numbers",
                condition=models.Q(kind="account", batch=0, issued__isnull=False, void=None)
                | models.Q(
                    kind="batch",
                    batch__gte=1,
                    issued=None,
                    void__isnull=False,
                    void__lte=models.F("collected"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.batch} entry {self.entry}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable("Sheet: what was typed is never changed")
        super().save(*args, **kwargs | {"force_insert": True})


class SheetLine(AppendOnly):
    """Votes of one candidate in one batch, as one person typed them."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="lines")
    candidate = models.ForeignKey("elections.Candidate", on_delete=models.PROTECT, related_name="sheet_lines")
    votes = models.PositiveIntegerField()

    guard: ClassVar = Guard()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["sheet", "candidate"], name="one_line_a_candidate")]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.votes}"


class OutcomeQuerySet(KeptQuerySet):
    """Outcomes may be reckoned anew until they are announced."""

    def update(self, **changes: Any) -> int:
        if self.exclude(announced_on=None).exists():
            raise Unchangeable("Outcome: what was announced is never changed")
        return super().update(**changes)


class Outcome(Kept):
    """What core.law answered for the settled numbers: the case as asked, the answer as given. Final once announced."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="outcome")
    case = models.JSONField()
    answer = models.JSONField()
    reckoned_by = models.CharField(max_length=16)
    reckoned_at = models.DateTimeField(auto_now_add=True)
    announced_on = models.DateField(null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()
    guard: ClassVar = Guard(
        may_change=("case", "answer", "reckoned_by", "reckoned_at", "announced_on"),
        when="OLD.announced_on IS NULL",
    )

    def __str__(self) -> str:
        return f"outcome of {self.election_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if Outcome.objects.filter(pk=self.pk).exclude(announced_on=None).exists():
            raise Unchangeable("Outcome: what was announced is never changed")
        super().save(*args, **kwargs)
