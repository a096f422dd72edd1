"""Pages: signing in and out, one's own password, and the accounts that an operator looks after."""

from __future__ import annotations

from django import forms as django_forms
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import (
    GrantForm,
    NewAccountForm,
    NewPasswordForm,
    OwnPasswordForm,
    SignInForm,
)
from shanzhi.apps.accounts.roles import Permission
from shanzhi.web.refusals import Refused, attempt

A_PAGE = 50


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_wanted(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.get_user())
        actions.note_sign_in(account=form.get_user())
        return redirect(_wanted(request))
    return render(
        request,
        "accounts/sign_in.html",
        {"form": form, "next": request.GET.get("next", ""), "tries_left": _failed(request, form)},
    )


def _failed(request: HttpRequest, form: SignInForm) -> int | None:
    """After a wrong password: how many tries are left. The one that locks is recorded."""
    if not form.is_bound or "username" not in form.cleaned_data or not form.non_field_errors():
        return None
    if form.has_error(NON_FIELD_ERRORS, "elsewhere"):
        return None  # no password was tried
    username = form.cleaned_data["username"]
    if getattr(request, "axes_failures_since_start", None) == settings.AXES_FAILURE_LIMIT:
        actions.note_lockout(username=username)
    return selectors.tries_left(request, username)


def _wanted(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("accounts:start")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        actions.note_sign_out(account=request.user)
    auth.logout(request)
    return redirect("accounts:sign_in")


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The page where this account's work is."""
    held = access.permissions_of(request.user)
    if held & {Permission.SEE_BOARD, Permission.ENTER_SHEET}:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return redirect("accounts:accounts" if Permission.MANAGE_ACCOUNTS in held else "accounts:own")


@login_required
def own(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/own.html", {"roles": selectors.roles_held(request.user)})


@login_required
@never_cache
@sensitive_post_parameters()
def own_password(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid() and _set_password(request, request.user, form):
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. Other devices were signed out."))
        return redirect("accounts:own")
    return render(request, "accounts/own_password.html", {"form": form})


@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    places = access.places_managed_by(request.user)
    page = Paginator(selectors.managed_by(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "accounts/accounts.html", {"page": page, "lines": selectors.lines(page.object_list, places)}
    )


@login_required
@never_cache
@sensitive_post_parameters("password")
def create(request: HttpRequest) -> HttpResponse:
    places = access.places_managed_by(request.user)
    form = NewAccountForm(places, request.POST or None, initial={"password": selectors.new_password()})
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
def account(request: HttpRequest, key: str) -> HttpResponse:
    shown = access.account_for(request.user, key)
    return render(
        request,
        "accounts/account.html",
        {
            "account": shown,
            "roles": selectors.roles_held(shown),
            "locked": shown.key in selectors.locked_names([shown]),
            "is_own": shown == request.user,
        },
    )


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


@login_required
@never_cache
@sensitive_post_parameters("password")
def password(request: HttpRequest, key: str) -> HttpResponse:
    shown = access.account_for(request.user, key)
    if shown == request.user:  # one's own is changed by someone who knows the old one
        return redirect("accounts:own_password")
    form = NewPasswordForm(request.POST or None, initial={"password": selectors.new_password()})
    if request.method == "POST" and form.is_valid() and _set_password(request, shown, form):
        messages.success(request, _("The new password holds from now on. Hand it over to the person."))
        return redirect("accounts:account", key)
    return render(request, "accounts/password.html", {"form": form, "account": shown})


@login_required
@require_POST
def unlock(request: HttpRequest, key: str) -> HttpResponse:
    actions.unlock(account=access.account_for(request.user, key), by=request.user.key)
    messages.success(request, _("The account can be signed in to again."))
    return redirect("accounts:account", key)


def _set_password(request: HttpRequest, shown: object, form: django_forms.Form) -> bool:
    password = form.cleaned_data["password"]
    return attempt(form, lambda: actions.set_password(account=shown, password=password, by=request.user.key))
