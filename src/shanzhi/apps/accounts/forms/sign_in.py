"""Sign-in name and password."""

from __future__ import annotations

from ipaddress import ip_address

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.models import plain_name

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
