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

    The same form again answers with the sheet that it made: a double click is one sheet.
    """
    election = hold(election, "counting")
    pair = sheets.pair(election, kind, batch)
    if made := _made_before(pair, token, numbers, by=by):
        return made
    entry = _which_entry(pair, by)
    _check(election, pair, numbers)
    sheet = _save(election, pair, numbers, entry=entry, token=token, by=by)
    _write("elections.sheet_entered", election, sheet, by)
    return sheet


@transaction.atomic
def settle(
    *, election: Election, kind: str, batch: int, numbers: Numbers, reason: str, token: str, by: str
) -> Sheet:
    """Settle a difference after looking at the papers again: a third entry that stands for both, with its reason."""
    election = hold(election, "counting")
    pair = sheets.pair(election, kind, batch)
    if made := _made_before(pair, token, numbers, by=by):
        return made
    if pair.state != State.DIFFERS:
        raise NotNow(_("There is no difference to settle on this sheet."))
    if not reason.strip():
        raise Wrong("reason", _("Say how the difference was settled, for example: papers counted again by …"))
    _check(election, pair, numbers)
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
    entries = election.sheets.filter(kind=kind, batch=batch, replaced=False)
    # The reason stays with the entries: the trail, which is for good, takes no words that somebody typed.
    entries.filter(entry=Sheet.Entry.FIRST).update(reason=reason.strip())
    put_aside = entries.update(replaced=True)
    if not put_aside:
        raise NotNow(_("Nobody has typed this sheet yet."))
    record.write(
        by=by, act="elections.sheet_put_aside", subject=f"election:{election.key}", scope=election.village_id,
        kind=kind, batch=batch, entries=put_aside,
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


def _made_before(pair: sheets.Pair, token: str, numbers: Numbers, *, by: str) -> Sheet | None:
    """The sheet that this very form made, or None. A form that was changed and sent again is not taken as saved."""
    made = Sheet.objects.filter(election=pair.election, token=token).first()
    if made is None:
        return None
    own = (made.kind, made.batch, made.entered_by, made.replaced) == (pair.kind, pair.batch, by, False)
    if not own or any(row.typed(made.entry) != numbers.get(row.field) for row in pair.rows):
        raise Refused(
            _("This form has been saved before, with other numbers or for another sheet. What was saved stands. "
              "Open the sheet anew; a saved entry that is wrong is put right by comparing both entries.")
        )  # fmt: skip
    return made


def _check(election: Election, pair: sheets.Pair, numbers: Numbers) -> None:
    _check_fields(pair, numbers)
    if pair.kind == Sheet.Kind.ACCOUNT:
        return
    account = sheets.pair(election, Sheet.Kind.ACCOUNT, 0)
    if account.state != State.AGREED:
        raise NotNow(_("First the ballots account has to be typed by both tellers and agree."))
    _check_batch(pair.batch, numbers, collected_in_all=account.value("collected"))
    _check_votes(election, numbers, sheets.ballot(election))


def _check_fields(pair: sheets.Pair, numbers: Numbers) -> None:
    """Every line of the paper has its number, and no number is for a line that the paper does not have."""
    asked = {row.field for row in pair.rows}
    for field, number in numbers.items():
        if field not in asked:
            raise Refused(_("The sheet has other lines now than when it was opened. Open it anew."))
        if number < 0:
            raise Wrong(field, _("A number of papers or votes cannot be below zero."))
    for field in asked - numbers.keys():
        raise Wrong(field, _("This line is empty. Where there are none, write 0."))


def _check_batch(batch: int, numbers: Numbers, *, collected_in_all: int) -> None:
    papers, void = numbers["collected"], numbers["void"]
    if batch < 1:
        raise Wrong("batch", _("Count sheets are numbered from 1."))
    if void > papers:
        raise Wrong("void", _("There cannot be more void papers ({void}) than papers ({papers}).").format(
            void=void, papers=papers))  # fmt: skip
    smallest = min(SMALLEST_BATCH, collected_in_all)
    if papers < smallest:
        raise Wrong(
            "collected",
            _("This batch has {papers} papers; it needs at least {smallest}, so that nobody's vote can be guessed. "
              "Mix these papers with another batch and count them together.").format(
                papers=papers, smallest=smallest),
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
