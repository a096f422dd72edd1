"""The accounts that an operator looks after: making, showing and unlocking them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shanzhi.apps.accounts import access, actions, selectors
from shanzhi.apps.accounts.forms import NewAccountForm
from shanzhi.web.refusals import Refused

A_PAGE = 50


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
@require_POST
def unlock(request: HttpRequest, key: str) -> HttpResponse:
    actions.unlock(account=access.account_for(request.user, key), by=request.user.key)
    messages.success(request, _("The account can be signed in to again."))
    return redirect("accounts:account", key)
