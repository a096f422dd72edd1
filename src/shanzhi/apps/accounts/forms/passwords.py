"""Passwords: one's own, and one that is handed over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.models import Account


class OwnPasswordForm(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label=_("Password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least ten characters. A short sentence that only you know is easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["again"].widget.attrs["data-show"] = _("Show the passwords")

    def clean_old(self) -> str:
        if not self.account.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError(_("This is not your password until now."))
        return self.cleaned_data["old"]

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two new passwords differ. Type both once more."))
        return self.cleaned_data["again"]


class NewPasswordForm(forms.Form):
    """A password that an operator hands over."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_(
            "Write it down for the person before you save: it is not shown again. At the first sign-in the person chooses another one."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code"}),
    )
