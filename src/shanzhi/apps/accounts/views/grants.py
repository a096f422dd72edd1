"""Roles over places: granting, revoking, and those that end soon."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import GrantForm, RevokeForm
from shanzhi.web.refusals import attempt


@login_required
def grant(request: HttpRequest, key: str) -> HttpResponse:
    shown = access.account_for(request.user, key)
    places = access.places_managed_by(request.user)
    initial = {name: request.GET[name] for name in ("role", "scope") if name in request.GET}
    roles = selectors.roles_grantable_by(request.user)
    form = GrantForm(places, roles, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.grant(account=shown, **form.cleaned_data, by=request.user.key)):
            return redirect("accounts:account", key)
    return render(request, "accounts/grant.html", {"form": form, "account": shown})


@login_required
def revoke(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    held = access.grant_for(request.user, key, pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.revoke(grant=held, reason=reason, by=request.user.key)):
            return redirect("accounts:account", key)
    place = access.places_managed_by(request.user).get(held.scope, "").strip()
    shown = {"grant": held, "place": place, "account": held.account, "form": form}
    return render(request, "accounts/revoke.html", shown)


@login_required
@require_GET
def ending(request: HttpRequest) -> HttpResponse:
    """Roles that end within thirty days."""
    return render(request, "accounts/ending.html", {"rows": selectors.ending_soon(request.user)})
