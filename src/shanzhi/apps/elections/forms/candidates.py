"""Candidates: nomination, the facts of the statutory bars, the decision, stepping back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.elections.forms.parts import PersonForm, VersionedForm
from shanzhi.apps.elections.models import Candidate
from shanzhi.web.fields import DayInput


class NominationForm(PersonForm):
    """A nomination."""

    post = forms.ChoiceField(label=_("Post"))
    source = forms.ChoiceField(
        label=_("Nominated by"),
        choices=[(s.value, s.label) for s in (Candidate.Source.PARTY, Candidate.Source.VOTERS)],
    )
    nominated_on = forms.DateField(label=_("Nominated on"), widget=DayInput())

    def __init__(self, *args: Any, seats: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(p.value, p.label) for p in Candidate.Post if seats.get(p.value)]


class WriteInForm(PersonForm):
    """Someone whose name voters wrote on their ballots."""

    post = forms.ChoiceField(label=_("Post"))

    def __init__(self, *args: Any, seats: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(p.value, p.label) for p in Candidate.Post if seats.get(p.value)]


_THREE = [("", _("not known yet")), ("no", _("no")), ("yes", _("yes"))]
_THREE_VALUES = {"": None, "no": False, "yes": True}


class FactsForm(VersionedForm):
    """What was found out about the statutory bars."""

    expelled = forms.ChoiceField(label=_("Expelled from the Party"), choices=_THREE, required=False)
    convicted = forms.ChoiceField(
        label=_("Criminally punished for an offence"), choices=_THREE, required=False
    )
    clan_or_gang = forms.ChoiceField(
        label=_("Used clan or criminal gang for unlawful acts"), choices=_THREE, required=False
    )
    cult = forms.ChoiceField(
        label=_("Organised or joined unlawful religious or cult activity"), choices=_THREE, required=False
    )
    posted_staff = forms.ChoiceField(
        label=_("On the staff of a state body, the army or a state firm posted in the village"),
        choices=_THREE, required=False,
    )  # fmt: skip
    facts_source = forms.CharField(
        label=_("Where these facts come from"), max_length=120, required=False,
        help_text=_("For example: county joint review, date and number"),
    )  # fmt: skip

    @property
    def facts(self) -> dict[str, bool | None]:
        return {
            name: _THREE_VALUES[self.cleaned_data[name]]
            for name in self.fields
            if name not in {"facts_source", "version"}
        }

    @staticmethod
    def of(candidate: Candidate) -> dict[str, str]:
        """The facts of a candidate as this form shows them."""
        words = {None: "", False: "no", True: "yes"}
        bars = ("expelled", "convicted", "clan_or_gang", "cult", "posted_staff")
        return {bar: words[getattr(candidate, bar)] for bar in bars} | {
            "facts_source": candidate.facts_source, "version": candidate.version,
        }  # fmt: skip


class StandForm(VersionedForm):
    """Whether a nominee stands."""

    stands = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("stands")), ("no", _("does not stand"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=400, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when someone does not stand."),
    )  # fmt: skip


class WithdrawForm(VersionedForm):
    """Why a nominee steps back."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 2}))
