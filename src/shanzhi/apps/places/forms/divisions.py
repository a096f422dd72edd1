"""Changes of places: the paper that orders them, and what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.actions.designations import Paper
from shanzhi.apps.places.actions.mergers import MOST_PARTS, Part
from shanzhi.apps.places.models import Place
from shanzhi.core.divisions import Change, Difference
from shanzhi.web.fields import DayInput

CODES_BYTES = 2 * 1024 * 1024
LONGEST_NAME = 20


def _name(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Name of the place"), max_length=LONGEST_NAME, help_text=_("As the codes of the statistics bureau have it, in full."),
        **more,
    )  # fmt: skip


def _code(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}), **more
    )  # fmt: skip


class PaperForm(forms.Form):
    """The decision of a higher body that is carried out."""

    on = forms.DateField(
        label=_("In force from"), widget=DayInput(), help_text=_("The first day on which it holds, as the document says.")
    )  # fmt: skip
    document = forms.CharField(label=_("Document number"), max_length=80)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    field_order: Sequence[str] = ()

    @property
    def paper(self) -> Paper:
        """The paper, once the form is valid."""
        data = self.cleaned_data
        return Paper(data["on"], data["document"], data["reason"])


class DesignationForm(PaperForm):
    """Another name or code; township and kind follow from the code."""

    name = _name()
    code = _code(
        help_text=_("Twelve digits. The first nine say in which township it lies, 001 to 199 at the end a community, 200 to 399 a village.")
    )  # fmt: skip
    field_order = ("name", "code", "on", "document", "reason")


class OpeningForm(DesignationForm):
    """A new village, community or township."""


class ClosingForm(PaperForm):
    """A place that ends; optionally what takes its place."""

    successor = forms.ChoiceField(label=_("What follows it"), required=False)
    field_order = ("successor", "on", "document", "reason")

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["successor"].choices = [("", _("nothing"))] + [
            (pk, place.full_name) for pk, place in self.places.items()
        ]

    @property
    def successors(self) -> list[Place]:
        """What was chosen."""
        return [self.places[self.cleaned_data["successor"]]] if self.cleaned_data["successor"] else []


class MergeForm(PaperForm):
    """Which villages become one, and which."""

    villages = forms.MultipleChoiceField(
        label=_("Villages to be merged"), widget=forms.CheckboxSelectMultiple
    )
    into = forms.ChoiceField(
        label=_("What they become"), required=False, help_text=_("The village that goes on keeps its code, accounts and household numbers.")
    )  # fmt: skip
    name = _name(required=False)
    code = _code(required=False, help_text=_("Name and code only for a new village."))
    field_order = ("villages", "into", "name", "code", "on", "document", "reason")

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        choices = [(pk, place.full_name) for pk, place in self.places.items()]
        self.fields["villages"].choices = choices
        self.fields["into"].choices = [("", _("a new village, with the name and code below")), *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the action is told."""
        data = self.cleaned_data
        return {
            "villages": [self.places[pk] for pk in data["villages"]], "into": self.places.get(data["into"]),
            "name": data["name"], "code": data["code"],
        }  # fmt: skip


class SplitForm(PaperForm):
    """What a village is split into, and which villager group goes where."""

    keeps = forms.BooleanField(
        label=_("The village itself goes on, with the groups that no new village takes"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, groups: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = list(groups)
        for number in range(1, MOST_PARTS + 1):
            needed = number == 1
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Name of new village {number}").format(number=number),
                max_length=LONGEST_NAME,
                required=needed,
            )
            self.fields[f"code_{number}"] = forms.CharField(
                label=_("Code of new village {number}").format(number=number), max_length=20, required=needed,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            )  # fmt: skip
        where = [("", _("stays, or to new village 1"))]
        where += [(str(n), _("to new village {number}").format(number=n)) for n in range(1, MOST_PARTS + 1)]
        for place, group in enumerate(self.groups):
            self.fields[f"group_{place}"] = forms.ChoiceField(label=group, choices=where, required=False)
        parts = [f"{field}_{n}" for n in range(1, MOST_PARTS + 1) for field in ("name", "code")]
        self.order_fields(
            ["keeps", *parts, *(f"group_{n}" for n in range(len(self.groups))), "on", "document", "reason"]
        )

    @property
    def parts(self) -> list[Part]:
        """The new villages that were named, each with its groups."""
        data = self.cleaned_data
        went = {group: data[f"group_{place}"] for place, group in enumerate(self.groups)}
        return [
            Part(data[f"code_{n}"], data[f"name_{n}"], frozenset(g for g, to in went.items() if to == str(n)))
            for n in range(1, MOST_PARTS + 1)
            if data[f"code_{n}"] or data[f"name_{n}"]
        ]


class CodesForm(forms.Form):
    """A year's codes file."""

    file = forms.FileField(
        label=_("Codes file (.csv)"), widget=forms.ClearableFileInput({"accept": ".csv"}),
        help_text=_("First line: code,name,township_code,township_name. UTF-8 or GBK. Nothing is changed before you decide."),
        error_messages={"required": _("Choose the file first."), "empty": _("The file is empty. Choose another one.")},
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > CODES_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 2 MB. A county's codes are fewer: is it the right file?")
            )
        return file


class DecisionsForm(PaperForm):
    """One decision for each difference between a codes file and what stands."""

    def __init__(
        self,
        *args: Any,
        changes: Sequence[tuple[str, Change]],
        standing: dict[str, str],
        wanted: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fresh = [each.after for _key, each in changes if each.difference == Difference.NEW and each.after]
        for key, change in changes:
            self.fields[f"d_{key}"] = forms.ChoiceField(
                label=difference_words(change, standing, wanted), choices=_choices(change, fresh, wanted),
                initial="" if change.difference == Difference.GONE else "accept",
                error_messages={"required": _("Decide what became of this place, or leave it as it is.")},
            )  # fmt: skip
        self.keys = [key for key, _change in changes]
        self.order_fields([*(f"d_{key}" for key in self.keys), "on", "document", "reason"])

    @property
    def decisions(self) -> dict[str, str]:
        """Key of a difference -> what was decided."""
        return {key: self.cleaned_data[f"d_{key}"] for key in self.keys}


def difference_words(change: Change, standing: dict[str, str], wanted: dict[str, str]) -> str:
    """A difference in a sentence, each place with its township and code."""
    before = (
        f"{standing.get(change.before.code, change.before.name)} {change.before.code}"
        if change.before
        else ""
    )
    after = f"{wanted.get(change.after.code, change.after.name)} {change.after.code}" if change.after else ""
    match change.difference:
        case Difference.RENAMED:
            return _("{before} is now called {name}").format(before=before, name=change.after.name)
        case Difference.RECODED:
            return _("{before} now has another code: {after}").format(before=before, after=after)
        case Difference.NEW:
            return _("New in the file: {after}").format(after=after)
        case _:
            return _("No longer in the file: {before}").format(before=before)


def _choices(change: Change, fresh: Sequence[Any], labels: dict[str, str]) -> list[tuple[str, Any]]:
    leave = ("leave", _("leave it as it stands"))
    if change.difference == Difference.NEW:
        return [("accept", _("establish it as a new place")), leave]
    if change.difference == Difference.RENAMED:
        return [("accept", _("give it the new name")), leave]
    if change.difference == Difference.RECODED:
        return [("accept", _("it is the same place: give it the new code and name")), leave]
    same = [each for each in fresh if each.above == change.before.above]
    return [
        ("", _("choose what became of it")),
        *((f"merge:{each.code}", _("merged into {place}").format(place=_label(each, labels))) for each in change.likely),
        *((f"same:{each.code}", _("it is now {place}").format(place=_label(each, labels))) for each in same),
        ("close", _("dissolved, nobody lives there")),
        leave,
    ]  # fmt: skip


def _label(listed: Any, labels: dict[str, str]) -> str:
    return f"{labels.get(listed.code, listed.name)} {listed.code}"
