"""A year's codes file: compared with what stands, decided difference by difference, carried out all or nothing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanzhi.apps.places import actions
from shanzhi.apps.places.forms.divisions import CODES_BYTES, CodesForm, DecisionsForm
from shanzhi.apps.places.models import CodesFile, PlaceChange
from shanzhi.apps.places.selectors import differences
from shanzhi.apps.places.views.county import county_for_settings
from shanzhi.apps.places.views.divisions import two_steps, typed, who
from shanzhi.web.refusals import attempt


@login_required
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Upload a codes file; one that waits is shown."""
    county = county_for_settings(request)
    form = CodesForm()
    if request.method == "POST":
        form = CodesForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read(CODES_BYTES)
            made: list[CodesFile] = []
            if attempt(
                form,
                lambda: made.append(
                    actions.compare_codes(
                        county=county, content=content, file_name=file.name, by=request.user.key
                    )
                ),
            ):
                return redirect("places:codes_decide", made[0].key)
    return render(request, "places/codes.html", {"form": form, "waiting": differences.waiting(county)})


@login_required
@require_http_methods(["GET", "POST"])
def codes_decide(request: HttpRequest, key: str) -> HttpResponse:
    """Every difference with a choice; then what that does; then it is done."""
    county_for_settings(request)
    file = get_object_or_404(CodesFile, key=key)
    changes = (
        [(differences.key(each), each) for each in differences.of(file)] if file.status == "waiting" else []
    )
    form = DecisionsForm(
        typed(request),
        changes=changes,
        standing=differences.standing_labels(),
        wanted=differences.file_labels(file),
    )

    def act() -> list[PlaceChange]:
        return actions.apply_codes(file=file, decisions=form.decisions, paper=form.paper, **who(request))

    return two_steps(
        request, form, act, title=_("Codes file: {name}").format(name=file.file_name), back=("places:codes",),
        template="places/codes_decide.html", file=file, number=len(changes),
    )  # fmt: skip


@login_required
@require_POST
def codes_drop(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a codes file away."""
    county_for_settings(request)
    actions.drop_codes(file=get_object_or_404(CodesFile, key=key), by=request.user.key)
    messages.success(request, _("The file was thrown away; nothing was changed."))
    return redirect("places:codes")
