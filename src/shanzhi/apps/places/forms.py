"""What clerks type about people and their county."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Kinship, Person


class DayInput(forms.DateInput):
    """The browser's own calendar where it has one."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class RosterForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label=_("Roster file"), help_text=_(".xlsx or .csv, at most 5 MB. Nothing is written before you confirm."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )  # fmt: skip


class PersonForm(forms.Form):
    """A person of a village. The ID number is typed to enter or replace it; it is never shown in full."""

    household = forms.CharField(label=_("Household number"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=40)
    id_number = forms.CharField(
        label=_("ID number"), max_length=18, widget=forms.TextInput({"autocomplete": "off"})
    )
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    residence = forms.ChoiceField(label=_("Residence"), choices=Person.Residence.choices)
    here_since = forms.DateField(
        label=_("Living or working here since"), required=False, widget=DayInput(),
        help_text=_("Only for those who are registered elsewhere."),
    )  # fmt: skip
    party = forms.ChoiceField(label=_("Party standing"), choices=Person.Party.choices)
    rights_removed = forms.BooleanField(label=_("Political rights removed by a court"), required=False)
    is_head = forms.BooleanField(label=_("Head of household"), required=False)


class CorrectionForm(PersonForm):
    """The same for someone who is there: numbers are typed only to replace them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["household"]
        for name in ("id_number", "phone"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Leave empty to keep what is there.")


class LeftForm(forms.Form):
    """Someone left the village's records."""

    left = forms.ChoiceField(label=_("What happened"), choices=Person.Left.choices)
    left_on = forms.DateField(label=_("On which day"), widget=DayInput())


class KinForm(forms.Form):
    """A relation between two people of the village."""

    relation = forms.ChoiceField(label=_("Relation"), choices=Kinship.Relation.choices)
    other = forms.ChoiceField(label=_("Of whom"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {each.key: each for each in people}
        self.fields["other"].choices = [
            (each.key, f"{each.name}（{each.household.number}，{each.born.year}）") for each in people
        ]


class HolidayForm(forms.Form):
    """A year's table of rest days."""

    file = forms.FileField(
        label=_("Table of rest days (.json)"), widget=forms.ClearableFileInput({"accept": ".json"})
    )


SETTING_CHOICES = [
    ("woman", _("How a woman's seat is secured (VER-09): guide, off")),
    ("turnout_in_round_2", _("A second round also needs more than half of the voters: true, false")),
    ("add_down", _("Votes for a higher post also count for lower ones (VER-12): true, false")),
    ("slate_extra", _("Candidates beyond the seats in a second round (VCOL-18-9): a number from 1")),
    ("slate_ties", _("Those tied for the last place in a second round: all, none")),
]


class SettingForm(forms.Form):
    """A choice that the law leaves to the county, with the document that made it."""

    key = forms.ChoiceField(label=_("Which choice"), choices=SETTING_CHOICES)
    value = forms.CharField(label=_("Value"), max_length=20)
    issuer = forms.CharField(label=_("Issuing body"), max_length=80)
    document = forms.CharField(label=_("Document number"), max_length=80)
    issued_on = forms.DateField(label=_("Date of the document"), widget=DayInput())
    since = forms.DateField(label=_("In force from"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "key" in data and "value" in data:
            data["value"] = _setting(data["key"], data["value"].strip().lower())
            if data["value"] is None:
                self.add_error("value", _("This choice does not take that value: see the list beside it."))
        return data


def _setting(key: str, text: str) -> Any:
    if key == "slate_extra":
        return int(text) if text.isdigit() and int(text) >= 1 else None
    allowed: dict[str, dict[str, Any]] = {
        "woman": {"guide": "guide", "off": "off"},
        "slate_ties": {"all": "all", "none": "none"},
    }
    return allowed.get(key, {"true": True, "false": False}).get(text)
