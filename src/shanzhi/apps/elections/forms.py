"""What clerks and tellers type. A refusal comes back on the same form, with everything still in it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.elections.errors import Refused, Stale, Stopped, Wrong
from shanzhi.apps.elections.models import Attestation, Candidate, Correction, Declaration, Objection

if TYPE_CHECKING:
    from shanzhi.apps.elections.selectors.sheets import Pair
    from shanzhi.apps.places.models import Person, Place


class DayInput(forms.DateInput):
    """The browser's own calendar where it has one, plain 2026-12-20 elsewhere."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def new_token() -> str:
    """Sent with a form: a double click is one act."""
    return secrets.token_urlsafe(16)


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal becomes an error on the form, beside the field that it is about. True when done."""
    try:
        act()
    except Wrong as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    except Stale as refusal:
        form.add_error(None, str(refusal.message))
        _renew(form)
    except Stopped as refusal:
        form.add_error(None, str(refusal.message))
        form.stops = refusal.findings  # type: ignore[attr-defined] - shown as a findings list above the form
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
    else:
        return True
    return False


def _renew(form: forms.Form) -> None:
    """After someone else was first: what was typed stays, and the next press counts from what stands there now."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = form.get_initial_for_field(form.fields["version"], "version")
    form.is_stale = True  # type: ignore[attr-defined] - the page then shows what stands there


class VersionedForm(forms.Form):
    """Carries the version that the page showed. Give the version of today as its initial value."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RenewalForm(forms.Form):
    """A county's election cycle and the document that ordered it."""

    name = forms.CharField(label=_("Name of the renewal"), max_length=80)
    begins = forms.DateField(label=_("Begins on"), widget=DayInput())
    ends = forms.DateField(label=_("Ends on"), widget=DayInput())
    issuer = forms.CharField(label=_("Issuing body"), max_length=80)
    document = forms.CharField(label=_("Document number"), max_length=80)
    issued_on = forms.DateField(label=_("Date of the document"), widget=DayInput())
    woman = forms.ChoiceField(
        label=_("How a woman's seat is secured"),
        choices=[
            ("guide", _("seated first, as the ministry's guide says (VER-09)")),
            ("off", _("no seat is kept")),
        ],
        initial="guide",
    )
    turnout_in_round_2 = forms.BooleanField(
        label=_("A second round also needs more than half of the voters"), required=False, initial=True
    )
    add_down = forms.BooleanField(
        label=_("Votes for a higher post also count for lower posts (VER-12)"), required=False
    )


class VillagesForm(forms.Form):
    """Which villages join a renewal."""

    villages = forms.MultipleChoiceField(label=_("Villages"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, villages: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["villages"].choices = [(village.pk, str(village)) for village in villages]


class PlanForm(VersionedForm):
    """Election day and seats, as the village decided."""

    election_day = forms.DateField(label=_("Election day"), widget=DayInput())
    chair = forms.IntegerField(label=_("Seats: chair"), min_value=1, max_value=1, initial=1)
    vice_chair = forms.IntegerField(label=_("Seats: vice-chair"), min_value=0, max_value=2, initial=1)
    member = forms.IntegerField(label=_("Seats: members"), min_value=0, max_value=6, initial=3)

    @property
    def seats(self) -> dict[str, int]:
        return {post: self.cleaned_data[post] for post in Candidate.Post.values}


class DayForm(VersionedForm):
    """A new election day."""

    election_day = forms.DateField(label=_("Election day"), widget=DayInput())


class PostingForm(VersionedForm):
    """The day on which something was put on the board."""

    posted_on = forms.DateField(label=_("Posted on the board on"), widget=DayInput())


class AnnounceForm(VersionedForm):
    """The day of the announcement."""

    announced_on = forms.DateField(label=_("Announced on"), widget=DayInput())


class AttestForm(forms.Form):
    """A fact that a body decided: recorded, not checked."""

    kind = forms.ChoiceField(label=_("What was decided"), choices=Attestation.Kind.choices)
    decided_on = forms.DateField(label=_("Date of the decision"), widget=DayInput())
    body = forms.CharField(
        label=_("Who decided"), max_length=80, help_text=_("For example: village representatives' meeting")
    )
    document = forms.CharField(label=_("Number of the minutes"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Details"), max_length=400, required=False, widget=forms.Textarea({"rows": 3})
    )


class DecisionForm(forms.Form):
    """A person's decision where a rule stops."""

    about = forms.CharField(widget=forms.HiddenInput)
    rule = forms.CharField(widget=forms.HiddenInput)
    body = forms.CharField(label=_("Who decided"), max_length=80)
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 3}))


class PersonForm(forms.Form):
    """One of the people that a search has found."""

    person = forms.ChoiceField(label=_("Person"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {each.key: each for each in people}
        self.fields["person"].choices = [(each.key, _described(each)) for each in self.people.values()]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]


def _described(person: Person) -> str:
    return f"{person.name}（{person.get_sex_display()}，{person.born.year}，{person.household.number}）"


class DeclarationForm(PersonForm):
    """What a person says for this election."""

    kind = forms.ChoiceField(label=_("What is declared"), choices=Declaration.Kind.choices)
    made_on = forms.DateField(label=_("Date"), widget=DayInput())
    note = forms.CharField(label=_("How, or in which document"), max_length=200, required=False)


class ObjectionForm(PersonForm):
    """An objection to the posted roll."""

    about = forms.ChoiceField(label=_("What is objected"), choices=Objection.About.choices)
    says = forms.CharField(
        label=_("In the objector's words"), max_length=400, widget=forms.Textarea({"rows": 3})
    )
    objector = forms.CharField(label=_("Who objects"), max_length=40)
    filed_on = forms.DateField(label=_("Received on"), widget=DayInput())


class VerdictForm(forms.Form):
    """The decision on an objection."""

    verdict = forms.ChoiceField(
        label=_("Decision"), choices=Objection.Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 3}))
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput())


class CorrectionForm(PersonForm):
    """A change to the posted roll without an objection."""

    change = forms.ChoiceField(label=_("Change"), choices=Correction.Change.choices)
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 3}))
    made_on = forms.DateField(label=_("Date"), widget=DayInput())


class NominationForm(PersonForm):
    """A nomination."""

    post = forms.ChoiceField(label=_("Post"))
    source = forms.ChoiceField(
        label=_("Nominated by"),
        choices=[(s.value, s.label) for s in (Candidate.Source.PARTY, Candidate.Source.VOTERS)],
    )
    nominated_on = forms.DateField(label=_("Nominated on"), widget=DayInput())

    def __init__(self, *args: Any, seats: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(p.value, p.label) for p in Candidate.Post if seats.get(p.value)]


class WriteInForm(PersonForm):
    """Someone whose name voters wrote on their ballots."""

    post = forms.ChoiceField(label=_("Post"))

    def __init__(self, *args: Any, seats: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(p.value, p.label) for p in Candidate.Post if seats.get(p.value)]


_THREE = [("", _("not known yet")), ("no", _("no")), ("yes", _("yes"))]
_THREE_VALUES = {"": None, "no": False, "yes": True}


class FactsForm(VersionedForm):
    """What was found out about the statutory bars."""

    expelled = forms.ChoiceField(label=_("Expelled from the Party"), choices=_THREE, required=False)
    convicted = forms.ChoiceField(
        label=_("Criminally punished for an offence"), choices=_THREE, required=False
    )
    clan_or_gang = forms.ChoiceField(
        label=_("Used clan or criminal gang for unlawful acts"), choices=_THREE, required=False
    )
    cult = forms.ChoiceField(
        label=_("Organised or joined unlawful religious or cult activity"), choices=_THREE, required=False
    )
    posted_staff = forms.ChoiceField(
        label=_("On the staff of a state body, the army or a state firm posted in the village"),
        choices=_THREE, required=False,
    )  # fmt: skip
    facts_source = forms.CharField(
        label=_("Where these facts come from"), max_length=120, required=False,
        help_text=_("For example: county joint review, date and number"),
    )  # fmt: skip

    @property
    def facts(self) -> dict[str, bool | None]:
        return {
            name: _THREE_VALUES[self.cleaned_data[name]]
            for name in self.fields
            if name not in {"facts_source", "version"}
        }

    @staticmethod
    def of(candidate: Candidate) -> dict[str, str]:
        """The facts of a candidate as this form shows them."""
        words = {None: "", False: "no", True: "yes"}
        bars = ("expelled", "convicted", "clan_or_gang", "cult", "posted_staff")
        return {bar: words[getattr(candidate, bar)] for bar in bars} | {
            "facts_source": candidate.facts_source, "version": candidate.version,
        }  # fmt: skip


class StandForm(VersionedForm):
    """Whether a nominee stands."""

    stands = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("stands")), ("no", _("does not stand"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=400, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when someone does not stand."),
    )  # fmt: skip


class WithdrawForm(VersionedForm):
    """Why a nominee steps back."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 2}))


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea({"rows": 2}))


class MandateForm(forms.Form):
    """A written proxy between two lines of the roll, named by their numbers on it."""

    principal = forms.IntegerField(label=_("Roll number of the voter who cannot come"), min_value=1)
    holder = forms.IntegerField(label=_("Roll number of the one who votes for him or her"), min_value=1)
    reason = forms.CharField(label=_("Why the voter cannot come"), max_length=200)
    written_on = forms.DateField(label=_("Date of the written mandate"), widget=DayInput())
    near_kin = forms.ChoiceField(
        label=_("Are they near relatives?"),
        choices=[("", _("not known yet")), ("yes", _("yes")), ("no", _("no"))], required=False,
        help_text=_("Spouse, parents, children, brothers and sisters, grandparents, grandchildren"),
    )  # fmt: skip


class SheetForm(forms.Form):
    """One sheet, field by field as on the paper. Whole numbers only; an empty field is not a zero.

    Text fields with a number pad: a number field would change under a turn of the mouse wheel.
    """

    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pair: Pair, with_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair
        labels = {"issued": _("Ballots handed out"), "void": _("Void papers")}
        collected = _("Ballots taken from the boxes") if pair.kind == "account" else _("Papers in this batch")
        for row in pair.rows:
            label = row.candidate.person.name if row.candidate else labels.get(row.field, collected)
            self.fields[row.field] = forms.IntegerField(
                label=label, min_value=0, max_value=100_000,
                widget=forms.TextInput({"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
            )  # fmt: skip
        if with_reason:
            self.fields["reason"] = forms.CharField(
                label=_("How the difference was settled"), max_length=400, widget=forms.Textarea({"rows": 2})
            )

    @property
    def token_of_these_numbers(self) -> str:
        """The token bound to the numbers: a double click is one sheet, going back and typing others is not."""
        typed = [self.cleaned_data["token"], *(f"{field}={number}" for field, number in self.numbers.items())]
        return hashlib.sha256("|".join(typed).encode()).hexdigest()[:40]

    @property
    def numbers(self) -> dict[str, int]:
        return {row.field: self.cleaned_data[row.field] for row in self.pair.rows}
