"""Places get another name, code, kind or township, come into being, and end: each with its date, document and reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.accounts import actions as accounts
from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.county import new_place
from shanzhi.apps.places.errors import Refused, Wrong
from shanzhi.apps.places.models import FormerDesignation, Place, PlaceChange, Succession
from shanzhi.apps.places.selectors import history, impact
from shanzhi.apps.record import actions as record
from shanzhi.core import divisions
from shanzhi.web.wording import listed

DAY = timedelta(days=1)
MOST_NAMED = 5  # of things under way, in a refusal


@dataclass(frozen=True, slots=True)
class Paper:
    """The decision that is carried out: since when it holds, its document number and its reason."""

    on: date
    document: str
    reason: str

    def check(self, today: date) -> None:
        """Raises Wrong when the paper says too little, or comes too early."""
        if not self.document.strip():
            raise Wrong("document", _("Give the number of the document that orders this."))
        if not self.reason.strip():
            raise Wrong(
                "reason", _("Give the reason in a few words: it is kept and shown with the place's history.")
            )
        if self.on > today:
            raise Wrong("on", _("The day lies in the future. Enter it on that day or later."))


@transaction.atomic
def redesignate(*, place: Place, name: str, code: str, paper: Paper, today: date, by: str) -> PlaceChange:
    """Give a place another name or code; a village's code says its township and kind, so both follow from it.

    It stays the same place: its people, grants, settings and elections stay with it, and its old address leads to it.
    With a township's new code go the codes of all its villages. Sent twice, it is done once.
    """
    paper.check(today)
    place = hold(place)
    code, name = checked_code(code, place), name.strip()
    if (place.code, place.name) == (code, name):
        return _repeated(place, paper)
    parent = place.parent if code == place.code else _above(code, place)
    kind = divisions.kind(code)
    refuse_name_taken(name, parent, but=place)
    if kind != place.kind:
        refuse_under_way([place])
    change = make_change(_what_changes(place, name, parent), paper, by)
    change.places.add(place, *([parent] if parent and parent.pk != place.parent_id else []))
    below = list(Place.objects.filter(parent=place, valid_until=None)) if code != place.code else []
    _rename(place, change, code=code, name=name, kind=kind, parent=parent)
    for each in below:
        village_code = divisions.under(each.code, code)
        refuse_code_taken(village_code, but=each)
        _rename(each, change, code=village_code, name=each.name, kind=each.kind, parent=place)
        change.places.add(each)
    close_change(
        change, [place, *below], recoded=len(below), **impact.counts([place.pk, *(each.pk for each in below)])
    )
    return change


@transaction.atomic
def open_place(*, name: str, code: str, paper: Paper, today: date, by: str) -> Place:
    """A new township or village under the place that its code says."""
    paper.check(today)
    code = checked_code(code)
    parent = hold(_above(code))
    refuse_name_taken(name.strip(), parent)
    place = new_place(code, _named(name), parent, paper.on)
    change = make_change(PlaceChange.Kind.OPENED, paper, by)
    change.places.add(place)
    close_change(change, [place])
    return place


@transaction.atomic
def close_place(
    *, place: Place, paper: Paper, successors: Iterable[Place] = (), today: date, by: str
) -> PlaceChange:
    """A township or village that ends and whose records are empty by now. It is never deleted: its code still resolves."""
    paper.check(today)
    place = hold(place)
    if place.kind == Place.Kind.COUNTY:
        raise Refused(_("The county itself cannot be dissolved here."))
    refuse_under_way([place])
    counts = impact.counts([place.pk])
    if counts["households"] or counts["people"]:
        raise Refused(
            _(
                "{place} still has {people} people and {households} households. Merge it, or move them out first."
            ).format(place=place.full_name, people=counts["people"], households=counts["households"])
        )
    if Place.objects.filter(parent=place, valid_until=None).exists():
        raise Refused(
            _("{place} still has villages. Give each the code of its new township first.").format(
                place=place.name
            )
        )
    change = make_change(PlaceChange.Kind.CLOSED, paper, by)
    end(place, change, list(successors))
    close_change(change, [place])
    return change


# What the actions on places share


def hold(place: Place) -> Place:
    """The place as it stands, locked for this transaction. Refused when it has ended."""
    held = (
        Place.objects.select_for_update(of=("self",), no_key=True).select_related("parent").get(pk=place.pk)
    )
    if held.valid_until:
        raise Refused(_("{place} has ended already. Look at its history.").format(place=held.full_name))
    return held


def checked_code(code: str, place: Place | None = None) -> str:
    """A code that is free, of the place's level and county (REG-01). Raises Wrong."""
    try:
        full = divisions.full(code)
    except divisions.Unusable:
        raise Wrong("code", _("A code has twelve digits, such as 141130102207.")) from None
    county = selectors.county()
    if (
        county is None
        or full[:6] != county.code[:6]
        or (divisions.level(full) == "village" and full[6:9] == "000")
    ):
        raise Wrong("code", _("This is not a code of this county. Its codes begin with {digits}.").format(
            digits=county.code[:6] if county else ""))  # fmt: skip
    if place is not None and divisions.level(full) != divisions.level(place.code):
        raise Wrong("code", _("A village's code ends in three digits other than 000, a township's in 000."))
    if place is None and divisions.level(full) == "county":
        raise Wrong("code", _("This is the code of the county itself."))
    refuse_code_taken(full, but=place)
    return full


def refuse_code_taken(code: str, *, but: Place | None = None) -> None:
    """Raises Wrong when another living place has the code."""
    holder = selectors.by_code(code)
    if holder is not None and (but is None or holder.pk != but.pk):
        raise Wrong("code", _("{place} has this code.").format(place=holder.full_name))


def refuse_name_taken(name: str, parent: Place | None, *, but: Place | None = None) -> None:
    """Raises Wrong for no name, and for one that another place beside it has: nobody could tell the two apart."""
    _named(name)
    twins = Place.objects.filter(parent=parent, name=name.strip(), valid_until=None)
    if (twins.exclude(pk=but.pk) if but else twins).exists():
        raise Wrong(
            "name", _("There is a place of this name there already. Two of one name cannot be told apart.")
        )


def refuse_under_way(places: Iterable[Place]) -> int:
    """Raises Refused with what must be finished first; how many opened elections lapse otherwise."""
    ids = [place.pk for place in places]
    held = impact.holds(ids, lock=True)
    names = {each.pk: each.full_name for each in Place.objects.filter(pk__in=ids).select_related("parent")}
    if blocks := [each for each in held if each.blocks]:
        said = listed([f"{names[each.place]}: {each.says}" for each in blocks[:MOST_NAMED]])
        more = len(blocks) - MOST_NAMED
        raise Refused(
            _("An election is under way here and has to be finished first: {elections}.").format(
                elections=said
            )
            + (_(" And {number} more.").format(number=more) if more > 0 else "")
        )
    if waiting := impact.waiting_rosters(ids):
        raise Refused(
            _("A checked roster waits for {places}. Write it or throw it away first.").format(
                places=listed([each.full_name for each in waiting])
            )
        )
    if impact.open_claims(ids):
        raise Refused(_("One village has asked another for a person here. Answer that first."))
    return len(held)


def make_change(kind: str, paper: Paper, by: str) -> PlaceChange:
    """The decision as a row; `close_change` says what it did."""
    return PlaceChange.objects.create(
        kind=kind, on=paper.on, document=paper.document.strip(), reason=paper.reason.strip(), made_by=by
    )


def close_change(change: PlaceChange, places: Iterable[Place], **facts: Any) -> None:
    """Keep what a change did with it, and write it to the record, once for each place."""
    change.facts = {name: value for name, value in (change.facts | facts).items() if value}
    change.save()
    shown = {name: value for name, value in change.facts.items() if isinstance(value, int)}
    record.write_many(
        {
            "by": change.made_by, "act": f"places.{change.kind}", "subject": f"place:{place.code}", "scope": place.pk,
            "facts": {"change": change.key, "on": change.on.isoformat(), "document": change.document, **shown},
        }
        for place in places
    )  # fmt: skip


def end(place: Place, change: PlaceChange, successors: Iterable[Place]) -> None:
    """The place ends the day before; what follows it is written down, and nobody holds a grant over it any more."""
    if change.on <= place.valid_from:
        raise Wrong("on", _("{place} begins on {day}: it can end on a later day only.").format(
            place=place.full_name, day=place.valid_from.isoformat()))  # fmt: skip
    place.valid_until = change.on - DAY
    place.save()
    change.places.add(place, *successors)
    Succession.objects.bulk_create(
        [Succession(change=change, before=place, after=after) for after in successors if after.pk != place.pk]
    )
    ended = accounts.end_grants([place.pk], by=change.made_by)
    change.facts["ended_grants"] = change.facts.get("ended_grants", []) + ended


def _rename(
    place: Place, change: PlaceChange, *, code: str, name: str, kind: str, parent: Place | None
) -> None:
    """What the place was called becomes history; on the very day on which that began, it is only put right."""
    since = history.begun_on(place)
    if change.on < since:
        raise Wrong("on", _("{place} is called so since {day}: choose that day or a later one.").format(
            place=place.full_name, day=since.isoformat()))  # fmt: skip
    if change.on > since:
        FormerDesignation.objects.create(
            place=place, change=change, code=place.code, name=place.name, kind=place.kind, parent=place.parent,
            since=since, until=change.on - DAY,
        )  # fmt: skip
    place.code, place.name, place.kind, place.parent = code, name, kind, parent
    place.lineage = f"{parent.lineage if parent else '/'}{place.pk}/"
    place.save()


def _what_changes(place: Place, name: str, parent: Place | None) -> str:
    if parent is not None and parent.pk != place.parent_id:
        return PlaceChange.Kind.MOVED
    return PlaceChange.Kind.RENAMED if name != place.name else PlaceChange.Kind.RECODED


def _above(code: str, place: Place | None = None) -> Place | None:
    """The living place that a code lies in. Raises Wrong."""
    if divisions.level(code) == "county":
        return place.parent if place else None
    above = selectors.by_code(divisions.above(code))
    if above is None:
        raise Wrong("code", _("No township here has the code {code}. Establish it first.").format(
            code=divisions.above(code)))  # fmt: skip
    return above


def _named(name: str) -> str:
    if not name.strip():
        raise Wrong("name", _("The place needs its name."))
    return name.strip()


def _repeated(place: Place, paper: Paper) -> PlaceChange:
    same = place.changes.filter(on=paper.on, document=paper.document.strip()).first()
    if same is None:
        raise Wrong("name", _("Name and code are as they were. Change one of them."))
    return same
