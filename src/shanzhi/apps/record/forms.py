"""What the audit trail is asked: an act, someone, a place, what it was about, days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record import selectors

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# A day at either end of the calendar has no midnight in every zone.
YEARS = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2199, 12, 31))]


class AuditFilterForm(forms.Form):
    """Filters that stand in the address, so that a view of the trail can be passed on."""

    act = forms.ChoiceField(label=_("What"), required=False)
    by = forms.CharField(label=_("Who"), max_length=40, required=False)
    place = forms.CharField(
        label=_("Place"), max_length=40, required=False
    )  # a name or code, and all beneath it
    subject = forms.CharField(
        label=_("On what"), max_length=80, required=False
    )  # pressing one in the list fills it in
    since = forms.DateField(label=_("From"), required=False, widget=DAY, validators=YEARS)
    until = forms.DateField(label=_("Until"), required=False, widget=DAY, validators=YEARS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", _("everything")), *selectors.acts()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The last day is before the first."))
        return data

    def asked(self) -> dict[str, Any]:
        """The filters that are usable; a wrong one is marked on the page and left out."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
