"""The one road into the house: by a password or an outside identity, then the second step, then what has to be done first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import ngettext

from shanzhi.apps.accounts import actions, selectors
from shanzhi.apps.accounts.forms import CodeForm
from shanzhi.apps.accounts.models import Account
from shanzhi.apps.accounts.views.kept import kept

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING = "waiting"  # in the session: who has shown a password and not yet the second step
PATIENCE = 10 * 60  # seconds for the second step
DUTIES = "first"  # in the session: what has to be done before anything else is open
BEGAN, SEEN = "began_at", "seen_at"  # in the session: since when, and when last (`config.sessions` ends it)
DUTY_PAGES = {
    "handed_over": "accounts:own_password",
    "old_password": "accounts:own_password",
    "second_factor": "accounts:second_factor",
}


def admit(request: HttpRequest, account: Account, *, how: str = "password") -> HttpResponse:
    """Somebody has shown who he is: ask for the second step, or let him in if he has none."""
    if not selectors.has_second_factor(account):
        return enter(request, account, how=how)
    now = int(timezone.now().timestamp())
    request.session[WAITING] = {
        "account": account.key, "tag": account.get_session_auth_hash(), "at": now, "how": how,
    }  # fmt: skip
    if request.POST.get("kept"):
        return second_page(request, CodeForm())
    asked = urlencode({"next": wanted(request)})
    return redirect(f"{reverse('accounts:second_step')}?{asked}")


def second_page(request: HttpRequest, form: CodeForm, tries_left: int | None = None) -> HttpResponse:
    """The page that asks for the code; it carries on what was typed before."""
    shown = {"form": form, "tries_left": tries_left} | carried(request)
    return render(request, "accounts/second_step.html", shown)


def waiting_for(request: HttpRequest) -> tuple[Account, str] | None:
    """Who has shown a password in this browser and not yet the second step, and how; None when that is too long ago."""
    held = request.session.get(WAITING)
    if not held or timezone.now().timestamp() - held["at"] > PATIENCE:
        return None
    account = Account.objects.filter(key=held["account"], is_active=True).first()
    if account is None or account.get_session_auth_hash() != held["tag"]:
        return None
    return account, held["how"]


def enter(request: HttpRequest, account: Account, *, how: str, second: str = "") -> HttpResponse:
    """Let somebody in, and lead him on."""
    failed = selectors.failures_since(account, account.last_login)
    request.session.pop(WAITING, None)
    auth.login(request, account, backend=BACKEND)
    actions.note_sign_in(account=account, how=how, second=second)
    if duties := selectors.duties(account):
        request.session[DUTIES] = duties
    if failed:
        messages.warning(
            request,
            ngettext(
                "Since you last signed in, %(number)d try with your name failed. If it was not you, tell your operator.",
                "Since you last signed in, %(number)d tries with your name failed. If it was not you, tell your operator.",
                failed,
            )
            % {"number": failed},
        )
    return go_on(request)


def go_on(request: HttpRequest, otherwise: str = "accounts:start") -> HttpResponse:
    """To what comes first, else to where the person was going; a form that was kept is shown, to be sent by whoever
    has signed in now."""
    if request.session.get(DUTIES):
        return first_duty(request, kept=request.POST.get("kept", ""), wanted=wanted(request))
    held = kept(request.POST.get("kept", ""))
    if held:
        return render(request, "accounts/send_again.html", {"held": held})
    return redirect(wanted(request) or reverse(otherwise))


def first_duty(request: HttpRequest, *, kept: str = "", wanted: str = "") -> HttpResponse:
    """The page of what has to be done first; with a kept form in between, so that it travels along."""
    page = reverse(DUTY_PAGES[request.session[DUTIES][0]])
    if kept:
        return render(request, "accounts/first.html", {"page": page, "kept": kept, "next": wanted})
    return redirect(f"{page}?{urlencode({'next': wanted})}" if wanted else page)


def done(request: HttpRequest, *duties: str) -> None:
    """One thing less to do."""
    if DUTIES in request.session:
        left = [duty for duty in request.session[DUTIES] if duty not in duties]
        request.session[DUTIES] = left


def has_to(request: HttpRequest, *duties: str) -> str:
    """The first of these that has to be done before anything else, or "" when none has."""
    return next((duty for duty in request.session.get(DUTIES, []) if duty in duties), "")


def carried(request: HttpRequest) -> dict[str, str]:
    """Where the person was going and what he had typed, from one page of this road to the next."""
    return {
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "kept": request.POST.get("kept", ""),
    }


def wanted(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of ours."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else ""


# Wrong codes count like wrong passwords: five of them, of either kind, lock the name.


def is_locked_out(request: HttpRequest, account: Account) -> bool:
    """Whether the name is locked; the answer to this request is then the page that says so."""
    credentials = {"username": account.username}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out, request.axes_credentials = True, credentials
    return True


def count_wrong_code(request: HttpRequest, account: Account) -> int:
    """Count and record a wrong code. How many tries are left."""
    user_login_failed.send(__name__, credentials={"username": account.username}, request=request)
    note_failed(request, account.username, how="code")
    return selectors.tries_left(request, account.username)


def note_failed(request: HttpRequest, username: str, *, how: str) -> None:
    """Record a failed try that was counted; the one that locks is recorded as that, too."""
    failures = getattr(request, "axes_failures_since_start", None)
    if failures is not None:
        actions.note_failure(username=username, how=how)
    if failures == settings.AXES_FAILURE_LIMIT:
        actions.note_lockout(username=username)


def note_browser(request: HttpRequest, user: Account, **_sent: Any) -> None:
    """Whoever signs in, by whatever road: his browser is noted, and its hours begin to count."""
    now: datetime = timezone.now()
    if not request.session.session_key:
        request.session.create()
    request.session[BEGAN] = request.session[SEEN] = int(now.timestamp())
    actions.begin_session(
        account=user, session_key=request.session.session_key,
        browser=selectors.browser_of(request.META.get("HTTP_USER_AGENT", "")), at=now,
    )  # fmt: skip
