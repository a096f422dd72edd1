"""Roles over places: granting and revoking."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shanzhi.apps.accounts import access, actions
from shanzhi.apps.accounts.forms import GrantForm
from shanzhi.web.refusals import Refused, attempt


@login_required
def grant(request: HttpRequest, key: str) -> HttpResponse:
    shown = access.account_for(request.user, key)
    form = GrantForm(access.places_managed_by(request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.grant(account=shown, **form.cleaned_data, by=request.user.key)):
            return redirect("accounts:account", key)
    return render(request, "accounts/grant.html", {"form": form, "account": shown})


@login_required
def revoke(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    held = access.grant_for(request.user, key, pk)
    if request.method == "POST":
        try:
            actions.revoke(grant=held, by=request.user.key)
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("accounts:account", key)
    place = access.places_managed_by(request.user).get(held.scope, "")
    return render(request, "accounts/revoke.html", {"grant": held, "place": place, "account": held.account})
