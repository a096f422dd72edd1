"""The roll: what people declare, objections and corrections."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.elections.forms.parts import PersonForm
from shanzhi.apps.elections.models import Correction, Declaration, Objection
from shanzhi.web.fields import DayInput


class DeclarationForm(PersonForm):
    """What a person says for this election."""

    kind = forms.ChoiceField(label=_("What is declared"), choices=Declaration.Kind.choices)
    made_on = forms.DateField(label=_("Date"), widget=DayInput())
    note = forms.CharField(label=_("How, or in which document"), max_length=200, required=False)


class ObjectionForm(PersonForm):
    """An objection to the posted roll."""

    about = forms.ChoiceField(label=_("What is objected to"), choices=Objection.About.choices)
    says = forms.CharField(
        label=_("In the objector's words"), max_length=400, widget=forms.Textarea({"rows": 3})
    )
    objector = forms.CharField(label=_("Who objects"), max_length=40)
    filed_on = forms.DateField(label=_("Received on"), widget=DayInput())


class VerdictForm(forms.Form):
    """The decision on an objection."""

    verdict = forms.ChoiceField(
        label=_("Decision"), choices=Objection.Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 3}))
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput())


class CorrectionForm(PersonForm):
    """A change to the posted roll without an objection."""

    change = forms.ChoiceField(label=_("Change"), choices=Correction.Change.choices)
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 3}))
    made_on = forms.DateField(label=_("Date"), widget=DayInput())
