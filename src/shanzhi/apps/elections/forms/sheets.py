"""Count sheets."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from shanzhi.apps.elections.selectors.sheets import Pair


def new_token() -> str:
    """Sent with a form: a double click is one act."""
    return secrets.token_urlsafe(16)


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
