"""A year's codes file beside what stands: compared, decided one by one, carried out all or nothing (REG-05)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions import designations, mergers
from shanzhi.apps.places.actions.designations import Paper
from shanzhi.apps.places.bridge import codes
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.models import CodesFile, Place, PlaceChange
from shanzhi.apps.places.selectors import differences
from shanzhi.apps.record import actions as record
from shanzhi.core.divisions import Change, level


@transaction.atomic
def compare_codes(*, county: Place, content: bytes, file_name: str, by: str) -> CodesFile:
    """Keep a codes file until each difference is decided. Nothing of what stands is changed."""
    rows = codes.read(codes.decoded(content), county.code)
    for before in CodesFile.objects.filter(county=county, status=CodesFile.Status.WAITING):
        drop_codes(file=before, by=by)
    made = CodesFile.objects.create(
        county=county, file_name=file_name[-200:], uploaded_by=by,
        rows=[[row.code, row.name, row.township_code, row.township_name] for row in rows],
    )  # fmt: skip
    record.write(
        by=by, act="places.codes_compared", subject=f"codes:{made.key}", scope=county.pk, rows=len(rows),
        differences=len(differences.of(made)),
    )  # fmt: skip
    return made


@transaction.atomic
def drop_codes(*, file: CodesFile, by: str) -> None:
    """Throw a codes file away; nothing was changed by it. Done twice, it is done once."""
    gone = CodesFile.objects.filter(pk=file.pk, status=CodesFile.Status.WAITING)
    if gone.update(status=CodesFile.Status.DROPPED):
        record.write(by=by, act="places.codes_dropped", subject=f"codes:{file.key}", scope=file.county_id)


@transaction.atomic
def apply_codes(
    *, file: CodesFile, decisions: Mapping[str, str], paper: Paper, today: date, by: str
) -> list[PlaceChange]:
    """Carry out what was decided on each difference, in one transaction: all of it, or nothing.

    A decision by the key of its difference: "accept" (name, code, or a new place as the file has it), "merge:CODE",
    "same:CODE" (one that is gone is the place with this new code), "close", or "leave". Townships come before villages.
    """
    held = CodesFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if held.status != CodesFile.Status.WAITING:
        raise Refused(_("This file has been carried out or thrown away already."))
    paper.check(today)
    work = _Work(paper, today, by)
    decided = [(each, decisions.get(differences.key(each), "leave")) for each in differences.of(held)]
    for township_level in (True, False):
        some = [pair for pair in decided if (_level(pair[0]) == "township") == township_level]
        work.settle(some)
    work.dissolve(decided)
    held.status = CodesFile.Status.DONE
    held.save()
    record.write(
        by=by, act="places.codes_applied", subject=f"codes:{held.key}", scope=held.county_id, changes=len(work.done),
        left=sum(choice == "leave" for _change, choice in decided),
    )  # fmt: skip
    return work.done


def _level(change: Change) -> str:
    return level((change.before or change.after).code)  # type: ignore[union-attr]


class _Work:
    """The decisions being carried out; `done` is what came of them."""

    def __init__(self, paper: Paper, today: date, by: str) -> None:
        self.same = {"paper": paper, "today": today, "by": by}
        self.done: list[PlaceChange] = []

    def settle(self, decided: list[tuple[Change, str]]) -> None:
        """New names, codes and places, then mergers: of one level."""
        taken = {choice.removeprefix("same:") for _change, choice in decided if choice.startswith("same:")}
        mergers_into: dict[str, list[Place]] = {}
        for change, choice in decided:
            if choice == "accept" and change.before and change.after:
                self._redesignate(change.before.code, change.after.code, change.after.name)
            elif choice.startswith("same:") and change.before:
                code = choice.removeprefix("same:")
                self._redesignate(change.before.code, code, self._name_of(code, decided))
            elif choice.startswith("merge:") and change.before:
                mergers_into.setdefault(choice.removeprefix("merge:"), []).append(
                    self._place(change.before.code)
                )
        for change, choice in decided:
            if (
                choice == "accept"
                and change.before is None
                and change.after
                and change.after.code not in taken
            ):
                self._open(change)
        for code, villages in mergers_into.items():
            self._merge(code, villages)

    def dissolve(self, decided: list[tuple[Change, str]]) -> None:
        """What is gone and merged into nothing ends last, villages before their townships."""
        closing = [change.before for change, choice in decided if choice == "close" and change.before]
        for listed in sorted(closing, key=lambda each: each.code[9:] == "000"):
            place = self._place(listed.code)
            with self._named(place.full_name):
                self.done.append(designations.close_place(place=place, **self.same))

    def _redesignate(self, old: str, code: str, name: str) -> None:
        place = self._place(old)
        if (place.code, place.name) == (code, name):
            return  # its township's new code has brought it there
        with self._named(place.full_name):
            self.done.append(designations.redesignate(place=place, code=code, name=name, **self.same))

    def _open(self, change: Change) -> None:
        with self._named(f"{change.after.name} {change.after.code}"):
            place = designations.open_place(name=change.after.name, code=change.after.code, **self.same)
        self.done.append(place.changes.get())

    def _merge(self, code: str, villages: list[Place]) -> None:
        into = selectors.by_code(code)
        if into is None:
            raise Refused(
                _(
                    "{place} cannot be merged into {code}: no such place stands. Accept that one first."
                ).format(place=villages[0].full_name, code=code)
            )
        with self._named(villages[0].full_name):
            self.done.append(mergers.merge(villages=[into, *villages], into=into, **self.same))

    def _place(self, code: str) -> Place:
        place = selectors.known(code)
        if place is None or place.valid_until:
            raise Refused(
                _("The place with the code {code} does not stand any more. Compare the file anew.").format(
                    code=code
                )
            )
        return place

    def _name_of(self, code: str, decided: list[tuple[Change, str]]) -> str:
        for change, _choice in decided:
            if change.after and change.after.code == code:
                return change.after.name
        raise Refused(_("The file has no new place with the code {code}.").format(code=code))

    @staticmethod
    def _named(label: str) -> _Named:
        return _Named(label)


class _Named:
    """A refusal inside names the place of the file that it is about."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, refusal: BaseException | None, _trace: object) -> None:
        if isinstance(refusal, Refused):
            raise Refused(f"{self.label}{_(': ')}{refusal.message}") from None
