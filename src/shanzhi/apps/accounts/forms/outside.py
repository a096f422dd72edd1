"""Identities of other houses: linking one's own, and somebody's by its number."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.models import Account


class PasswordForm(forms.Form):
    """One's password once more, before something is opened to another house."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, account: Account, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        if not self.account.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]


class LinkForm(forms.Form):
    """A provider, and the number that it gives the person."""

    provider = forms.ChoiceField(label=_("Provider"), widget=forms.RadioSelect)
    uid = forms.CharField(
        label=_("Number of the person there"), max_length=190,
        help_text=_("As the provider's administration shows it (OpenID Connect: sub; WeChat, DingTalk: OpenID)."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code"}),
    )  # fmt: skip

    def __init__(self, providers: Mapping[str, str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = list(providers.items())
