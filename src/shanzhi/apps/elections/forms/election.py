"""One election: its day and seats, what bodies decided, its announcement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.elections.forms.parts import VersionedForm
from shanzhi.apps.elections.models import Attestation, Candidate
from shanzhi.web.fields import DayInput


class PlanForm(VersionedForm):
    """Election day and seats, as the village decided."""

    election_day = forms.DateField(label=_("Election day"), widget=DayInput())
    chair = forms.IntegerField(label=_("Seats: chair"), min_value=1, max_value=1, initial=1)
    vice_chair = forms.IntegerField(label=_("Seats: vice-chair"), min_value=0, max_value=2, initial=1)
    member = forms.IntegerField(label=_("Seats: members"), min_value=0, max_value=6, initial=3)

    @property
    def seats(self) -> dict[str, int]:
        return {post: self.cleaned_data[post] for post in Candidate.Post.values}


class DayForm(VersionedForm):
    """A new election day."""

    election_day = forms.DateField(label=_("Election day"), widget=DayInput())


class AttestForm(forms.Form):
    """A fact that a body decided: recorded, not checked."""

    kind = forms.ChoiceField(label=_("What was decided"), choices=Attestation.Kind.choices)
    decided_on = forms.DateField(label=_("Date of the decision"), widget=DayInput())
    body = forms.CharField(
        label=_("Who decided"), max_length=80, help_text=_("For example: village representatives' meeting")
    )
    document = forms.CharField(label=_("Number of the minutes"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Details"), max_length=400, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = Attestation.Kind.HANDOVER  # the only one that comes after the announcement
        offered = [each for each in Attestation.Kind if (each == after) == (stage == "announced")]
        self.fields["kind"].choices = [(each.value, each.label) for each in offered]

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class DecisionForm(forms.Form):
    """A person's decision where a rule stops."""

    about = forms.CharField(widget=forms.HiddenInput)
    rule = forms.CharField(widget=forms.HiddenInput)
    body = forms.CharField(label=_("Who decided"), max_length=80)
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 3}))


class AnnounceForm(VersionedForm):
    """The day of the announcement."""

    announced_on = forms.DateField(label=_("Announced on"), widget=DayInput())
