"""Count sheets: entered twice by two people, settled by a third entry, never edited."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions.road import hold
from shanzhi.apps.elections.errors import NotNow, Refused, Wrong
from shanzhi.apps.elections.models import Candidate, Election, Sheet, SheetLine
from shanzhi.apps.elections.selectors import sheets
from shanzhi.apps.elections.selectors.sheets import State
from shanzhi.apps.record import actions as record

SMALLEST_BATCH = (
    20  # papers: below this a pattern could give a voter away (architecture: secrecy of the vote)
)

Numbers = Mapping[str, int]  # "issued", "collected", "void", or the key of a candidate


@transaction.atomic
def enter(*, election: Election, kind: str, batch: int, numbers: Numbers, token: str, by: str) -> Sheet:
    """Type one sheet. The first call is the first entry; the second must come from someone else.

    The same token again answers with the sheet that it made: a double click is one sheet.
    """
    election = hold(election, "counting")
    made = Sheet.objects.filter(election=election, token=token).first()
    if made is not None:
        return made
    pair = sheets.pair(election, kind, batch)
    entry = _which_entry(pair, by)
    _check(election, kind, batch, numbers)
    sheet = _save(election, pair, numbers, entry=entry, token=token, by=by)
    _write("elections.sheet_entered", election, sheet, by)
    return sheet


@transaction.atomic
def settle(
    *, election: Election, kind: str, batch: int, numbers: Numbers, reason: str, token: str, by: str
) -> Sheet:
    """Settle a difference after looking at the papers again: a third entry that stands for both, with its reason."""
    election = hold(election, "counting")
    made = Sheet.objects.filter(election=election, token=token).first()
    if made is not None:
        return made
    pair = sheets.pair(election, kind, batch)
    if pair.state != State.DIFFERS:
        raise NotNow(_("There is no difference to settle on this sheet."))
    if not reason.strip():
        raise Wrong("reason", _("Say how the difference was settled, for example: papers counted again by …"))
    _check(election, kind, batch, numbers)
    sheet = _save(
        election, pair, numbers, entry=Sheet.Entry.SETTLED, token=token, by=by, reason=reason.strip()
    )
    _write("elections.sheet_settled", election, sheet, by)
    return sheet


@transaction.atomic
def count_again(*, election: Election, kind: str, batch: int, reason: str, by: str) -> None:
    """Put the entries of a sheet aside and start it anew. They stay in the record."""
    election = hold(election, "counting")
    if not reason.strip():
        raise Wrong("reason", _("Say why these papers are counted again."))
    if kind == Sheet.Kind.ACCOUNT and election.sheets.filter(kind=Sheet.Kind.BATCH, replaced=False).exists():
        raise NotNow(
            _("Count sheets have been typed already. Put them aside first, then the ballots account.")
        )
    put_aside = election.sheets.filter(kind=kind, batch=batch, replaced=False).update(replaced=True)
    if not put_aside:
        raise NotNow(_("Nobody has typed this sheet yet."))
    record.write(
        by=by, act="elections.sheet_put_aside", subject=f"election:{election.key}", scope=election.village_id,
        kind=kind, batch=batch, entries=put_aside, reason=reason.strip(),
    )  # fmt: skip


def _which_entry(pair: sheets.Pair, by: str) -> Sheet.Entry:
    if pair.first is None:
        return Sheet.Entry.FIRST
    if pair.second is not None:
        raise NotNow(
            _("This sheet has been typed twice already. Differences are settled on the comparison page.")
        )
    if pair.first.entered_by == by:
        raise Refused(_("You have typed this sheet. The second entry must come from the other teller."))
    return Sheet.Entry.SECOND


def _check(election: Election, kind: str, batch: int, numbers: Numbers) -> None:
    for field, number in numbers.items():
        if number < 0:
            raise Wrong(field, _("A number of papers or votes cannot be below zero."))
    if kind == Sheet.Kind.ACCOUNT:
        return
    account = sheets.pair(election, Sheet.Kind.ACCOUNT, 0)
    if account.state != State.AGREED:
        raise NotNow(_("First the ballots account has to be typed by both tellers and agree."))
    _check_batch(batch, numbers, collected_in_all=account.value("collected"))
    _check_votes(election, numbers, sheets.ballot(election))


def _check_batch(batch: int, numbers: Numbers, *, collected_in_all: int) -> None:
    papers, void = numbers["collected"], numbers["void"]
    if batch < 1:
        raise Wrong("batch", _("Count sheets are numbered from 1."))
    if void > papers:
        raise Wrong("void", _("There cannot be more void papers ({void}) than papers ({papers}).").format(
            void=void, papers=papers))  # fmt: skip
    if papers < min(SMALLEST_BATCH, collected_in_all):
        raise Wrong(
            "collected",
            _("A batch needs at least {smallest} papers, so that nobody's vote can be guessed. "
              "Mix these papers with another batch and count them together.").format(smallest=SMALLEST_BATCH),
        )  # fmt: skip
    if papers > collected_in_all:
        raise Wrong(
            "collected",
            _("This batch has {papers} papers, but only {all} were taken from the boxes.").format(
                papers=papers, all=collected_in_all
            ),
        )


def _check_votes(election: Election, numbers: Numbers, people: list[Candidate]) -> None:
    valid = numbers["collected"] - numbers["void"]
    in_post: dict[str, int] = {}
    for each in people:
        votes = numbers.get(each.key, 0)
        if votes > valid:
            raise Wrong(
                each.key,
                _("{name}: {votes} votes, but only {valid} papers in this batch are valid.").format(
                    name=each.person.name, votes=votes, valid=valid
                ),
            )
        in_post[each.post] = in_post.get(each.post, 0) + votes
    for post, votes in in_post.items():
        most = int(election.seats.get(post, 0)) * valid
        if votes > most:
            raise Wrong(
                f"sum:{post}",
                _(
                    "{post}: {votes} votes in all, but {valid} valid papers with {seats} seats give at most {most}."
                ).format(
                    post=Candidate.Post(post).label,
                    votes=votes,
                    valid=valid,
                    seats=election.seats.get(post, 0),
                    most=most,
                ),
            )


def _save(
    election: Election,
    pair: sheets.Pair,
    numbers: Numbers,
    *,
    entry: int,
    token: str,
    by: str,
    reason: str = "",
) -> Sheet:
    sheet = Sheet.objects.create(
        election=election, kind=pair.kind, batch=pair.batch, entry=entry, token=token, entered_by=by, reason=reason,
        issued=numbers.get("issued"), collected=numbers["collected"], void=numbers.get("void"),
    )  # fmt: skip
    if pair.kind == Sheet.Kind.BATCH:
        SheetLine.objects.bulk_create(
            SheetLine(sheet=sheet, candidate=each, votes=numbers.get(each.key, 0))
            for each in sheets.ballot(election)
        )
    return sheet


def _write(act: str, election: Election, sheet: Sheet, by: str) -> None:
    record.write(
        by=by, act=act, subject=f"election:{election.key}", scope=election.village_id,
        kind=sheet.kind, batch=sheet.batch, entry=int(sheet.entry), sheet=sheet.key,
    )  # fmt: skip
