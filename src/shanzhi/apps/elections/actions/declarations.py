"""What people say for one election: that they take part, apply, work here (VCOL-16-1)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.elections.actions import lines
from shanzhi.apps.elections.actions.road import hold
from shanzhi.apps.elections.errors import Wrong
from shanzhi.apps.elections.models import Attestation, Declaration, Election
from shanzhi.apps.elections.selectors import revision
from shanzhi.apps.record import actions as record

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person


@transaction.atomic
def declare(
    *, election: Election, person: Person, kind: str, made_on: date, note: str = "", by: str
) -> Declaration:
    """Record what a person says for this election: that he takes part, applies, works here (VCOL-16).

    Sent twice, it stands once. On a posted roll nothing changes by itself: the line is corrected (revision.differences).
    """
    election = hold(election, "planned", "roll", *revision.POSTED)
    if kind not in Declaration.Kind.values:
        raise Wrong("kind", _("Choose what is declared."))
    lines.require_here(election, person)
    if kind == Declaration.Kind.CONSENTED and not note.strip():
        if not election.attestations.filter(kind=Attestation.Kind.CONSENT).exists():
            raise Wrong("note", _("Say which meeting agreed and when: without its consent nobody is listed."))
    made, new = Declaration.objects.get_or_create(
        election=election, person=person, kind=kind,
        defaults={"made_on": made_on, "note": note.strip(), "recorded_by": by},
    )  # fmt: skip
    if not new:
        if (made.made_on, made.note) != (made_on, note.strip()):
            raise Wrong(
                "kind",
                _("This is recorded for {name} already. Take it back first if it was wrong.").format(
                    name=person.name
                ),
            )
        return made
    record.write(
        by=by, act="elections.declared", subject=f"person:{person.key}", scope=election.village_id,
        election=election.key, kind=kind,
    )  # fmt: skip
    return made


@transaction.atomic
def take_back(*, declaration: Declaration, by: str) -> None:
    """Take back a declaration that was recorded by mistake, before the roll is posted."""
    election = hold(declaration.election, "planned", "roll")
    deleted, _rows = Declaration.objects.filter(pk=declaration.pk).delete()
    if not deleted:
        return  # a second click, or a colleague was first: it is taken back
    record.write(
        by=by, act="elections.declaration_taken_back", subject=f"person:{declaration.person.key}",
        scope=election.village_id, election=election.key, kind=declaration.kind,
    )  # fmt: skip
