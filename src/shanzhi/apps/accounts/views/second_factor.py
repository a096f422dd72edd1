"""One's own second step: tying a phone, codes for paper, another phone, doing without."""

from __future__ import annotations

import secrets

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shanzhi.apps.accounts import actions, selectors
from shanzhi.apps.accounts.forms import CodeForm, SetUpForm
from shanzhi.apps.accounts.forms.second_factor import read_secret, signed_secret
from shanzhi.apps.accounts.models import Account
from shanzhi.apps.accounts.views import entering
from shanzhi.core import otp
from shanzhi.web.refusals import attempt


@login_required
@never_cache
@sensitive_post_parameters()
def second_factor(request: HttpRequest) -> HttpResponse:
    """Tie a phone to the account, the first one or another; a code that it shows confirms it."""
    account = request.user
    asks = {
        "first": bool(entering.has_to(request, "second_factor")),
        "replaces": selectors.has_second_factor(account),
    }
    sent = request.POST if "code" in request.POST else None
    secret = (sent and read_secret(account, sent.get("secret", ""))) or secrets.token_bytes(otp.SECRET_BYTES)
    form = SetUpForm(account, sent, initial={"secret": signed_secret(account, secret)}, **asks)
    if sent and form.is_valid() and _old_is_right(request, form):
        told: list[str] = []
        if attempt(form, lambda: told.extend(_tie(account, form))):
            entering.done(request, "second_factor")
            return codes_page(request, told)
    if "secret" in form.errors:  # the page was too old: a new picture, to be scanned anew
        form.data = form.data.copy()
        form.data["secret"] = signed_secret(account, secret)
    address = selectors.phone_address(secret, name=account.username, issuer=_issuer())
    shown = {
        "form": form,
        "secret": otp.spelled(secret),
        "picture": _picture(address),
        "address": address,
        **asks,
    }
    return render(request, "accounts/second_factor.html", shown | entering.carried(request))


@login_required
@never_cache
@sensitive_post_parameters()
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes for paper, for somebody who shows a code; the old ones hold no more."""
    if not selectors.has_second_factor(request.user):
        return redirect("accounts:second_factor")
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid() and _is_right(request, form, "code"):
        return codes_page(request, actions.new_recovery_codes(account=request.user, by=request.user.key))
    shown = {"form": form, "left": selectors.recovery_codes_left(request.user)}
    return render(request, "accounts/recovery_codes.html", shown)


@login_required
@never_cache
@sensitive_post_parameters()
def second_factor_remove(request: HttpRequest) -> HttpResponse:
    """Sign in with the password alone from now on, where the county leaves that open."""
    if not selectors.has_second_factor(request.user) or selectors.second_factor_required():
        return redirect("accounts:own")
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid() and _is_right(request, form, "code"):
        if attempt(form, lambda: actions.remove_second_factor(account=request.user, by=request.user.key)):
            messages.success(request, _("From now on you sign in with your password alone."))
            return redirect("accounts:own")
    return render(request, "accounts/second_factor_remove.html", {"form": form})


def codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The codes for paper: shown in this answer only."""
    shown = {"codes": codes, "today": timezone.localdate(), "county": _issuer()} | entering.carried(request)
    return render(request, "accounts/codes.html", shown)


def _tie(account: Account, form: SetUpForm) -> list[str]:
    return actions.set_up_second_factor(
        account=account, secret=form.cleaned_data["secret"], code=form.cleaned_data["code"],
        at=timezone.now(), by=account.key,
    )  # fmt: skip


def _old_is_right(request: HttpRequest, form: SetUpForm) -> bool:
    return "old" not in form.fields or _is_right(request, form, "old")


def _is_right(request: HttpRequest, form: SetUpForm | CodeForm, field: str) -> bool:
    """Whether the code in this field holds. It is used up; a wrong one counts like one at the sign-in."""
    if entering.is_locked_out(request, request.user):
        return False
    typed = form.cleaned_data[field]
    if actions.check_code(account=request.user, typed=typed, at=timezone.now()):
        return True
    entering.count_wrong_code(request, request.user)
    form.add_error(
        field, _("This code is not right, or it was used already. Wait for the next one and type that.")
    )
    return False


def _picture(address: str) -> str:
    """The QR code as an address that a page may show: a picture in itself."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4, light="#ffffff")


def _issuer() -> str:
    county = import_string(settings.COUNTY)()
    return _("Shanzhi {county}").format(county=county[1]) if county else _("Shanzhi")
