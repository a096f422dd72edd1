"""What is typed while a county is set up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanzhi.web.fields import DayInput

MOST_BYTES = 1024 * 1024


class CodeForm(forms.Form):
    """The one-time code from the terminal."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("It stands in the window in which the program was started."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "code short",
            }
        ),
    )


class CountyForm(forms.Form):
    """The county, and the file with the codes of its places."""

    county_name = forms.CharField(
        label=_("Name of the county"), max_length=20, help_text=_("In full, as it stands on documents.")
    )
    county_code = forms.CharField(
        label=_("Code of the county"),
        max_length=12,
        help_text=_("Six digits, such as 141130."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "code short"}),
    )
    valid_from = forms.DateField(
        label=_("Since when these places stand so"),
        widget=DayInput(),
        help_text=_(
            "The day of the codes file, or today. Earlier elections can be entered from this day on."
        ),
    )
    file = forms.FileField(
        label=_("Codes file"),
        help_text=_("A .csv file with a row a village; UTF-8 or GBK. Excel saves a table in this form."),
        widget=forms.ClearableFileInput({"accept": ".csv,.txt"}),
        error_messages={
            "required": _("Choose the codes file."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def __init__(self, *args: Any, has_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not has_file
        if has_file:
            self.fields["file"].help_text = _("Leave it empty to keep the file that was chosen before.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB. A county's codes are smaller."))
        return file

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."))
        return day


class OperatorForm(forms.Form):
    """The first account: whoever looks after accounts and settings."""

    name = forms.CharField(label=_("Your name"), max_length=40)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        help_text=_("Letters, digits or Chinese characters; capital letters make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least ten characters. A short sentence that only you know is easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again"].widget.attrs["data-show"] = _("Show the passwords")

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two passwords differ. Type both once more."))
        return self.cleaned_data["again"]
