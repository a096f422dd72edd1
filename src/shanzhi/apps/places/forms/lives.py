"""Coming, going, moving within the county, coming back, and another residence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Movement, Person
from shanzhi.web.fields import DayInput


class ArrivalForm(forms.Form):
    """Somebody moved in from outside the county."""

    day = forms.DateField(label=_("On which day"), widget=DayInput())
    elsewhere = forms.CharField(
        label=_("Where from"), max_length=60, required=False, help_text=_("County and province are enough.")
    )


class LeftForm(forms.Form):
    """Someone left the village's records."""

    left = forms.ChoiceField(
        label=_("What happened"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in (Person.Left.MOVED, Person.Left.DIED, Person.Left.WRONG)],
    )  # fmt: skip
    left_on = forms.DateField(label=_("On which day"), widget=DayInput())
    elsewhere = forms.CharField(
        label=_("Where to"), max_length=60, required=False,
        help_text=_("For someone who moved out of the county: county and province are enough."),
    )  # fmt: skip
    known_by = forms.ChoiceField(
        label=_("How it is known"), required=False, choices=[("", _("not stated")), *Movement.KnownBy.choices]
    )


class TransferForm(forms.Form):
    """Somebody moved to another village of the county."""

    to = forms.ChoiceField(label=_("To which village or community"))
    household = forms.CharField(
        label=_("Household number there"), max_length=20,
        help_text=_("A household that is not there yet is made."),
    )  # fmt: skip
    residence = forms.ChoiceField(label=_("Residence there"), choices=Person.Residence.choices)
    day = forms.DateField(label=_("On which day"), widget=DayInput())

    def __init__(self, *args: Any, places: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("choose")), *places]


class ReturnForm(forms.Form):
    """Somebody who had moved away has come back."""

    day = forms.DateField(label=_("On which day"), widget=DayInput())
    residence = forms.ChoiceField(label=_("Residence"), choices=Person.Residence.choices)


class ResidenceForm(forms.Form):
    """From a day on the residence is another one."""

    residence = forms.ChoiceField(
        label=_("Residence from then on"), choices=Person.Residence.choices, widget=forms.RadioSelect
    )
    day = forms.DateField(label=_("From which day on"), widget=DayInput())
    here_since = forms.DateField(
        label=_("Living or working here since"), required=False, widget=DayInput(),
        help_text=_("Only for those who are registered elsewhere."),
    )  # fmt: skip
