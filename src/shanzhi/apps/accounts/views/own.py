"""One's own account and password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shanzhi.apps.accounts import selectors
from shanzhi.apps.accounts.forms import OwnPasswordForm
from shanzhi.apps.accounts.views.passwords import set_password


@login_required
def own(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/own.html", {"roles": selectors.roles_held(request.user)})


@login_required
@never_cache
@sensitive_post_parameters()
def own_password(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid() and set_password(form, request.user, by=request.user.key):
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. Other devices were signed out."))
        return redirect("accounts:own")
    return render(request, "accounts/own_password.html", {"form": form})
