"""Codes: of the phone, or from paper."""

from __future__ import annotations

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.models import Account

SALT, GOOD_FOR = "a phone to be tied", 60 * 60  # seconds
CODE = {
    "autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false",
    "class": "code short",
}  # fmt: skip


class CodeForm(forms.Form):
    """Six figures from the phone; or, when it is not there, a code from paper."""

    code = forms.CharField(
        label=_("Sign-in code"),
        max_length=20,
        help_text=_("The six figures that the app on your phone shows now, or one of your recovery codes."),
        widget=forms.TextInput(attrs=CODE | {"inputmode": "text", "autofocus": True}),
    )


class SetUpForm(forms.Form):
    """The first code of the phone that is to be tied. The secret travels in the page, signed, until it is confirmed."""

    secret = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        help_text=_("So that nobody else ties a phone of his own while you are away from your desk."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    old = forms.CharField(
        label=_("Code of the phone until now"),
        max_length=20,
        help_text=_("Or one of your recovery codes, if that phone is gone."),
        widget=forms.TextInput(attrs=CODE | {"inputmode": "text"}),
    )
    code = forms.CharField(
        label=_("Code that the phone shows now"),
        max_length=12,
        help_text=_("Six figures. They change every half minute; type the ones that are there now."),
        widget=forms.TextInput(attrs=CODE),
    )

    def __init__(
        self, account: Account, *args: object, first: bool, replaces: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        if first:  # the password has just been typed
            del self.fields["password"]
        if not replaces:
            del self.fields["old"]

    def clean_password(self) -> str:
        if not self.account.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]

    def clean_secret(self) -> bytes:
        secret = read_secret(self.account, self.cleaned_data["secret"])
        if secret is None:
            raise forms.ValidationError(_("This page is too old. Open it anew and scan the new picture."))
        return secret


def signed_secret(account: Account, secret: bytes) -> str:
    """The secret as it travels in the page, for this account only."""
    return signing.dumps({"for": account.key, "secret": secret.hex()}, salt=SALT)


def read_secret(account: Account, text: str) -> bytes | None:
    """The secret in a signed text; None for one that is not ours, not for this account, or too old."""
    try:
        held = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return bytes.fromhex(held["secret"]) if held["for"] == account.key else None
