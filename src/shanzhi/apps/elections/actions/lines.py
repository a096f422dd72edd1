"""Lines of a roll: drafted from a verdict, sealed with a code, a salt and keyed look-ups; the roll's root and digest."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shanzhi.apps.elections.bridge.people import Classified
from shanzhi.apps.elections.errors import Refused, Wrong
from shanzhi.apps.elections.models import Election, Roll, RollLine
from shanzhi.apps.elections.selectors import revision, rolls
from shanzhi.apps.places import selectors as places
from shanzhi.apps.record import sealing
from shanzhi.core.cipher import Spoiled
from shanzhi.core.merkle.roll import SALT_BYTES

if TYPE_CHECKING:
    from shanzhi.apps.places.models import Person

SLIP_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that a reader of a paper slip could confuse
CODE_LENGTH = 8
SEALED = ("number", "code_sealed", "code_look_up", "name_look_up", "salt_sealed")


def draft(roll: Roll, each: Classified) -> RollLine:
    """The line that a verdict makes, not saved."""
    line = RollLine(
        roll=roll, person=each.person, listed=each.listed, voter_class=each.voter_class,
        findings=[finding.as_json() for finding in each.findings], key=sealing.new_key(),
    )  # fmt: skip
    copy_person(line, each.person)
    return line


def copy_person(line: RollLine, person: Person) -> None:
    """Put into the line what is posted of a person."""
    line.name, line.sex, line.born, line.group = revision.copied(person)


def seal_lines(roll: Roll, lines: Iterable[RollLine], *, keep_code: bool = False) -> None:
    """Give lines a fresh random salt, their look-ups and (unless a slip is out already) a code. Not saved."""
    for line in lines:
        if not keep_code:
            code = "".join(secrets.choice(SLIP_ALPHABET) for _place in range(CODE_LENGTH))
            line.code_sealed = sealing.seal(line, "code_sealed", code)
            line.code_look_up = sealing.look_up(rolls.code_key(roll, code), purpose=rolls.CODE)
        tail = _last_four(line.person)
        line.name_look_up = (
            sealing.look_up(rolls.name_key(roll, line.name, tail), purpose=rolls.NAME) if tail else ""
        )
        line.salt_sealed = sealing.seal(line, "salt_sealed", secrets.token_hex(SALT_BYTES))


def _last_four(person: Person) -> str:
    try:
        return places.id_number(person)[-4:]
    except Spoiled:
        spoiled = _(
            "The sealed ID number of {name} cannot be opened: it was changed outside this software, or its key is missing. "
            "Nothing has been saved. Type the number again on the person's page, and let the operator look at it."
        )
        raise Refused(spoiled.format(name=person.name)) from None


def seal_roll(roll: Roll) -> None:
    """Commit to the lines as they stand: the root over their commitments, and the digest of the list on the board.

    The nonce is a fresh one each time: a list that has been corrected cannot be guessed from the earlier one.
    """
    roll.nonce_sealed = sealing.seal(roll, "nonce_sealed", secrets.token_hex(SALT_BYTES))
    roll.lines_root = rolls.lines_root(roll)
    roll.paper_digest = rolls.paper_digest(roll)
    roll.save()


def forget(roll: Roll) -> int:
    """Delete every salt, code, look-up and the nonce: what was published proves nothing about anybody from then on."""
    roll.nonce_sealed = None
    roll.save()
    return roll.lines.exclude(salt_sealed=None).update(
        salt_sealed=None, code_sealed=None, code_look_up="", name_look_up=""
    )


def require_here(election: Election, person: Person) -> None:
    """A line is for someone in the village's records. Raises Wrong."""
    if person.left or person.place_id != election.village_id:
        raise Wrong("person", _("This person is not in the village's records."))
