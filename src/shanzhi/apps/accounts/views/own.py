"""One's own account: password, where one is signed in, what one looked at."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import OwnPasswordForm
from shanzhi.apps.accounts.views import entering
from shanzhi.apps.accounts.views.passwords import set_password

A_PAGE = 50


@login_required
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    account = request.user
    shown = {
        "roles": selectors.roles_held(account),
        "has_second_factor": selectors.has_second_factor(account),
        "required": selectors.second_factor_required(),
        "codes_left": selectors.recovery_codes_left(account),
        "sessions": selectors.open_sessions(account).count(),
        "outside": selectors.links_of(account),
    }
    return render(request, "accounts/own.html", shown)


@login_required
@never_cache
@sensitive_post_parameters()
def own_password(request: HttpRequest) -> HttpResponse:
    """Another password, by somebody who knows the old one."""
    sent = request.POST if "old" in request.POST else None
    form = OwnPasswordForm(request.user, sent)
    old_key = request.session.session_key
    if sent and form.is_valid() and set_password(form, request.user, by=request.user.key, keep=old_key):
        update_session_auth_hash(request, request.user)
        actions.move_session(old=old_key, new=request.session.session_key)
        entering.done(request, "handed_over", "old_password")
        messages.success(request, _("Your password is changed. Other devices were signed out."))
        return entering.go_on(request, otherwise="accounts:own")
    duty = entering.has_to(request, "handed_over", "old_password")
    return render(
        request, "accounts/own_password.html", {"form": form, "duty": duty} | entering.carried(request)
    )


@login_required
@never_cache
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in now."""
    here = request.session.session_key
    rows = [
        (each, selectors.browser_words(each.browser), each.session_key == here)
        for each in selectors.open_sessions(request.user)
    ]
    return render(
        request, "accounts/sessions.html", {"rows": rows, "others": any(not own for *_, own in rows)}
    )


@login_required
@require_POST
def session_end(request: HttpRequest, key: str) -> HttpResponse:
    """Sign one other browser out."""
    session = access.session_of(request.user, key)
    if session.session_key == request.session.session_key:
        messages.info(request, _("This is the browser you are using. “Sign out” is at the top of the page."))
    else:
        actions.end_session(session=session, by=request.user.key)
        messages.success(request, _("That browser is signed out."))
    return redirect("accounts:sessions")


@login_required
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Sign every other browser out."""
    ended = actions.end_sessions(account=request.user, by=request.user.key, keep=request.session.session_key)
    messages.success(
        request,
        ngettext(
            "%(number)d other browser was signed out.", "%(number)d other browsers were signed out.", ended
        )
        % {"number": ended},
    )
    return redirect("accounts:sessions")


@login_required
@never_cache
@require_GET
def own_looks(request: HttpRequest) -> HttpResponse:
    """What one looked at oneself."""
    page = Paginator(selectors.looks_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "lines": selectors.looks_told(request.user, page.object_list)}
    return render(request, "accounts/own_looks.html", shown)
