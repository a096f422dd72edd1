"""Signing in through another house: an identity there opens the account that it is linked to, and none else.

django-allauth speaks with the provider; who comes in is decided here. It makes no account and compares no e-mail.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.dingtalk.views import oauth2_callback as dingtalk_back
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import callback as oidc_back
from allauth.socialaccount.providers.weixin.views import oauth2_callback as weixin_back
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import LinkForm, PasswordForm
from shanzhi.apps.accounts.views import entering
from shanzhi.web.refusals import Refused, attempt

BACK = {"oidc": lambda request: oidc_back(request, "oidc"), "weixin": weixin_back, "dingtalk": dingtalk_back}
SIGN_IN, LINK = "login", "connect"


@never_cache
@require_GET
def go(request: HttpRequest, provider: str) -> HttpResponse:
    """To the provider, to sign in there."""
    _known(provider)
    if request.user.is_authenticated:
        return entering.go_on(request)
    address = _address(request, provider, SIGN_IN, next_url=entering.wanted(request) or None)
    return redirect(address) if address else _failed(request, provider)


@never_cache
@require_GET
def back(request: HttpRequest, provider: str = "", provider_id: str = "") -> HttpResponse:
    """From the provider, with who signed in there."""
    provider = provider or provider_id
    _known(provider)
    try:
        return BACK[provider](request)
    except (
        KeyError,
        ValueError,
        RequestException,
        OAuth2Error,
    ):  # an answer that is not what the protocol says
        return _failed(request, provider)


class Adapter(DefaultSocialAccountAdapter):
    """Where django-allauth asks what to do with somebody who signed in elsewhere: everything is decided here."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        provider, uid = sociallogin.account.provider, sociallogin.account.uid
        act = _link if sociallogin.state.get("process") == LINK else _let_in
        raise ImmediateHttpResponse(act(request, provider, uid, sociallogin.state))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_more: Any) -> NoReturn:
        raise ImmediateHttpResponse(_failed(request, provider.sub_id))


def _let_in(request: HttpRequest, provider: str, uid: str, state: dict[str, Any]) -> HttpResponse:
    """Only the account that the identity is linked to; its second step and its lock hold here too."""
    if request.user.is_authenticated:
        return entering.go_on(request)
    identity = selectors.outside_identity(provider, uid)
    if identity is None or not identity.account.is_active:
        actions.note_refused(provider=provider, account=identity and identity.account)
        return render(
            request, "accounts/outside_unknown.html", {"name": selectors.provider_name(provider)}, status=403
        )
    if entering.is_locked_out(request, identity.account):
        return redirect("accounts:sign_in")  # never seen: the page that says it is locked takes its place
    request.GET = request.GET.copy()
    request.GET["next"] = state.get("next") or ""
    return entering.admit(request, identity.account, how=provider)


def _link(request: HttpRequest, provider: str, uid: str, state: dict[str, Any]) -> HttpResponse:
    """The identity signs in whoever began this, in the same browser, with his password."""
    if not request.user.is_authenticated or (state.get("data") or {}).get("account") != request.user.key:
        return _failed(request, provider)
    try:
        actions.link_outside(account=request.user, provider=provider, uid=uid, by=request.user.key)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request,
            _("Linked. From now on {name} signs you in, too.").format(name=selectors.provider_name(provider)),
        )
    return redirect("accounts:own")


@login_required
@never_cache
@sensitive_post_parameters("password")
def link(request: HttpRequest, provider: str) -> HttpResponse:
    """Link an identity to one's own account: the password first, then a link to the provider.

    A link and not a redirect: the content security policy lets no form lead to another site.
    """
    _known(provider)
    form = PasswordForm(request.user, request.POST or None)
    address = ""
    if form.is_bound and form.is_valid():
        address = _address(request, provider, LINK, data={"account": request.user.key})
        if not address:
            return _failed(request, provider)
    shown = {"form": form, "address": address, "name": selectors.provider_name(provider)}
    return render(request, "accounts/outside_link.html", shown)


@login_required
@require_POST
def unlink(request: HttpRequest, key: str) -> HttpResponse:
    """Undo a link of one's own."""
    actions.unlink_outside(identity=access.identity_of(request.user, key), by=request.user.key)
    messages.success(request, _("The link is undone."))
    return redirect("accounts:own")


@login_required
@never_cache
def account_link(request: HttpRequest, key: str) -> HttpResponse:
    """An operator links an identity by its number, as the provider's own list of staff gives it."""
    shown = access.account_for(request.user, key)
    if not settings.OUTSIDE:
        raise Http404
    form = LinkForm(selectors.providers(), request.POST or None)
    if form.is_bound and form.is_valid():
        if attempt(
            form, lambda: actions.link_outside(account=shown, **form.cleaned_data, by=request.user.key)
        ):
            messages.success(request, _("The identity is linked to this account."))
            return redirect("accounts:account", key)
    return render(request, "accounts/account_link.html", {"form": form, "account": shown})


@login_required
@require_POST
def account_unlink(request: HttpRequest, key: str, identity: str) -> HttpResponse:
    """An operator undoes a link."""
    shown = access.account_for(request.user, key)
    actions.unlink_outside(identity=access.identity_of(shown, identity), by=request.user.key)
    messages.success(request, _("The link is undone."))
    return redirect("accounts:account", key)


def _known(provider: str) -> None:
    if provider not in settings.OUTSIDE:
        raise Http404


def _address(request: HttpRequest, provider: str, process: str, **more: Any) -> str:
    """Where the provider asks who it is; "" when it cannot be reached."""
    try:
        answer = Adapter().get_provider(request, provider).redirect(request, process, **more)
    except (RequestException, KeyError, ValueError):
        return ""
    return answer.headers.get("Location", "")


def _failed(request: HttpRequest, provider: str) -> HttpResponse:
    name = selectors.provider_name(provider)
    return render(request, "accounts/outside_failed.html", {"name": name}, status=502)
