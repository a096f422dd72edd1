"""Pages for villagers without an account: light, readable on an old phone, without any person's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from shanzhi.apps.elections.actions import checks
from shanzhi.apps.elections.selectors import public
from shanzhi.apps.places import selectors as places
from shanzhi.apps.portal.forms import RollCheckForm
from shanzhi.apps.record import selectors as record

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Place


@require_GET
def county(request: HttpRequest) -> HttpResponse:
    """The county: its townships and villages, and the newest results."""
    townships = places.tree(query=request.GET.get("q", "").strip())
    villages = [village.pk for _township, below in townships for village in below]
    return render(
        request,
        "portal/county.html",
        {
            "townships": townships,
            "stages": public.stages_of(villages),
            "results": public.latest_results(),
            "q": request.GET.get("q", ""),
        },
    )


@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    """One village: where its election stands, its notices and results, each with its proof."""
    place = _village(code)
    elections = list(public.elections_of(place))
    results = [
        (notice, record.shown(document))
        for election in elections
        for notice in election.notices.all()
        if notice.kind == "result" and (document := record.document(notice.document)) is not None
    ]
    return render(
        request,
        "portal/village.html",
        {"place": place, "elections": elections, "results": results, "roll": public.roll_to_ask(place)},
    )


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Is a name on the posted roll? Yes or no, and nothing more."""
    place = _village(code)
    roll = public.roll_to_ask(place)
    form = RollCheckForm(request.POST or None)
    reply = None
    if request.method == "POST" and roll is not None and form.is_valid():
        data = form.cleaned_data
        question = checks.Question(name=data["name"].replace(" ", ""), tail=data["tail"], code=data["code"])
        reply = checks.ask(
            roll=roll,
            question=question,
            client=request.META.get("REMOTE_ADDR", ""),
            today=timezone.localdate(),
        )
    shown = {"place": place, "roll": roll, "form": form, "reply": reply}
    response = render(
        request, "portal/check.html", shown, status=429 if reply == checks.Reply.TOO_OFTEN else 200
    )
    response["Cache-Control"] = "no-store"
    return response


def _village(code: str) -> Place:
    place = places.by_code(code)
    if place is None or place.kind not in {"village", "community"}:
        raise Http404
    return place
