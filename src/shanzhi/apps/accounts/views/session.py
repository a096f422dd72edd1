"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import CodeForm, SignInForm
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.accounts.views import entering
from shanzhi.apps.accounts.views.kept import keep


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return entering.go_on(request)
    form = SignInForm(request, request.POST if "username" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        return entering.admit(request, form.get_user())
    return _page(request, form, tries_left=_failed(request, form), **entering.carried(request))


@never_cache
def sign_in_first(request: HttpRequest) -> HttpResponse:
    """The sign-in page in answer to a form that came without a session, with what was typed kept in it."""
    return _page(request, SignInForm(request), kept=keep(request))


def _page(request: HttpRequest, form: SignInForm, **shown: object) -> HttpResponse:
    more = {"form": form, "next": "", "tries_left": None, "providers": selectors.providers()}
    return render(request, "accounts/sign_in.html", more | shown)


def _failed(request: HttpRequest, form: SignInForm) -> int | None:
    """After a wrong password: how many tries are left. It is recorded, and the one that locks too."""
    if not form.is_bound or "username" not in form.cleaned_data or not form.non_field_errors():
        return None
    if form.has_error(NON_FIELD_ERRORS, "elsewhere"):
        return None  # no password was tried
    username = form.cleaned_data["username"]
    entering.note_failed(request, username, how="password")
    return selectors.tries_left(request, username)


@never_cache
@sensitive_post_parameters("code")
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the phone, or one from paper, by somebody who has just shown a password."""
    if request.user.is_authenticated:
        return entering.go_on(request)
    found = entering.waiting_for(request)
    if found is None:
        messages.info(request, _("Too much time has passed. Please sign in once more from the beginning."))
        return redirect("accounts:sign_in")
    account, how = found
    form = CodeForm(request.POST if "code" in request.POST else None)
    left = None
    if form.is_bound and form.is_valid() and not entering.is_locked_out(request, account):
        typed = form.cleaned_data["code"]
        if second := actions.check_code(account=account, typed=typed, at=timezone.now()):
            return entering.enter(request, account, how=how, second=second)
        left = entering.count_wrong_code(request, account)
        form.add_error(
            "code", _("This code is not right, or it was used already. Wait for the next one and type that.")
        )
    return entering.second_page(request, form, left)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        actions.note_sign_out(account=request.user, session_key=request.session.session_key)
    auth.logout(request)
    return redirect("accounts:sign_in")


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The page where this account's work is."""
    held = access.permissions_of(request.user)
    if held & {Permission.SEE_BOARD, Permission.ENTER_SHEET}:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if Permission.MANAGE_ACCOUNTS in held:
        return redirect("accounts:accounts")
    return redirect("record:audit" if Permission.READ_AUDIT in held else "accounts:own")
