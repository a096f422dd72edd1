"""Setting a password: one's own, and another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import NewPasswordForm
from shanzhi.web.refusals import attempt

if TYPE_CHECKING:
    from django.forms import Form

    from shanzhi.apps.accounts.models import Account


@login_required
@never_cache
@sensitive_post_parameters("password")
def password(request: HttpRequest, key: str) -> HttpResponse:
    shown = access.account_for(request.user, key)
    if shown == request.user:  # one's own is changed by someone who knows the old one
        return redirect("accounts:own_password")
    form = NewPasswordForm(request.POST or None, initial={"password": selectors.new_password()})
    if request.method == "POST" and form.is_valid() and set_password(form, shown, by=request.user.key):
        messages.success(
            request,
            _(
                "The new password holds from now on. Hand it over to the person, who chooses another one at the next sign-in."
            ),
        )
        return redirect("accounts:account", key)
    return render(request, "accounts/password.html", {"form": form, "account": shown})


def set_password(form: Form, account: Account, *, by: str, keep: str = "") -> bool:
    """Set what the form holds; a refusal comes back on it. True when done."""
    typed = form.cleaned_data["password"]
    return attempt(form, lambda: actions.set_password(account=account, password=typed, by=by, keep=keep))
