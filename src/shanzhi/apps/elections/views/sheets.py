"""The ballots account and the count sheets: typed twice, compared, settled."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access
from shanzhi.apps.elections.actions import outcomes
from shanzhi.apps.elections.actions import sheets as act
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.forms import ReasonForm, SheetForm, new_token
from shanzhi.apps.elections.models import Sheet
from shanzhi.apps.elections.selectors import sheets as entries
from shanzhi.web.refusals import attempt

MOST_BATCHES = 999  # twenty papers and more each: no village has so many


@login_required
@require_GET
def sheets(request: HttpRequest, key: str) -> HttpResponse:
    """Every sheet and where its two entries stand."""
    election = access.election_for(request.user, key, Permission.ENTER_SHEET, Permission.SETTLE_SHEET)
    pairs = entries.pairs(election)
    progress = entries.progress(pairs)
    totals = entries.totals(election) if election.stage == "counting" else None
    return render(
        request,
        "elections/sheets.html",
        {
            "election": election,
            "pairs": pairs,
            "progress": progress,
            "complete": totals is not None and totals.papers == totals.collected,
            "next_batch": 1 + max(pair.batch for pair in pairs),
            "me": request.user.key,
            "may_enter": access.may(request.user, election, Permission.ENTER_SHEET),
            "may_write_in": election.kind in {"first", "whole"},
            "may_settle": access.may(request.user, election, Permission.SETTLE_SHEET),
            "may_run": access.may(request.user, election, Permission.RUN_ELECTION),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def open_count(request: HttpRequest, key: str) -> HttpResponse:
    """The polls have closed: asked once, because proxies and corrections end with it."""
    election = access.election_for(request.user, key, Permission.RUN_ELECTION)
    if request.method == "GET":
        return render(request, "elections/open_count.html", {"election": election})
    try:
        outcomes.open_count(election=election, today=timezone.localdate(), by=request.user.key)
    except Refused as refusal:
        found = {"election": election, "refusal": refusal, "findings": getattr(refusal, "findings", ())}
        return render(request, "elections/refused.html", found, status=409)
    return redirect("elections:sheets", key)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, key: str, kind: str, batch: int) -> HttpResponse:
    """Type one sheet. What the other teller typed is not shown."""
    election = access.election_for(request.user, key, Permission.ENTER_SHEET)
    pair = _pair(election, kind, batch)
    form = SheetForm(request.POST or None, pair=pair, initial={"token": new_token()})
    if request.method == "POST" and form.is_valid() and attempt(form, _entry(request, election, pair, form)):
        after = entries.pair(election, kind, batch)
        if after.state == entries.State.DIFFERS:
            messages.warning(
                request, _("Both entries are in and they differ. Look at the papers and settle it.")
            )
        else:
            messages.success(request, _("The sheet has been saved."))
        return redirect("elections:sheets", key)
    return render(
        request,
        "elections/sheet_enter.html",
        {"form": form, "election": election, "pair": pair, "posts": _posts(form)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, key: str, kind: str, batch: int) -> HttpResponse:
    """The two entries side by side; settle what differs."""
    election = access.election_for(request.user, key, Permission.SETTLE_SHEET)
    pair = _pair(election, kind, batch)
    agreed = {row.field: row.first for row in pair.rows if not row.differs}
    form = SheetForm(
        request.POST or None, pair=pair, with_reason=True, initial={"token": new_token(), **agreed}
    )
    if request.method == "POST" and form.is_valid():
        if attempt(
            form,
            lambda: act.settle(
                election=election, kind=kind, batch=batch, numbers=form.numbers, by=request.user.key,
                reason=form.cleaned_data["reason"], token=form.token_of_these_numbers,
            ),
        ):  # fmt: skip
            messages.success(request, _("The difference is settled; both entries stay in the record."))
            return redirect("elections:sheets", key)
    rows = [(row, form[row.field]) for row in pair.rows]
    return render(
        request,
        "elections/sheet_settle.html",
        {"form": form, "election": election, "pair": pair, "rows": rows},
    )


@login_required
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, key: str, kind: str, batch: int) -> HttpResponse:
    """Put both entries of a sheet aside and count its papers again."""
    election = access.election_for(request.user, key, Permission.SETTLE_SHEET)
    pair = _pair(election, kind, batch)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(
            form,
            lambda: act.count_again(
                election=election, kind=kind, batch=batch, reason=reason, by=request.user.key
            ),
        ):
            return redirect("elections:sheets", key)
    return render(request, "elections/sheet_again.html", {"form": form, "election": election, "pair": pair})


def _pair(election: object, kind: str, batch: int) -> entries.Pair:
    if kind not in Sheet.Kind.values or (kind == Sheet.Kind.ACCOUNT) != (batch == 0) or batch > MOST_BATCHES:
        raise Http404
    return entries.pair(election, kind, batch)


def _entry(
    request: HttpRequest, election: object, pair: entries.Pair, form: SheetForm
) -> Callable[[], object]:
    return lambda: act.enter(
        election=election, kind=pair.kind, batch=pair.batch, numbers=form.numbers,
        token=form.token_of_these_numbers, by=request.user.key,
    )  # fmt: skip


def _posts(form: SheetForm) -> list[tuple[str, list[object]]]:
    """The form's fields as the paper has them: papers first, then the candidates post by post."""
    groups: dict[str, list[object]] = {}
    for row in form.pair.rows:
        groups.setdefault(row.candidate.post if row.candidate else "", []).append(form[row.field])
    return list(groups.items())
