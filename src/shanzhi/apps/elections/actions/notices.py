"""What an election publishes: built from its rows, sealed by `record`, without private data."""

from __future__ import annotations

from datetime import date
from typing import Any

from shanzhi.apps.elections.bridge import notices
from shanzhi.apps.elections.models import Correction, Election, Notice, Objection, Outcome, Roll
from shanzhi.apps.record import actions as record

TITLES = {
    Notice.Kind.ROLL: ("选民名单公告", "Notice of the voter roll"),
    Notice.Kind.CORRECTION: ("选民名单更正公告", "Notice of a correction of the voter roll"),
    Notice.Kind.CANDIDATES: ("村民委员会{round}候选人名单公告", "Notice of the candidates ({round})"),
    Notice.Kind.MANDATES: ("委托投票公告", "Notice of proxies"),
    Notice.Kind.RESULT: ("村民委员会{round}结果公告", "Notice of the result ({round})"),
}


def publish_roll(*, election: Election, roll: Roll, posted_on: date, by: str) -> Notice:
    """Publish the cover of the roll: counts, dates, law, commitment. The names stand on the board, on paper."""
    return _publish(election, Notice.Kind.ROLL, posted_on, notices.roll(election, roll), by=by)


def publish_correction(
    *, election: Election, posted_on: date, objection: Objection | None = None,
    correction: Correction | None = None, by: str,
) -> Notice:  # fmt: skip
    """Publish that the roll was (or was not) changed, by which rule, and its new counts and commitment."""
    data = notices.correction(election, objection, correction, posted_on)
    return _publish(election, Notice.Kind.CORRECTION, posted_on, data, by=by)


def publish_candidates(*, election: Election, posted_on: date, by: str) -> Notice:
    """Publish who stands for which post."""
    return _publish(
        election, Notice.Kind.CANDIDATES, posted_on, notices.candidates(election, posted_on), by=by
    )


def publish_mandates(*, election: Election, posted_on: date, by: str) -> Notice:
    """Publish that the proxies have been posted (VCOL-18-15): the names stand on the board, on paper."""
    return _publish(election, Notice.Kind.MANDATES, posted_on, notices.mandates(election, posted_on), by=by)


def publish_result(*, election: Election, outcome: Outcome, posted_on: date, by: str) -> Notice:
    """Publish the result with every number, every reason, and what is voted on again."""
    return _publish(
        election, Notice.Kind.RESULT, posted_on, notices.result(election, outcome, posted_on), by=by
    )


def _publish(election: Election, kind: str, posted_on: date, data: dict[str, Any], *, by: str) -> Notice:
    zh, en = (
        title.format(round=notices.ROUNDS[election.kind][language])
        for title, language in zip(TITLES[Notice.Kind(kind)], ("zh", "en"), strict=True)
    )
    village = election.village
    document = record.publish(
        by=by, kind=kind, title={"zh": f"{village.full_short_name}{zh}", "en": f"{en}, {village.full_short_name}"},
        place_code=village.code, place_name=village.full_name, scope=village.pk, issuing_body=election.body,
        posted_on=posted_on, data=data,
    )  # fmt: skip
    return Notice.objects.create(election=election, kind=kind, document=document.number, posted_on=posted_on)


def record_print(*, election: Election, what: str, by: str) -> None:
    """Record that a paper of an election was printed."""
    record.write(
        by=by,
        act="elections.printed",
        subject=f"election:{election.key}",
        scope=election.village_id,
        what=what,
    )
