"""What clerks type about people and their county."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Kinship, Person
from shanzhi.web.fields import DayInput

ROSTER_BYTES = 5 * 1024 * 1024


class RosterForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label=_("Roster file"), help_text=_(".xlsx, .xls or .csv, at most 5 MB. Nothing is written before you confirm."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls,.csv"}),
        error_messages={
            "required": _("Choose the roster file first."),
            "empty": _("The file is empty. Choose the file that you filled in."),
        },
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > ROSTER_BYTES:
            raise forms.ValidationError(
                _(
                    "The file is larger than 5 MB. A village's roster is smaller: remove pictures and other sheets."
                )
            )
        return file


class PersonForm(forms.Form):
    """A person of a village. The ID number is typed to enter or replace it; it is never shown in full."""

    household = forms.CharField(label=_("Household number"), max_length=20)
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
            (each.key, f"{each.name}（{each.household.number}，{each.born.year}）") for each in people
        ]


class HouseholdForm(forms.Form):
    """Where a household belongs and lives."""

    group = forms.CharField(label=_("Villager group"), max_length=30, required=False)
    address = forms.CharField(label=_("Address"), max_length=100, required=False)


# Looking at numbers in full: always with a reason

# Chosen and not typed: the trail is kept for good, and no free word about a person may get into it.
REASONS: list[tuple[str, str | Promise]] = [
    ("check", _("to compare it with the ID card or household register")),
    ("call", _("to telephone the person")),
    ("asked", _("the person asked for it")),
    ("form", _("to fill in a form that a higher office requires")),
    ("correct", _("to correct the roster in Excel")),
    ("authority", _("a court, the police or another authority asked in writing")),
]


class ReasonForm(forms.Form):
    """Why somebody needs to see numbers in full."""

    reason = forms.ChoiceField(
        label=_("Why"), choices=REASONS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason: it is recorded together with the look.")},
    )  # fmt: skip


class ExportForm(ReasonForm):
    """A roster as a file: masked, or in full with a reason."""

    numbers = forms.ChoiceField(
        label=_("ID and phone numbers"), widget=forms.RadioSelect, initial="masked",
        choices=[
            ("masked", _("masked: enough to look through")),
            ("full", _("in full: to work on in Excel and import again")),
        ],
    )  # fmt: skip
    field_order = ["numbers", "reason"]

    def __init__(self, *args: Any, may_see: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].label = _("Why the numbers are needed in full")
        self.fields["reason"].help_text = _("Only when they are wanted in full.")
        if not may_see:
            del self.fields["reason"]
            self.fields["numbers"].choices = [self.fields["numbers"].choices[0]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("numbers") == "full" and not data.get("reason"):
            self.add_error("reason", _("Choose why the numbers are needed in full."))
        return data


# The county's own settings


class HolidayForm(forms.Form):
    """A year's table of rest days."""

    file = forms.FileField(
        label=_("Table of rest days (.json)"), widget=forms.ClearableFileInput({"accept": ".json"}),
        help_text=_("The form that the open project holiday-cn publishes for every year."),
        error_messages={"required": _("Choose the file first.")},
    )  # fmt: skip


SETTINGS: dict[str, tuple[str | Promise, dict[str, tuple[Any, str | Promise]]]] = {
    "woman": (
        _("How a woman's seat is secured (VER-09)"),
        {"guide": ("guide", _("as the national guide says")), "off": ("off", _("not by the count"))},
    ),
    "turnout_in_round_2": (
        _("A second round also needs more than half of the voters"),
        {"true": (True, _("yes")), "false": (False, _("no"))},
    ),
    "add_down": (
        _("Votes for a higher post also count for lower ones (VER-12)"),
        {"true": (True, _("yes")), "false": (False, _("no"))},
    ),
    "slate_extra": (
        _("Candidates beyond the seats in a second round (VCOL-18-9)"),
        {str(number): (number, str(number)) for number in (1, 2, 3)},
    ),
    "slate_ties": (
        _("Those tied for the last place in a second round"),
        {"all": ("all", _("all stand")), "none": ("none", _("none stands"))},
    ),
}


def setting_words(key: str, value: Any) -> tuple[str | Promise, str | Promise]:
    """A local choice and its value in words."""
    name, values = SETTINGS.get(key, (key, {}))
    words = [said for held, said in values.values() if held == value and type(held) is type(value)]
    return name, words[0] if words else str(value)


class SettingForm(forms.Form):
    """A choice that the law leaves to the county, with the document that made it."""

    choice = forms.ChoiceField(label=_("Which choice"))
    issuer = forms.CharField(label=_("Issuing body"), max_length=80)
    document = forms.CharField(label=_("Document number"), max_length=80)
    issued_on = forms.DateField(label=_("Date of the document"), widget=DayInput())
    since = forms.DateField(label=_("In force from"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [
            (name, [(f"{key}={typed}", f"{name}：{said}") for typed, (_value, said) in values.items()])
            for key, (name, values) in SETTINGS.items()
        ]

    def clean_choice(self) -> tuple[str, Any]:
        key, _sign, typed = self.cleaned_data["choice"].partition("=")
        return key, SETTINGS[key][1][typed][0]
