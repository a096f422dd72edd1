"""People: entering, correcting, leaving, kin and households."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Kinship, Person
from shanzhi.core.law.kinship import is_near
from shanzhi.core.tables import cells
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
    residence_since = forms.DateField(
        label=_("Residence as above since"),
        required=False,
        widget=DayInput(),
        help_text=_("Leave empty when nobody knows."),
    )
    here_since = forms.DateField(
        label=_("Living or working here since"), required=False, widget=DayInput(),
        help_text=_("Only for those who are registered elsewhere."),
    )  # fmt: skip
    education = forms.ChoiceField(
        label=_("Education"), required=False, choices=[("", _("unknown")), *Person.Education.choices]
    )
    party = forms.ChoiceField(label=_("Party standing"), choices=Person.Party.choices)
    rights_removed = forms.BooleanField(label=_("Political rights removed by a court"), required=False)
    is_head = forms.BooleanField(label=_("Head of household"), required=False)

    def clean_name(self) -> str:
        """As the roster's reader takes a name: no mark that nobody sees turns it round on a notice."""
        name = "".join(cells.plain(self.cleaned_data["name"]).split())
        if not name or not name.isprintable() or name.startswith(cells.FORMULA):
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


class KinForm(forms.Form):
    """A relation between two people of the village."""

    relation = forms.ChoiceField(
        label=_("Relation"),
        choices=[
            (
                _("near relatives in law (KIN-01)"),
                [each for each in Kinship.Relation.choices if is_near(each[0])],
            ),
            (_("wider kin"), [each for each in Kinship.Relation.choices if not is_near(each[0])]),
        ],
    )
    other = forms.ChoiceField(label=_("Of whom"), widget=forms.RadioSelect)
    q = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # what was searched for: sent along, in no address

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
