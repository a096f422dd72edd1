"""What narrows a list of people. It stands in the address; what is searched for does not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.models import Person
from shanzhi.apps.places.selectors.searching import AGES, Filters

Choices = list[tuple[str, str | Promise]]
ANY: Choices = [("", _("any"))]
UNKNOWN: Choices = [("-", _("unknown"))]
AGE_WORDS: dict[str, str | Promise] = {
    "0-17": _("under 18"), "18-35": _("18 to 35"), "36-45": _("36 to 45"), "46-60": _("46 to 60"), "61-": _("over 60"),
}  # fmt: skip


class FilterForm(forms.Form):
    """The filters of a list. Places and villager groups are those that the reader may see."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    group = forms.ChoiceField(label=_("Villager group"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[*ANY, ("m", _("man")), ("f", _("woman"))]
    )
    age = forms.ChoiceField(
        label=_("Age"), required=False, choices=ANY + [(each, AGE_WORDS[each]) for each in AGES]
    )
    party = forms.ChoiceField(
        label=_("Party standing"), required=False, choices=ANY + list(Person.Party.choices)
    )
    education = forms.ChoiceField(
        label=_("Education"), required=False, choices=ANY + list(Person.Education.choices) + UNKNOWN
    )
    residence = forms.ChoiceField(
        label=_("Residence"), required=False, choices=ANY + list(Person.Residence.choices)
    )
    left = forms.ChoiceField(
        label=_("Still in the records"), required=False,
        choices=[("", _("yes")), *Person.Left.choices, ("all", _("everybody, also those who left"))],
    )  # fmt: skip

    def __init__(self, *args: Any, places: Choices, groups: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if places:
            self.fields["place"].choices = ANY + places
        else:
            del self.fields["place"]
        if groups:
            self.fields["group"].choices = [*ANY, *((each or "-", each or _("none")) for each in groups)]
        else:
            del self.fields["group"]

    def filters(self) -> Filters:
        """What was chosen; what cannot be chosen is left out."""
        self.is_valid()
        return Filters(**{name: self.cleaned_data.get(name, "") for name in Filters.names()})

    def chips(self) -> list[tuple[str, str, str]]:
        """The filters that are set: name, label, value in words."""
        chosen = self.filters()
        return [
            (name, str(field.label), str(dict(field.choices).get(value, value)))
            for name, field in self.fields.items()
            if (value := getattr(chosen, name))
        ]
