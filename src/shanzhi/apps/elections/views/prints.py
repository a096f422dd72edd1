"""Papers to print: what was published, the named roll, slips. Each print is recorded."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from shanzhi.apps.accounts.roles import Permission
from shanzhi.apps.elections import access, prints
from shanzhi.apps.elections.actions.notices import record_print
from shanzhi.apps.elections.errors import Refused
from shanzhi.apps.elections.models import Election, Notice, RollLine
from shanzhi.apps.elections.selectors import rolls
from shanzhi.web.print import MissingGlyphs


@login_required
@require_GET
def sheet(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """A notice by its number in the public log, or all slips ("slips")."""
    election = access.election_for(request.user, key, Permission.PRINT)
    return _printed(request, election, what, what, lambda: _body(election, what))


@login_required
@require_GET
def slip(request: HttpRequest, key: str, line_key: str) -> HttpResponse:
    """One villager's own proof, printed at the village desk."""
    election = access.election_for(request.user, key, Permission.PRINT)
    line = get_object_or_404(
        RollLine.objects.select_related("roll"), key=line_key, roll__election=election.roll_holder, listed=True,
        struck_off=False, salt_sealed__isnull=False,
    )  # fmt: skip
    return _printed(request, election, f"slip:{line.key}", "slip", lambda: prints.own_slip(election, line))


def _printed(
    request: HttpRequest, election: Election, what: str, name: str, make: Callable[[], bytes]
) -> HttpResponse:
    """The paper, recorded; or why it cannot be printed now, and then nothing is recorded."""
    try:
        body = make()
    except (MissingGlyphs, Refused) as missing:
        refusal = missing if isinstance(missing, Refused) else Refused(str(missing))
        return render(
            request, "elections/refused.html", {"election": election, "refusal": refusal}, status=409
        )
    record_print(election=election, what=what, by=request.user.key)
    return _pdf(body, f"{election.village.code}-{name}")


def _body(election: Election, what: str) -> bytes:
    if what == "slips":
        if not rolls.has_codes(election):
            raise Http404
        return prints.slips(election, rolls.posted(election))
    return prints.notice(election, _notice(election, what))


def _notice(election: Election, what: str) -> Notice:
    if not (what.isascii() and what.isdigit()):
        raise Http404
    return get_object_or_404(Notice, election=election, document=int(what))


def _pdf(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
