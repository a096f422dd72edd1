"""The county's own settings: rest days and local choices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.web.fields import DayInput


class HolidayForm(forms.Form):
    """A year's table of rest days."""

    file = forms.FileField(
        label=_("Table of rest days (.json)"), widget=forms.ClearableFileInput({"accept": ".json"}),
        help_text=_("The form that the open project holiday-cn publishes for every year."),
        error_messages={"required": _("Choose the file first.")},
    )  # fmt: skip


YEARS: dict[str, tuple[Any, str | Promise]] = {
    str(number): (number, str(number)) for number in (1, 3, 5, 10, 15, 30)
}
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
    "correction_days": (
        _("Days within which a request to correct the records is decided"),
        {str(number): (number, str(number)) for number in (7, 15, 30)},
    ),
    "keep_moved": (_("Years for which the entry of someone who moved away is kept"), YEARS),
    "keep_died": (_("Years for which the entry of someone who died is kept"), YEARS),
    "keep_wrong": (_("Years for which an entry made by mistake is kept"), YEARS),
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
            (name, [(f"{key}={typed}", f"{name}{_(': ')}{said}") for typed, (_value, said) in values.items()])
            for key, (name, values) in SETTINGS.items()
        ]

    def clean_choice(self) -> tuple[str, Any]:
        key, _sign, typed = self.cleaned_data["choice"].partition("=")
        return key, SETTINGS[key][1][typed][0]
