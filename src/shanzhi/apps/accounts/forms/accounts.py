"""Accounts: new ones, their roles, and why something is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.accounts.forms.passwords import NewPasswordForm
from shanzhi.apps.accounts.roles import ROLES
from shanzhi.web.fields import DayInput

# Why, in words of ours: what is typed freely about a person stays out of the record.
WHY_RESET: dict[str, str | Promise] = {
    "lost": _("The phone is lost or was stolen"),
    "broken": _("The phone is broken"),
    "replaced": _("A new phone, and the old one is gone"),
    "app": _("The app was deleted or does not open"),
}
WHY_CLOSED: dict[str, str | Promise] = {
    "moved": _("Moved to another office"),
    "retired": _("Retired or left the service"),
    "unused": _("Nobody uses the account"),
    "misused": _("Somebody else may know the password"),
    "mistake": _("Made by mistake"),
}


class GrantForm(forms.Form):
    """A role over one of the places that the manager looks after."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    scope = forms.TypedChoiceField(
        label=_("Place"), coerce=int, help_text=_("The role holds for this place and everything beneath it.")
    )
    since = forms.DateField(
        label=_("First day"), required=False, widget=DayInput(), help_text=_("Today, or a later day.")
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DayInput(),
        help_text=_("Leave it empty if no end is known."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200,
        help_text=_("A document, a task, a list: what whoever checks this later will look for."),
    )  # fmt: skip

    def __init__(
        self, places: Mapping[int, str], roles: Iterable[str], *args: object, **kwargs: object
    ) -> None:
        kwargs["initial"] = {"since": timezone.localdate()} | dict(kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        chosen = [ROLES[key] for key in roles]
        self.fields["role"].choices = [(role.key, f"{role.name} · {role.says}") for role in chosen]
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
    field_order = ["name", "username", "password", "role", "scope", "since", "until", "reason"]


class RevokeForm(forms.Form):
    """Why a role is taken away."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It stays with the role, for whoever checks this later."),
    )


class ResetForm(forms.Form):
    """Why somebody's second step is reset."""

    why = forms.ChoiceField(label=_("Reason"), choices=list(WHY_RESET.items()), widget=forms.RadioSelect)


class CloseForm(forms.Form):
    """Why an account is closed."""

    why = forms.ChoiceField(label=_("Reason"), choices=list(WHY_CLOSED.items()), widget=forms.RadioSelect)


class LookFilterForm(forms.Form):
    """Whose looks are asked for; it stands in the address."""

    by = forms.CharField(label=_("Who"), max_length=40, required=False)
