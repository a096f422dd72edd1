"""The accounts that an operator looks after: making, showing, unlocking, closing them, and when a phone is gone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import CloseForm, NewAccountForm, ResetForm
from shanzhi.apps.accounts.forms.accounts import WHY_CLOSED
from shanzhi.web.refusals import Refused, attempt

A_PAGE = 50


@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    places = access.places_managed_by(request.user)
    query = request.GET.get("q", "").strip()[:40]
    page = Paginator(selectors.managed_by(request.user, query), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "q": query,
        "page": page,
        "lines": selectors.lines(page.object_list, places),
        "ending": len(selectors.ending_soon(request.user)),
        "unserved": selectors.unserved(request.user),
    }
    return render(request, "accounts/accounts.html", shown)


@login_required
@never_cache
@sensitive_post_parameters("password")
def create(request: HttpRequest) -> HttpResponse:
    places = access.places_managed_by(request.user)
    roles = selectors.roles_grantable_by(request.user)
    asked = {name: request.GET[name] for name in ("role", "scope") if name in request.GET}
    initial = {"password": selectors.new_password(), "reason": _("first role of the account")} | asked
    form = NewAccountForm(places, roles, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_account(**form.cleaned_data, by=request.user.key)
        except Refused as refusal:
            refusal.show_on(form)
        else:
            messages.success(request, _("The account is there. Hand over the sign-in name and the password."))
            return redirect("accounts:account", made.key)
    return render(request, "accounts/create.html", {"form": form})


@login_required
@never_cache
def account(request: HttpRequest, key: str) -> HttpResponse:
    shown = access.account_for(request.user, key)
    return render(
        request,
        "accounts/account.html",
        {
            "account": shown,
            "roles": selectors.roles_held(shown),
            "history": selectors.history(shown),
            "locked": selectors.is_locked(shown),
            "has_second_factor": selectors.has_second_factor(shown),
            "sessions": selectors.open_sessions(shown).count(),
            "closed_for": WHY_CLOSED.get(shown.closed_for, ""),
            "outside": selectors.links_of(shown),
            "is_own": shown == request.user,
        },
    )


@login_required
@require_POST
def unlock(request: HttpRequest, key: str) -> HttpResponse:
    actions.unlock(account=access.account_for(request.user, key), by=request.user.key)
    messages.success(request, _("The account can be signed in to again."))
    return redirect("accounts:account", key)


@login_required
@require_POST
def account_sessions_end(request: HttpRequest, key: str) -> HttpResponse:
    """Sign somebody out everywhere, as when a phone or computer is gone."""
    shown = access.account_for(request.user, key)
    keep = request.session.session_key if shown == request.user else ""
    ended = actions.end_sessions(account=shown, by=request.user.key, keep=keep)
    messages.success(
        request,
        ngettext("%(number)d browser was signed out.", "%(number)d browsers were signed out.", ended)
        % {"number": ended},
    )
    return redirect("accounts:account", key)


@login_required
def second_factor_reset(request: HttpRequest, key: str) -> HttpResponse:
    """For somebody whose phone and recovery codes are gone."""
    shown = access.account_for(request.user, key)
    form = ResetForm(request.POST or None)
    if form.is_bound and form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: actions.reset_second_factor(account=shown, why=why, by=request.user.key)):
            messages.success(
                request, _("The second step is reset. At the next sign-in a phone can be set up anew.")
            )
            return redirect("accounts:account", key)
    return render(request, "accounts/reset.html", {"form": form, "account": shown})


@login_required
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close the account of somebody who has left."""
    shown = access.account_for(request.user, key)
    form = CloseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: actions.close_account(account=shown, why=why, by=request.user.key)):
            messages.success(request, _("The account is closed. What was done with it stays on record."))
            return redirect("accounts:account", key)
    return render(request, "accounts/close.html", {"form": form, "account": shown})


@login_required
@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Let the holder of a closed account in again."""
    shown = access.account_for(request.user, key)
    try:
        actions.reopen_account(account=shown, by=request.user.key)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The account is open again."))
    return redirect("accounts:account", key)
