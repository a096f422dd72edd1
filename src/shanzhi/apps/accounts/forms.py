"""Shapes of the forms: sign in, passwords, new accounts, grants."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.models import Account, plain_name
from shanzhi.apps.accounts.roles import ROLES

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser runs on this very machine; what another server passed on does not count as such."""
    try:
        local = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:  # a socket without an address
        return False
    return local and not any(request.META.get(header) for header in FORWARDED)


class SignInForm(AuthenticationForm):
    """Sign-in name and password. The sample county's passwords are printed: they work on its own machine only."""

    error_messages = {
        "elsewhere": _(
            "This is the sample county: its accounts work only on the computer that it runs on, "
            "opened there as 127.0.0.1. For a county of your own, set one up without the sample."
        ),
        "invalid_login": _("The sign-in name or the password is not right."),
        "inactive": _("The sign-in name or the password is not right."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Sign-in name")
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs["data-show"] = _("Show the password")

    def clean_username(self) -> str:
        return plain_name(self.cleaned_data["username"])

    def clean(self) -> dict[str, object]:
        if settings.SAMPLE and not comes_from_here(self.request):
            raise forms.ValidationError(self.error_messages["elsewhere"], code="elsewhere")
        return super().clean()


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
        help_text=_("Write it down for the person before you save: it is not shown again."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code"}),
    )


class GrantForm(forms.Form):
    """A role over one of the places that the manager looks after."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    scope = forms.TypedChoiceField(
        label=_("Place"), coerce=int, help_text=_("The role holds for this place and everything beneath it.")
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty if no end is known."),
    )  # fmt: skip

    def __init__(self, places: Mapping[int, str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.key, f"{role.name} · {role.says}") for role in ROLES.values()]
        self.fields["scope"].choices = [("", "—"), *places.items()]


class NewAccountForm(NewPasswordForm, GrantForm):
    """A person's name, sign-in name and first password, with the first role."""

    name = forms.CharField(label=_("Name"), max_length=40)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        help_text=_("Letters, digits or Chinese characters; capital letters make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ["name", "username", "password", "role", "scope", "until"]
