"""Pages where entries that may be one person lie side by side, and where villages ask each other for a person."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.apps.accounts import access as accounts
from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.places import access, actions, selectors
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.forms import ClaimAnswerForm, ClaimForm, ShownReasonForm
from shanzhi.apps.places.models import Person
from shanzhi.apps.places.selectors import duplicates as found
from shanzhi.apps.places.selectors import rooms
from shanzhi.web.refusals import attempt

PAIRS_A_PAGE = 30


@login_required
@never_cache
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one person, and open claims, in the villages whose records one keeps."""
    scopes = accounts.scopes_with(request.user, Permission.EDIT_PEOPLE)
    if not scopes:
        raise Http404
    pairs = found.duplicates(scopes)
    page = Paginator(pairs, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    claims = [
        (each, _is_under(each.held_by.scopes, scopes), _is_under(each.claimed_for.scopes, scopes))
        for each in found.claims(scopes)
    ]
    shown = {"page": page, "claims": claims, "without": found.without_number(scopes).count(), "most": found.AT_MOST,
             "rows": [(pair, *_first_edited(pair, scopes)) for pair in page]}  # fmt: skip
    return render(request, "places/duplicates.html", shown)


def _is_under(lineage: frozenset[int], scopes: set[int]) -> bool:
    return not lineage.isdisjoint(scopes)


def _first_edited(pair: found.Pair, scopes: set[int]) -> tuple[Person, Person]:
    """The entry that would end, when one keeps its records; else the other one."""
    if _is_under(pair.goes.place.scopes, scopes):
        return pair.goes, pair.stays
    return pair.stays, pair.goes


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """Two entries side by side; sent, the first ends in the second."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    twin = access.twin_for(request.user, who, other)
    form = ShownReasonForm(request.POST or None, prefix="same")
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if attempt(
            form,
            lambda: actions.merge(
                person=who, into=twin, today=today, by=request.user.key, **form.cleaned_data
            ),
        ):
            messages.success(
                request, _("The entries are one. What other records hold of both is kept and found.")
            )
            return redirect("places:person", who.key)
    return _side_by_side(request, who, twin, form, ShownReasonForm(prefix="apart"))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def apart(request: HttpRequest, key: str, other: str) -> HttpResponse:
    """The same page; sent, the two are two people."""
    who = access.person_for(request.user, key, Permission.EDIT_PEOPLE)
    twin = access.twin_for(request.user, who, other)
    form = ShownReasonForm(request.POST or None, prefix="apart")
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if attempt(
            form,
            lambda: actions.keep_apart(
                person=who, other=twin, today=today, by=request.user.key, **form.cleaned_data
            ),
        ):
            messages.success(request, _("Noted: two people. The pair is not shown again."))
            return redirect("places:duplicates")
    return _side_by_side(request, who, twin, ShownReasonForm(prefix="same"), form)


def _side_by_side(
    request: HttpRequest, who: Person, twin: Person, same_form: ShownReasonForm, apart_form: ShownReasonForm
) -> HttpResponse:
    sides = [_side(request, who), _side(request, twin)]
    shown = {
        "who": who, "twin": twin, "pair": found.pair_of(who, twin), "sides": sides,
        "same_form": same_form, "apart_form": apart_form, "ties": rooms.ties([who.pk]).get(who.pk, []),
        "may_turn": access.may_edit(request.user, twin),
    }  # fmt: skip
    return render(request, "places/same.html", shown)


def _side(request: HttpRequest, person: Person) -> dict[str, object]:
    """What is shown of one entry: of a village that the reader does not see, its name alone."""
    seen = access.may_see(request.user, person)
    return {
        "person": person, "seen": seen, "edits": access.may_edit(request.user, person),
        "number": selectors.masked_id(person) if seen else "",
        "phone": selectors.masked_phone(person) if seen else "", "has_number": person.id_sealed is not None,
        "kin": selectors.kin_of(person) if seen else [],
        "sections": rooms.sections([person.pk]) if seen else [],
    }  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def merge_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take a merge back. Asks first."""
    decision = access.decision_for(request.user, key)
    if request.method == "POST":
        try:
            actions.take_back_merge(decision=decision, today=timezone.localdate(), by=request.user.key)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        return redirect("places:person", decision.person.key)
    return render(request, "places/merge_back.html", {"decision": decision})


@login_required
@sensitive_post_parameters("id_number")
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """A village asks another one for somebody who is in that one's records."""
    place = access.place_for(request.user, code, Permission.EDIT_PEOPLE)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if attempt(
            form, lambda: actions.claim(place=place, today=today, by=request.user.key, **form.cleaned_data)
        ):
            messages.success(
                request,
                _("The other village has been asked. Its answer stands under “Duplicates and claims”."),
            )
            return redirect("places:duplicates")
    return render(request, "places/claim.html", {"form": form, "place": place})


@login_required
@require_http_methods(["GET", "POST"])
def claim_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Hand the person over, or say why not."""
    asked = access.claim_for(request.user, key)
    form = ClaimAnswerForm(request.POST or None, initial={"residence": asked.person.residence})
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        if attempt(
            form,
            lambda: actions.answer_claim(claim=asked, today=today, by=request.user.key, **form.cleaned_data),
        ):
            messages.success(request, _("The answer is on record."))
            return redirect("places:duplicates")
    return render(request, "places/claim_answer.html", {"form": form, "claim": asked})


@login_required
@require_POST
def claim_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """The asking village no longer asks."""
    asked = access.claim_for(request.user, key, of_asking_village=True)
    actions.withdraw_claim(claim=asked, today=timezone.localdate(), by=request.user.key)
    return redirect("places:duplicates")
