"""Two entries side by side, and what villages ask of each other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Claim, Person
from shanzhi.web.fields import DayInput


class ShownReasonForm(forms.Form):
    """Why the two are one person, or two. The reason stays in the house; the audit trail does not hold it."""

    reason = forms.CharField(
        label=_("What shows it"), max_length=200, help_text=_("For example: household register seen, both asked."),
        error_messages={"required": _("Say what shows it: the next clerk reads it.")},
    )  # fmt: skip


class ClaimForm(forms.Form):
    """A village asks another one for a person."""

    id_number = forms.CharField(
        label=_("ID number"), max_length=24, widget=forms.TextInput({"autocomplete": "off"})
    )
    household = forms.CharField(label=_("Household number here"), max_length=20)
    reason = forms.CharField(label=_("Why the person belongs here"), max_length=200)


class ClaimAnswerForm(forms.Form):
    """Hand the person over, or say why not."""

    verdict = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[
            (Claim.Verdict.HANDED_OVER, _("hand the person over: the entry moves to the other village")),
            (Claim.Verdict.KEPT, _("the person stays here")),
        ],
    )  # fmt: skip
    answer = forms.CharField(label=_("Why"), max_length=200, required=False)
    residence = forms.ChoiceField(
        label=_("Residence there"), choices=Person.Residence.choices, help_text=_("Only when handed over.")
    )
    day = forms.DateField(label=_("Moved on"), widget=DayInput(), help_text=_("Only when handed over."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("residence", "day"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") == Claim.Verdict.HANDED_OVER and not (
            data.get("day") and data.get("residence")
        ):
            self.add_error("day", _("Enter the day on which the person moved, and the residence there."))
        return data
