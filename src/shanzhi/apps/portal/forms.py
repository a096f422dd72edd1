"""What a villager asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RollCheckForm(forms.Form):
    """Either the code of the paper slip, or the name and the last four of the ID number."""

    code = forms.CharField(
        label=_("Code on your paper slip"), max_length=12, required=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"), max_length=40, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    tail = forms.RegexField(
        label=_("Last four characters of the ID number"), regex=r"^[0-9]{3}[0-9Xx]$", required=False,
        widget=forms.TextInput({"autocomplete": "off", "maxlength": "4", "inputmode": "text"}),
        error_messages={"invalid": _("Four characters: digits, the last may be X.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("code") and not (data.get("name") and data.get("tail")):
            raise forms.ValidationError(
                _("Type the code of your slip, or your name and the last four of your ID number.")
            )
        return data
