"""Rosters: the file that comes in, the file that goes out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.places.forms.numbers import ReasonForm

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
