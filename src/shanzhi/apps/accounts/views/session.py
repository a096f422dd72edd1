"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import SignInForm
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.accounts.views.kept import keep, kept


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return _go_on(request)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.get_user())
        actions.note_sign_in(account=form.get_user())
        return _go_on(request)
    shown = {
        "form": form,
        "next": request.GET.get("next", ""),
        "kept": request.POST.get("kept", ""),
        "tries_left": _failed(request, form),
    }
    return render(request, "accounts/sign_in.html", shown)


@never_cache
def sign_in_first(request: HttpRequest) -> HttpResponse:
    """The sign-in page in answer to a form that came without a session, with what was typed kept in it."""
    shown = {"form": SignInForm(request), "next": "", "kept": keep(request), "tries_left": None}
    return render(request, "accounts/sign_in.html", shown)


def _go_on(request: HttpRequest) -> HttpResponse:
    """To where the person was going; a form that was kept is shown first, to be sent by whoever has signed in now."""
    held = kept(request.POST.get("kept", ""))
    return render(request, "accounts/send_again.html", {"held": held}) if held else redirect(_wanted(request))


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
