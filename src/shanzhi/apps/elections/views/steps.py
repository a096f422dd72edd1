"""What comes next on the page of an election: the steps of its stage, one main button, and a way on past every stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanzhi.apps.elections.selectors import mandates, sheets
from shanzhi.apps.elections.selectors.overview import Overview

if TYPE_CHECKING:
    from shanzhi.apps.elections.models import Election
    from shanzhi.core.law.findings import Finding


@dataclass(frozen=True, slots=True)
class Step:
    """One step: done, now, or later; `label` is what its button says, `post` whether the button changes something."""

    title: str
    url: str
    done: bool = False
    note: str = ""
    label: str = ""
    post: bool = False
    ready: bool = True  # not ready: waits for its day, or for a step before it
    state: str = "later"  # set by `steps`


@dataclass(frozen=True, slots=True)
class Now:
    """The steps of a stage, and the one whose button is the main one (None when nothing can be pressed yet)."""

    steps: list[Step]
    main: Step | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A finding that stops, and how to go on: where to mend it, and whether a person may decide instead."""

    finding: Finding
    label: str
    url: str
    decide: str


def steps(election: Election, page: Overview) -> Now:
    """The steps of the election's stage; the first that is not done and can be done now is the main one."""
    listed = _STAGES[election.stage](election, page)
    main = next((each for each in listed if not each.done and each.ready), None)
    return Now([_marked(each, main) for each in listed], main)


def _marked(step: Step, main: Step | None) -> Step:
    state = "done" if step.done else "now" if step is main else "later"
    return Step(step.title, step.url, step.done, step.note, step.label, step.post, step.ready, state)


def _at(election: Election, page: str, *more: object) -> str:
    return reverse(f"elections:{page}", args=[election.key, *more])


def _recorded(page: Overview, kind: str) -> bool:
    return any(each.kind == kind for each in page.attestations)


def _planned(election: Election, page: Overview) -> list[Step]:
    roster = (
        f"{reverse('tables:upload', args=['roster', election.village.code])}?next={_at(election, 'election')}"
    )
    planned = bool(election.election_day and election.seats)
    return [
        Step(_("Import the village's roster"), roster, page.has_people),
        Step(_("Set the election day and the seats"), _at(election, "plan"), planned),
        Step(
            _("Record who chose the election committee, and when"),
            f"{_at(election, 'attest')}?kind=election_committee",
            _recorded(page, "election_committee"),
            label=_("Record the election committee"),
        ),
        Step(
            _("Make the voter roll"), _at(election, "roll"),
            note=_("Everybody gets a line with the rule and the reason, on the roll or not."),
            ready=page.has_people and planned,
        ),
    ]  # fmt: skip


def _roll(election: Election, _page: Overview) -> list[Step]:
    return [
        Step(
            _("Record what those away and those from elsewhere say"), _at(election, "declare"), done=True,
            note=_("After that, make the roll anew: their lines follow from what they said."),
        ),
        Step(
            _("Read the roll line by line with the village, then post it"), _at(election, "roll"),
            label=_("Open the roll"),
        ),
    ]  # fmt: skip


def _roll_posted(election: Election, page: Overview) -> list[Step]:
    undecided = sum(duty.step == "objection_decided" for duty in page.duties)
    return [
        _print(election, page, "roll", _("Print the roll and put it on the board")),
        Step(
            _("Take up objections, and decide each within three days of receipt"), _at(election, "objections"),
            done=not undecided, label=_("Decide the objections"),
            note=ngettext("%(n)d objection waits.", "%(n)d objections wait.", undecided) % {"n": undecided} if undecided else "",
        ),
        Step(
            _("When the five days are over, go on to the candidates"), _at(election, "open_candidates"),
            label=_("Go on to the candidates"), post=True, ready=not page.open_stops,
        ),
    ]  # fmt: skip


def _candidates(election: Election, page: Overview) -> list[Step]:
    waiting = [each for each in election.candidates.all() if each.status == "proposed"]
    standing = [each for each in election.candidates.all() if each.status == "standing"]
    first = [
        Step(_("Set the day of this vote"), _at(election, "day"), bool(election.election_day)),
        Step(
            _("Enter the nominees, look at what the rules find, and decide for each"), _at(election, "candidates"),
            done=bool(standing) and not waiting, label=_("Open the candidates"),
            note=ngettext("%(n)d nominee has not been decided on.", "%(n)d nominees have not been decided on.", len(waiting))
            % {"n": len(waiting)} if waiting else "",
        ),
    ]  # fmt: skip
    if election.kind in {"first", "whole"}:
        first.append(Step(
            _("Record when and by whom candidates were nominated"), f"{_at(election, 'attest')}?kind=nomination",
            _recorded(page, "nomination"), label=_("Record the nomination"),
        ))  # fmt: skip
    return [
        *first,
        Step(
            _("Post the list of candidates"), _at(election, "candidates_post"),
            ready=bool(standing) and not waiting and not page.open_stops,
        ),
    ]  # fmt: skip


def _voting(election: Election, page: Overview) -> list[Step]:
    behind = mandates.not_on_board(election)
    return [
        _print(election, page, "candidates", _("Print the candidates and put them on the board")),
        Step(
            _("Accept written proxies, and post the names of both sides before the day"), _at(election, "mandates"),
            done=not behind, label=_("Proxies"),
            note=ngettext("%(n)d proxy is not on the board.", "%(n)d proxies are not on the board.", behind) % {"n": behind}
            if behind else "",
        ),
        Step(
            _("Hold the vote; when the polls have closed, open the count"), _at(election, "open_count"),
            label=_("The polls have closed: open the count"), ready=not page.open_stops,
        ),
    ]  # fmt: skip


def _counting(election: Election, _page: Overview) -> list[Step]:
    pairs = sheets.pairs(election)
    how_far = sheets.progress(pairs)
    differ, agreed = how_far["differs"], bool(sheets.totals(election))
    full = agreed and how_far["papers"] == how_far["collected"]
    outcome = getattr(election, "outcome", None) is not None
    return [
        Step(
            _("Two tellers type the ballots account, each alone"), _at(election, "sheets"),
            done=pairs[0].state == "agreed", label=_("Count sheets"),
        ),
        Step(
            _("Two tellers type every count sheet; settle what differs"), _at(election, "sheets"),
            done=full, label=_("Count sheets"),
            note=ngettext("%(n)d sheet differs.", "%(n)d sheets differ.", differ) % {"n": differ} if differ else "",
        ),
        Step(_("Read the outcome with its reasons"), _at(election, "outcome"), done=outcome and full, ready=full,
             label=_("Reckon and read the outcome")),
        Step(_("Announce the result on the spot"), _at(election, "outcome"), ready=outcome and full,
             label=_("To the announcement")),
    ]  # fmt: skip


def _announced(election: Election, page: Overview) -> list[Step]:
    step = _print(election, page, "result", _("Print the notice of the result and put it on the board"))
    public = reverse("portal:village", args=[election.village.code])
    follow = [
        Step(
            _("Go on with what is voted on again: {kind}").format(kind=each.get_kind_display()),
            _at(each, "election"), label=_("Open it"),
        )
        for each in page.reruns
    ]  # fmt: skip
    return [
        step,
        Step(_("Look at what villagers see, with its proof"), public, done=True, label=_("The public page")),
        *follow,
        *_handover(election, page),
    ]


def _handover(election: Election, page: Overview) -> list[Step]:
    """The old committee's work goes to the new one, once there is one: its clock stops when that is recorded."""
    recorded = _recorded(page, "handover")
    if not recorded and all(duty.step != "handover_done" for duty in page.duties):
        return []
    where = f"{_at(election, 'attest')}?kind=handover"
    return [
        Step(_("Record that the work has been handed over"), where, recorded, label=_("Record the handover"))
    ]


def _print(election: Election, page: Overview, kind: str, title: str) -> Step:
    """Nobody ticks off a print: it is a step that lies behind as soon as there is something to print."""
    newest = next((each for each in reversed(page.notices) if each.kind == kind), None)
    url = _at(election, "print", newest.document) if newest else _at(election, "election")
    only = kind == "result" and not page.reruns
    return Step(title, url, done=bool(newest) and not only, label=_("Print the notice"), ready=bool(newest))


_STAGES: dict[str, Callable[[Election, Overview], list[Step]]] = {
    "planned": _planned,
    "roll": _roll,
    "roll_posted": _roll_posted,
    "candidates": _candidates,
    "voting": _voting,
    "counting": _counting,
    "announced": _announced,
}


def stops(election: Election, page: Overview) -> list[Stop]:
    """Every finding that stops the next stage, with where to mend it."""
    return [
        Stop(finding, *_remedy(election, finding), _decide(election, page.next_stage, finding) if may_decide else "")
        for finding, may_decide in page.open_stops
    ]  # fmt: skip


def _decide(election: Election, stage: str, finding: Finding) -> str:
    return f"{_at(election, 'decide')}?about=stage:{stage}&rule={finding.rule}"


def day_page(election: Election) -> str:
    """Where the election day is set: with the seats while these may change, else alone."""
    with_seats = election.kind in {"first", "whole"} and election.stage in {"planned", "roll"}
    return _at(election, "plan" if with_seats else "day")


def _remedy(election: Election, finding: Finding) -> tuple[str, str]:
    """Where to mend what a rule found. Where only time helps there is no button."""
    if finding.case == "day":
        return "", ""
    if finding.rule == "VCOL-14-2":
        return _("Set the election day"), day_page(election)
    if finding.rule in {"VCOL-17-1", "VER-10"}:
        return _("Move the election day"), day_page(election)
    if finding.rule == "VCOL-8-1":
        return _("Change the seats"), day_page(election)
    where = {
        "VCOL-15-2": (_("Record the election committee"), f"{_at(election, 'attest')}?kind=election_committee"),
        "VCOL-16-1": (_("Open the roll"), f"{_at(election, 'roll')}?show=unknown"),
        "VCOL-17-3": (_("Decide the objections"), _at(election, "objections")),
        "VCOL-18-1": (_("Record the nomination"), f"{_at(election, 'attest')}?kind=nomination"),
        "VCOL-18-5": (_("Open the candidates"), _at(election, "candidates")),
        "VCOL-18-16": (_("Count sheets"), _at(election, "sheets")),
        "VCOL-8-3": (_("Read the outcome"), _at(election, "outcome")),
    }  # fmt: skip
    return where.get(finding.rule, ("", ""))
