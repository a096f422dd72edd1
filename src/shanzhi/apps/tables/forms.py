"""Shapes of the forms: a file in, what its columns are, a file out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.tables.declared import Purpose, Table
from shanzhi.apps.tables.wording import REASONS
from shanzhi.web.uploads import MOST_BYTES


class FileForm(forms.Form):
    """A file with a table in it."""

    file = forms.FileField(
        label=_("File"), help_text=_(".xlsx, .xls or .csv, at most 30 MB. Nothing is written before you confirm."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls,.csv"}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("The file is empty. Choose the file that you filled in."),
        },
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size >= MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 30 MB. Remove pictures and other sheets, or split it by township.")
            )
        if file.name.lower().endswith((".xlsm", ".xltm", ".xlam", ".xlsb")):
            raise forms.ValidationError(
                _(
                    "The workbook carries macros. In Excel choose “Save as” and the type .xlsx, then upload that."
                )
            )
        return file


class HeadingsForm(forms.Form):
    """For each column that the file must have, and each that it may have: which heading of the file it is."""

    def __init__(
        self, table: Table, names: Sequence[str], taken: dict[str, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._table, self._names = table, list(dict.fromkeys(names))
        offered = [("", _("— not in this file —")), *((name, name) for name in self._names)]
        for column in sorted(table.columns, key=lambda each: not each.needed):
            self.fields[column.key] = forms.ChoiceField(
                label=column.name, choices=offered, required=column.needed, initial=taken.get(column.key, ""),
                error_messages={"required": _("This column is needed. If the file lacks it, add it there first.")},
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen: dict[str, str] = {}
        for key, name in list(data.items()):  # a field with an error leaves the data
            if name and name in chosen:
                self.add_error(key, _("This heading is chosen for another column already."))
            chosen.setdefault(name, key)
        return data

    def meanings(self) -> dict[str, str]:
        """Heading of the file -> column; a heading that nobody chose is not read."""
        by_name = {name: key for key, name in self.cleaned_data.items() if name}
        return {name: by_name.get(name, "") for name in self._names}


class ExportForm(forms.Form):
    """What a table leaves the house for, and as what."""

    purpose = forms.ChoiceField(
        label=_("What is the file for?"), widget=forms.RadioSelect,
        help_text=_("Only the columns that this needs go into the file."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Why the numbers are needed in full"), choices=REASONS, widget=forms.RadioSelect, required=False,
        help_text=_("Only when they are wanted in full."),
    )  # fmt: skip
    form = forms.ChoiceField(
        label=_("As"), widget=forms.RadioSelect, initial="xlsx",
        choices=[("xlsx", _(".xlsx, for Excel and WPS")), ("csv", _(".csv, for other programs"))],
    )  # fmt: skip

    def __init__(self, purposes: Sequence[Purpose], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._purposes = {each.key: each for each in purposes}
        self.fields["purpose"].choices = [(each.key, each.title) for each in purposes]
        self.fields["purpose"].initial = purposes[0].key
        if not any(each.in_full for each in purposes):
            del self.fields["reason"]

    @property
    def chosen(self) -> Purpose:
        """The purpose that was chosen."""
        return self._purposes[self.cleaned_data["purpose"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        purpose = self._purposes.get(data.get("purpose", ""))
        if purpose and purpose.in_full and not data.get("reason"):
            self.add_error("reason", _("Choose why the numbers are needed in full."))
        return data
