"""Audit events, and the sentences they are told in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.models import Event
from shanzhi.apps.record.selectors.words import FACTS

SYSTEM = "system"  # the actor of what nobody in particular did

# Every act that an action writes, in words; a test holds the table complete.
SENTENCES: dict[str, str | Promise] = {
    "record.published": _("published a document"),
    "record.audit_exported": _("exported the audit trail"),
    "record.backed_up": _("made a backup"),
    "record.resealed": _("sealed everything under a new key"),
    "record.restored": _("restored the county from a backup"),
    "accounts.created": _("made an account"),
    "accounts.granted": _("granted a role"),
    "accounts.revoked": _("revoked a role"),
    "accounts.place_ended": _("took away a role, because its place has ended"),
    "accounts.password_set": _("set a new password"),
    "accounts.signed_in": _("signed in"),
    "accounts.signed_out": _("signed out"),
    "accounts.locked": _("was locked out after wrong passwords"),
    "accounts.unlocked": _("unlocked an account"),
    "places.renamed": _("gave a place another name"),
    "places.recoded": _("gave a place another code"),
    "places.moved": _("moved a village to another township"),
    "places.merged": _("merged villages"),
    "places.split": _("split a village"),
    "places.opened": _("established a place"),
    "places.closed": _("dissolved a place"),
    "places.codes_compared": _("compared a year's codes file with what stands"),
    "places.codes_applied": _("carried out what was decided on a codes file"),
    "places.codes_dropped": _("threw a codes file away"),
    "places.group_opened": _("entered a villager group"),
    "places.group_changed": _("changed a villager group"),
    "places.group_ended": _("ended a villager group"),
    "places.hamlet_opened": _("entered a hamlet"),
    "places.hamlet_changed": _("changed a hamlet"),
    "places.hamlet_ended": _("ended a hamlet"),
    "places.household_pointed": _("put a household on the map"),
    "places.map_loaded": _("loaded points and outlines from a file"),
    "places.map_set": _("set how maps look"),
    "places.map_exported": _("downloaded points and outlines"),
    "accounts.sign_in_failed": _("failed to sign in"),
    "accounts.timed_out": _("was signed out because the session had run out"),
    "accounts.session_ended": _("signed a browser out"),
    "accounts.closed": _("closed an account"),
    "accounts.reopened": _("opened a closed account again"),
    "accounts.second_factor_set": _("set up the second step of signing in"),
    "accounts.second_factor_removed": _("removed the second step of signing in"),
    "accounts.second_factor_reset": _("reset the second step of an account"),
    "accounts.recovery_code_used": _("signed in with a code from paper"),
    "accounts.recovery_codes_made": _("made new recovery codes"),
    "accounts.outside_refused": _("was not let in by an outside identity"),
    "accounts.outside_linked": _("linked an outside identity"),
    "accounts.outside_unlinked": _("undid the link to an outside identity"),
    "setup.opened": _("opened the county with its first operator"),
    "places.divisions_loaded": _("loaded the county's divisions"),
    "places.holidays_loaded": _("loaded a year's rest days"),
    "places.setting_set": _("set a local setting"),
    "places.sample_settled": _("settled made-up people for the sample county"),
    "places.person_added": _("added a person"),
    "places.person_corrected": _("corrected a person's entry"),
    "places.person_left": _("recorded that a person left"),
    "places.person_back": _("recorded that a person came back"),
    "places.person_arrived": _("recorded that a person moved in"),
    "places.person_returned": _("recorded that a person who had moved away came back"),
    "places.person_transferred": _("moved a person's entry to another village"),
    "places.person_received": _("received a person's entry from another village"),
    "places.residence_changed": _("recorded another residence of a person"),
    "places.person_merged": _("merged an entry into another one of the same person"),
    "places.person_merged_here": _("merged another entry of the same person into this one"),
    "places.merge_taken_back": _("took back a merge of two entries"),
    "places.kept_apart": _("noted that two entries are two people"),
    "places.claimed": _("asked another village for a person"),
    "places.claim_answered": _("answered another village that asked for a person"),
    "places.claim_withdrawn": _("no longer asked another village for a person"),
    "places.found_by_digits": _("searched by the last digits of an ID number"),
    "places.index_rebuilt": _("made the search tables anew"),
    "places.person_printed": _("printed what is held on a person"),
    "places.correction_asked": _("recorded a request to correct an entry"),
    "places.correction_decided": _("decided a request to correct an entry"),
    "places.person_forgotten": _("made an entry anonymous after its keeping time"),
    "places.household_corrected": _("corrected a household's entry"),
    "places.kin_set": _("recorded near relatives"),
    "places.kin_denied": _("noted that a suggested relation is not so"),
    "places.kin_removed": _("removed an entry of near relatives"),
    "places.numbers_revealed": _("looked at numbers in full"),
    "places.roster_checked": _("checked a roster file"),
    "places.roster_written": _("imported a roster"),
    "places.roster_dropped": _("threw a roster file away"),
    "places.exported": _("exported a roster"),
    "tables.checked": _("checked a list before bringing it in"),
    "tables.written": _("brought a list in"),
    "tables.undone": _("took back a list that had been brought in"),
    "tables.dropped": _("threw a list's file away"),
    "tables.exported": _("took a list out as a file"),
    "elections.renewal_opened": _("opened a renewal"),
    "elections.opened": _("put a village into the renewal"),
    "elections.plan_set": _("set the election day and the seats"),
    "elections.day_set": _("set the election day"),
    "elections.attested": _("recorded a body's decision"),
    "elections.stage_entered": _("moved an election to its next stage"),
    "elections.stop_decided": _("recorded a decision where a rule stops"),
    "elections.declared": _("recorded a villager's declaration"),
    "elections.declaration_taken_back": _("took back a declaration"),
    "elections.roll_made": _("made a voter roll"),
    "elections.objection_filed": _("took up an objection"),
    "elections.objection_decided": _("decided an objection"),
    "elections.roll_corrected": _("corrected a posted roll"),
    "elections.roll_secrets_deleted": _("deleted the salts and codes of a roll"),
    "elections.candidate_proposed": _("entered a nomination"),
    "elections.candidate_facts": _("recorded facts about a nominee"),
    "elections.candidate_decided": _("decided whether a nominee stands"),
    "elections.candidate_withdrew": _("recorded a withdrawal"),
    "elections.candidate_written_in": _("added a written-in name"),
    "elections.mandate_accepted": _("accepted a proxy"),
    "elections.mandate_ended": _("ended a proxy"),
    "elections.sheet_entered": _("typed a sheet"),
    "elections.sheet_settled": _("settled a sheet"),
    "elections.sheet_put_aside": _("put a sheet aside to count again"),
    "elections.reckoned": _("reckoned a result"),
    "elections.rerun_opened": _("opened a second round, tie vote or re-run"),
    "elections.printed": _("printed a document"),
}


# Events in which somebody was shown, or took out, what is protected: numbers in full, files, prints with names.
LOOKS = (
    "places.numbers_revealed",
    "places.found_by_digits",
    "places.person_printed",
    "places.exported",
    "tables.exported",
    "places.person_printed",
    "places.found_by_digits",
    "places.map_exported",
    "elections.printed",
    "record.audit_exported",
    "record.backed_up",
)


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a reader sees it."""

    event: Event
    who: str
    what: str | Promise
    place: str
    facts: str


def events(
    *, scopes: Iterable[int | None] | None = None, act: str = "", by: str = "", subject: str = "", place: str = "",
    since: date | None = None, until: date | None = None, within: Iterable[int] | None = None,
    before: int | None = None, after: int | None = None,
) -> QuerySet[Event]:  # fmt: skip
    """Events, newest first, under the filters given.

    `act` is an act, or the room of many ("elections."); `by` an account's key or name; `place` a place's name or code,
    and all beneath it. `before` and `after` are numbers of events, for turning pages without counting them.
    """
    found = Event.objects.defer("leaf")
    if scopes is not None:
        found = _open_to(found, set(scopes))
    if act.endswith("."):
        found = found.filter(act__in=[each for each in SENTENCES if each.startswith(act)])
    elif act:
        found = found.filter(
            act=act
        )  # with its index, in the order of the numbers: a common act is as quick as a rare one
    if by:
        found = found.filter(by__in=[by, *import_string(settings.ACTOR_KEYS)(by)])
    if place:
        found = found.filter(scope__in=import_string(settings.PLACES_CALLED)(place))
    plain = {
        "subject": subject or None, "scope__in": within, "index__lt": before, "index__gt": after,
        "at__gte": since and _midnight(since), "at__lt": until and _midnight(until + timedelta(days=1)),
    }  # fmt: skip
    return found.filter(**{name: value for name, value in plain.items() if value is not None})


def _open_to(found: QuerySet[Event], held: set[int | None]) -> QuerySet[Event]:
    """Those of these places. Whoever reads a whole county is open to nearly every event: there the database must not

    gather them by place and sort a million, but walk from the newest until the page is full. "+ 0" keeps it from it.
    """
    if None in held:
        found = found.annotate(lies_in=F("scope") + 0)
        return found.filter(Q(lies_in__in=held - {None}) | Q(lies_in=None))
    return found.filter(scope__in=held)


def page_of(found: QuerySet[Event], size: int, *, after: int | None = None) -> tuple[list[Event], bool, bool]:
    """One page of events, and whether there are newer and older ones beyond it; nothing is counted.

    With `after`, the page is the one just newer than that event.
    """
    if after is None:
        rows = list(found[: size + 1])
        return rows[:size], True, len(rows) > size
    rows = list(found.order_by("index")[: size + 1])
    return rows[:size][::-1], len(rows) > size, True


def looks(*, scopes: Iterable[int | None] | None = None, by: str = "") -> QuerySet[Event]:
    """Who looked at what: the events in which something protected was shown or taken out, newest first."""
    return events(scopes=scopes, by=by).filter(act__in=LOOKS)


def told(events: Iterable[Event]) -> list[Told]:
    """Events in words, with the names of people who acted and of places, in two queries however many they are."""
    events = list(events)
    names = import_string(settings.ACTOR_NAMES)({event.by for event in events})
    names.setdefault(SYSTEM, str(_("the system")))
    places = import_string(settings.PLACE_NAMES)({event.scope for event in events if event.scope is not None})
    return [
        Told(
            event, names.get(event.by, event.by), sentence(event), places.get(event.scope, ""),
            str(_("; ")).join(
                f"{FACTS.get(name, name)}{_(': ')}{_plain(value)}" for name, value in sorted(event.facts.items()) if value
            ),
        )
        for event in events
    ]  # fmt: skip


def told_in_parts(events: QuerySet[Event], size: int = 2000) -> Iterator[Told]:
    """The same for very many, a part at a time."""
    part: list[Event] = []
    for event in events.iterator(chunk_size=size):
        part.append(event)
        if len(part) == size:
            yield from told(part)
            part = []
    yield from told(part)


def sentence(event: Event) -> str | Promise:
    """What happened, in words."""
    return SENTENCES.get(event.act, event.act)


def acts() -> list[tuple[str, list[tuple[str, str | Promise]]]]:
    """Every act with its words, for choosing, by room; first of each room: all of it."""
    rooms = {
        "accounts": _("Accounts"),
        "elections": _("Elections"),
        "places": _("Places and people"),
        "record": _("Record"),
    }
    return [
        (str(name), [(f"{room}.", format_lazy(_("{room}: all"), room=name)), *_acts_of(room)])
        for room, name in rooms.items()
    ]


def _acts_of(room: str) -> Iterator[tuple[str, str | Promise]]:
    return ((act, says) for act, says in SENTENCES.items() if act.startswith(f"{room}."))


def home(scopes: Iterable[int | None]) -> int | None:
    """The place under which a reader's own doings with the trail are recorded: the widest, which came first."""
    return min((scope for scope in scopes if scope is not None), default=None)


def _plain(value: object) -> str:
    """A fact without brackets and quotes."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(each)}" for name, each in sorted(value.items()))
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    return str(value)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
