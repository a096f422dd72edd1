"""Writing down what happened, and publishing. Both grow their tree in the transaction of the change itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from shanzhi.apps.record import bridge, selectors
from shanzhi.apps.record.models import Checkpoint, Document, Event, Tile, Tree
from shanzhi.apps.record.selectors import AUDIT_ROOT, SYSTEM
from shanzhi.core.merkle import bundle, checkpoint, tile, tree

logger = logging.getLogger(__name__)
Fact = Any
TREES = ("audit", "public")


@transaction.atomic
def write(*, by: str, act: str, subject: str, scope: int | None = None, **facts: Fact) -> Event:
    """Record that someone did something. Facts hold keys, counts and rule ids, never personal data."""
    return write_many([{"by": by, "act": act, "subject": subject, "scope": scope, "facts": facts}])[0]


@transaction.atomic
def write_many(events: Iterable[Mapping[str, Any]]) -> list[Event]:
    """Record many events at once: mappings with by, act, subject, and, if any, scope and facts."""
    events = list(events)
    if not events:
        return []
    _begin_day()
    trunk = _hold("audit")
    at = timezone.now()
    made = [_event(trunk.size + place, at, **each) for place, each in enumerate(events)]
    Event.objects.bulk_create(made, batch_size=1000)
    _grow(trunk, tree.leaf_hashes(event.leaf for event in made))
    return made


@transaction.atomic
def publish(
    *, by: str, kind: str, title: Mapping[str, str], place_code: str, place_name: str, scope: int,
    issuing_body: str, posted_on: date, data: Mapping[str, Any], at: datetime | None = None,
) -> Document:  # fmt: skip
    """Publish a document: its canonical bytes are sealed as they are, and the checkpoint is signed after the commit."""
    if kind != AUDIT_ROOT:
        _begin_day()
    trunk = _hold("public")
    document = Document(
        number=trunk.size + 1, index=trunk.size, kind=kind, title_zh=title["zh"], title_en=title["en"],
        place_code=place_code, place_name=place_name, scope=scope, issuing_body=issuing_body,
        posted_on=posted_on, sealed_at=at or timezone.now(), body=bundle.canonical(dict(data)),
    )  # fmt: skip
    document.leaf = bundle.canonical(bridge.document_leaf(document))
    document.save()
    _grow(trunk, [tree.leaf_hash(document.leaf)])
    write(by=by, act="record.published", subject=f"document:{document.number}", scope=scope, kind=kind)
    # Only a committed root is signed. Should signing fail, the next reader signs.
    transaction.on_commit(lambda: sign("public"), robust=True)
    return document


def sign(name: str) -> Checkpoint | None:
    """Sign what is committed, if that has not been done. Called after a commit and by readers; safe to repeat.

    Raises RuntimeError inside a transaction, where the root might still be taken back.
    """
    newest = Checkpoint.objects.filter(tree_id=name).first()
    size = Tree.objects.filter(name=name).values_list("size", flat=True).first()
    if not size or (newest is not None and newest.size == size):
        return newest
    with transaction.atomic(durable=True):
        trunk = _hold(name)
        point = checkpoint.Checkpoint(f"{settings.LOG_ORIGIN}/{name}", trunk.size, bytes.fromhex(trunk.root))
        note = checkpoint.sign(point, seed=settings.LOG_KEYS[name])
        made, _new = Checkpoint.objects.get_or_create(tree=trunk, size=trunk.size, defaults={"note": note})
    return made


def sign_for_reader(name: str) -> None:
    """Make a pending signature good. Whoever only reads is not turned away when that fails: it stays pending.

    The audit trail grows with every act and is signed where it was sealed: only a lost signature of that is pending.
    """
    try:
        if name != "audit" or selectors.audit_signature_lost():
            sign(name)
    except (DatabaseError, LookupError, ValueError):
        logger.exception("The %s log could not be signed; the next reader tries again", name)


@transaction.atomic
def seal_audit_root(
    *, county_code: str, county_name: str, scope: int, today: date, by: str = SYSTEM
) -> Document | None:
    """Put the root of the audit tree into the public log: from then on the trail up to here cannot be rewritten.

    None when nothing has happened since the last time (the entry about sealing itself does not count).
    """
    trunk = _hold("audit")
    sealed = selectors.sealed_audit_size()
    if trunk.size <= (sealed + 1 if sealed else 0):
        return None
    document = publish(
        by=by, kind=AUDIT_ROOT, title={"zh": f"{county_name}操作记录日结", "en": "Daily root of the audit trail"},
        place_code=county_code, place_name=county_name, scope=scope, issuing_body=county_name, posted_on=today,
        data={"tree": "audit", "size": trunk.size, "root": trunk.root},
    )  # fmt: skip
    transaction.on_commit(lambda: sign("audit"), robust=True)
    return document


def _begin_day() -> None:
    """Before the first action of a day, seal what the days before it left: so no county forgets to.

    A timer may seal in the evening as well (`manage.py seal_audit_root`); then there is nothing left to do here.
    """
    today = timezone.localdate()
    if _begun(today):
        return
    county = import_string(settings.COUNTY)()
    if county is None:
        return
    _hold("audit")
    if not _begun(today):  # whoever else began the day has just committed
        code, name, scope = county
        seal_audit_root(county_code=code, county_name=name, scope=scope, today=today)


def _begun(today: date) -> bool:
    last = Event.objects.values_list("at", flat=True).first()
    return last is None or timezone.localtime(last).date() >= today


def note_audit_export(
    *, by: str, scope: int | None, rows: int, asked: Iterable[str] = (), kind: str = "xlsx"
) -> None:
    """Record that a part of the audit trail left the house as a file, and which filters it was taken under."""
    facts = {"rows": rows, "kind": kind} | ({"asked": list(asked)} if asked else {})
    write(by=by, act="record.audit_exported", subject="audit", scope=scope, **facts)


def _event(
    index: int, at: datetime, *, by: str, act: str, subject: str, scope: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:  # fmt: skip
    told = {"at": at, "by": by, "act": act, "subject": subject, "scope": scope, "facts": dict(facts or {})}
    return Event(index=index, leaf=bundle.canonical(bridge.event_fields(**told)), **told)


def _hold(name: str) -> Tree:
    """The tree, locked until the transaction ends: one writer at a time, so that no index is given twice.

    Both trees are locked in one order, whichever is wanted: whoever publishes also writes an event, and two
    transactions that took them crosswise would wait for each other.

    `no_key` here and at every lock of the house: PostgreSQL checks references when a transaction ends, and a full lock
    on the row referred to would stop that check. Its holder waits for the trees, which the other holds: a deadlock.
    """
    held = {each.name: each for each in Tree.objects.select_for_update(no_key=True).order_by("name")}
    if len(held) < len(TREES):
        for each in TREES:
            Tree.objects.get_or_create(name=each, defaults={"root": tree.EMPTY_ROOT.hex()})
        return _hold(name)
    return held[name]


def _grow(trunk: Tree, leaves: list[bytes]) -> None:
    if not leaves:
        return
    fresh, root = tile.append(trunk.size, leaves, selectors.tiles_of(trunk.name))
    Tile.objects.bulk_create(
        [Tile(tree=trunk, level=level, number=number, hashes=hashes) for (level, number), hashes in fresh.items()],
        update_conflicts=True, unique_fields=["tree", "level", "number"], update_fields=["hashes"], batch_size=200,
    )  # fmt: skip
    trunk.size += len(leaves)
    trunk.root = root.hex()
    trunk.save()
