"""Audit events, and the sentences they are told in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.models import Event

SENTENCES: dict[str, str | Promise] = {
    "record.published": _("published a document"),
    "record.audit_exported": _("exported the audit trail"),
    "accounts.signed_in": _("signed in"),
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
    "places.roster_checked": _("checked a roster file"),
    "places.roster_written": _("imported a roster"),
    "places.roster_dropped": _("threw a roster file away"),
    "places.exported": _("exported a roster"),
}


def events(
    *, scopes: Iterable[int] | None = None, act: str = "", by: str = "", subject: str = "",
    since: date | None = None, until: date | None = None,
) -> QuerySet[Event]:  # fmt: skip
    """Events, newest first, under the filters given."""
    found = Event.objects.defer("leaf")
    if scopes is not None:
        found = found.filter(scope__in=scopes)
    for name, value in (("act__startswith", act), ("by", by), ("subject", subject)):
        if value:
            found = found.filter(**{name: value})
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until) + timezone.timedelta(days=1))
    return found


def sentence(event: Event) -> Any:
    """What happened, in words."""
    return SENTENCES.get(event.act, event.act)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
