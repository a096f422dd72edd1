"""What the elections room holds of a person, for the ground floor: the printout, merging, deletion."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from shanzhi.apps.elections.models import Candidate, Declaration, Mandate, Objection, RollLine
from shanzhi.apps.places.selectors.rooms import Section
from shanzhi.web import wording

OPEN = (Candidate.Status.PROPOSED, Candidate.Status.STANDING)


def sections(ids: list[int]) -> list[Section]:
    """Lines of rolls, candidacies, proxies, declarations and objections, each as a table."""
    return [_lines(ids), _candidacies(ids), _mandates(ids), _declarations(ids), _objections(ids)]


def ties(ids: list[int]) -> dict[int, list[str]]:
    """Candidacies, proxies and objections of elections that have not been announced."""
    found: dict[int, list[str]] = {}
    standing = Candidate.objects.filter(person__in=ids, status__in=OPEN).exclude(election__stage="announced")
    for pk, village in standing.values_list("person_id", "election__village__name"):
        found.setdefault(pk, []).append(_("stands in the election of {village}").format(village=village))
    live = Mandate.objects.filter(ended_on=None).exclude(election__stage="announced")
    for side in ("principal", "holder"):
        held = live.filter(**{f"{side}__person__in": ids})
        for pk, village in held.values_list(f"{side}__person_id", "election__village__name"):
            found.setdefault(pk, []).append(
                _("has a proxy in the election of {village}").format(village=village)
            )
    waiting = Objection.objects.filter(person__in=ids, verdict="").values_list(
        "person_id", "roll__election__village__name"
    )
    for pk, village in waiting:
        found.setdefault(pk, []).append(_("an objection in {village} is not decided").format(village=village))
    return found


def kept(ids: list[int]) -> set[int]:
    """Whoever stands in a record of a vote: old results and proofs have to verify."""
    tables = (RollLine, Candidate, Declaration, Objection)
    return {
        pk
        for table in tables
        for pk in table.objects.filter(person__in=ids).values_list("person_id", flat=True)
    }


def _where(election: object) -> str:
    return f"{election.village.full_name} {election.election_day or ''}".strip()


def _lines(ids: list[int]) -> Section:
    rows = (
        RollLine.objects.filter(person__in=ids)
        .select_related("roll__election__village__parent")
        .order_by("pk")
    )
    return Section(
        _("Lines of voter rolls"),
        (_("Election"), _("Number"), _("Listed"), _("As posted")),
        tuple(
            (
                _where(line.roll.election), str(line.number or "—"),
                _("struck off") if line.struck_off else {True: _("yes"), False: _("no"), None: _("unknown")}[line.listed],
                line.name,
            )
            for line in rows
        ),
    )  # fmt: skip


def _candidacies(ids: list[int]) -> Section:
    rows = Candidate.objects.filter(person__in=ids).select_related("election__village__parent").order_by("pk")
    return Section(
        _("Candidacies"),
        (_("Election"), _("Post"), _("Standing"), _("Reason")),
        tuple(
            (
                _where(each.election), str(wording.POSTS.get(each.post, each.post)),
                str(each.get_status_display()), each.reason,
            )
            for each in rows
        ),
    )  # fmt: skip


def _mandates(ids: list[int]) -> Section:
    sides = Q(principal__person__in=ids) | Q(holder__person__in=ids)
    rows = (
        Mandate.objects.filter(sides).select_related("election__village__parent", "principal").order_by("pk")
    )
    return Section(
        _("Proxies"),
        (_("Election"), _("Side"), _("Written on"), _("Reason")),
        tuple(
            (
                _where(each.election), _("voter") if each.principal.person_id in ids else _("holder"),
                str(each.written_on), each.reason if each.principal.person_id in ids else "—",
            )
            for each in rows
        ),
    )  # fmt: skip


def _declarations(ids: list[int]) -> Section:
    rows = (
        Declaration.objects.filter(person__in=ids).select_related("election__village__parent").order_by("pk")
    )
    return Section(
        _("Declarations"),
        (_("Election"), _("What was declared"), _("On"), _("Note")),
        tuple(
            (_where(each.election), str(each.get_kind_display()), str(each.made_on), each.note)
            for each in rows
        ),
    )


def _objections(ids: list[int]) -> Section:
    rows = (
        Objection.objects.filter(person__in=ids)
        .select_related("roll__election__village__parent")
        .order_by("pk")
    )
    return Section(
        _("Objections about this person"),
        (_("Election"), _("What is objected"), _("Received on"), _("Verdict")),
        tuple(
            (
                _where(each.roll.election),
                each.says,
                str(each.filed_on),
                str(each.get_verdict_display() or "—"),
            )
            for each in rows
        ),
    )
