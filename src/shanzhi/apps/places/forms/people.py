"""People: entering, correcting, leaving, kin and households."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.bridge import roster, table
from shanzhi.apps.places.models import Kinship, Person
from shanzhi.web import wording
from shanzhi.web.fields import DayInput


class PersonForm(forms.Form):
    """A person of a village. The ID number is typed to enter or replace it; it is never shown in full."""

    household = forms.CharField(label=_("Household number"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=40)
    id_number = forms.CharField(
        label=_("ID number"), max_length=24, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("18 characters. Sex and date of birth follow from it."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    residence = forms.ChoiceField(label=_("Residence"), choices=Person.Residence.choices)
    here_since = forms.DateField(
        label=_("Living or working here since"), required=False, widget=DayInput(),
        help_text=_("Only for those who are registered elsewhere."),
    )  # fmt: skip
    party = forms.ChoiceField(label=_("Party standing"), choices=Person.Party.choices)
    rights_removed = forms.BooleanField(label=_("Political rights removed by a court"), required=False)
    is_head = forms.BooleanField(label=_("Head of household"), required=False)

    def clean_name(self) -> str:
        """As the roster's reader takes a name: no mark that nobody sees turns it round on a notice."""
        name = "".join(table.plain(self.cleaned_data["name"]).split())
        if not name or not name.isprintable() or name.startswith(roster.FORMULA):
            raise forms.ValidationError(_("Type it as plain text."))
        return name


class CorrectionForm(PersonForm):
    """The same for someone who is there: numbers are typed only to replace them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("id_number", "phone"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Leave empty to keep what is there.")


class LeftForm(forms.Form):
    """Someone left the village's records."""

    left = forms.ChoiceField(label=_("What happened"), choices=Person.Left.choices, widget=forms.RadioSelect)
    left_on = forms.DateField(label=_("On which day"), widget=DayInput())


class KinForm(forms.Form):
    """A relation between two people of the village."""

    relation = forms.ChoiceField(label=_("Relation"), choices=Kinship.Relation.choices)
    other = forms.ChoiceField(label=_("Of whom"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {each.key: each for each in people}
        self.fields["other"].choices = [
            (
                each.key,
                each.name + wording.aside(each.household.number, each.born.year),
            )
            for each in people
        ]


class HouseholdForm(forms.Form):
    """Where a household belongs and lives."""

    group = forms.CharField(label=_("Villager group"), max_length=30, required=False)
    address = forms.CharField(label=_("Address"), max_length=100, required=False)
