"""What somebody asks about the records on him, and the answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import CorrectionRequest
from shanzhi.web.fields import DayInput


class CorrectionRequestForm(forms.Form):
    """Somebody asks to have something put right."""

    about = forms.ChoiceField(label=_("What it is about"), choices=CorrectionRequest.About.choices)
    says = forms.CharField(
        label=_("What is wrong, and how it should read"), max_length=400, widget=forms.Textarea({"rows": 3}),
        help_text=_("No ID numbers here: they go into the entry itself."),
    )  # fmt: skip
    asked_by = forms.ChoiceField(label=_("Who asks"), choices=CorrectionRequest.AskedBy.choices)
    asked_on = forms.DateField(label=_("Received on"), widget=DayInput())


class CorrectionDecisionForm(forms.Form):
    """The decision on a request."""

    verdict = forms.ChoiceField(
        label=_("Decision"), choices=CorrectionRequest.Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("What was done, or why not"), max_length=400, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what was done, or why not: the person is told.")},
    )  # fmt: skip


class HeldForm(forms.Form):
    """Before what is held on somebody is printed."""

    asked_by = forms.ChoiceField(
        label=_("Who asks"), choices=CorrectionRequest.AskedBy.choices, widget=forms.RadioSelect,
        help_text=_("Compare the ID card, or see the written mandate, before you hand it over."),
    )  # fmt: skip
    in_full = forms.BooleanField(
        label=_("With ID number and phone in full"),
        required=False,
        help_text=_("Recorded as a look at the numbers."),
    )
