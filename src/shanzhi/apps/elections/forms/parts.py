"""Parts that several pages ask for: a version, a person found, a reason, a day of posting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.web import wording
from shanzhi.web.fields import DayInput

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person


class VersionedForm(forms.Form):
    """Carries the version that the page showed. Give the version of today as its initial value."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PersonForm(forms.Form):
    """One of the people that a search has found. It carries the search, so that the same people are found again."""

    q = forms.CharField(widget=forms.HiddenInput, required=False)
    person = forms.ChoiceField(label=_("Person"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[Person], query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].initial = query
        self.people = {each.key: each for each in people}
        self.fields["person"].choices = [(each.key, _described(each)) for each in self.people.values()]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]


def _described(person: Person) -> str:
    return person.name + wording.aside(person.get_sex_display(), person.born.year, person.household.number)


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 2}))


class PostingForm(VersionedForm):
    """The day on which something was put on the board."""

    posted_on = forms.DateField(label=_("Posted on the board on"), widget=DayInput())
