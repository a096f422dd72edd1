"""One roster on its way in: each row against the others, the village and the records; then written, or taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.actions.people import hold_places
from shanzhi.apps.places.actions.roster_rows import RosterWriter, differs
from shanzhi.apps.places.actions.roster_undo import take_back
from shanzhi.apps.places.errors import Refused
from shanzhi.apps.places.models import Person, Place
from shanzhi.apps.tables.declared import Intake, Scope, Undone
from shanzhi.core import identity
from shanzhi.core.tables import dates
from shanzhi.core.tables.rows import Fault, Row


class RosterIntake(Intake):
    """Takes one roster in, of a village or of everything under a place."""

    def __init__(self, scope: Scope, *, today: date) -> None:
        super().__init__(scope, today=today)
        self._villages = selectors.VillagesNamed(scope.id)
        # What earlier rows said, as small as can be: a county has 120,000 people.
        self._people: dict[int, int] = {}  # hash of the ID number -> row
        self._groups: dict[tuple[int, str], tuple[str, int]] = {}
        self._heads: dict[tuple[int, str], int] = {}
        self._zeros: dict[int, str] = {}  # rows whose number ends in 000, and whether they are new or changed
        self._damaged = False
        self._held = 0
        self._writer = RosterWriter(today=today)

    def hear(self, faults: Sequence[Fault], partly: Sequence[Row]) -> list[Fault]:
        self._damaged = self._damaged or any(fault.code == "id_damaged_by_excel" for fault in faults)
        return [
            fault
            for row in partly
            if row.values.get("id_number")
            for fault in self._against_number(row, str(row.values["id_number"]))
        ]

    def look(self, rows: Sequence[Row]) -> list[Fault]:
        faults = [fault for row in rows for fault in self._faults_of(row)]
        bad = {fault.line for fault in faults}
        good = [row for row in rows if row.line not in bad]
        known, dead = selectors.known_by_id_numbers(row.values["id_number"] for row in good)
        faults += self._against_records(good, known, dead)
        for row in good:
            person = known.get(row.values["id_number"])
            is_here = person is not None and person.place_id == row.values["place"]
            state = "new" if person is None else "changed" if is_here and differs(person, row.values) else ""
            self._held += is_here
            self.new += state == "new"
            self.changed += state == "changed"
            if row.line in self._zeros:
                self._zeros[row.line] = state
        return faults

    def look_back(self) -> list[Fault]:
        """In a file that Excel has damaged, one in eleven cut-off numbers fits its check digit by chance."""
        self.absent = selectors.people_under(self.scope.id).count() - self._held
        if not self._damaged:
            return []
        self.new -= sum(state == "new" for state in self._zeros.values())
        self.changed -= sum(state == "changed" for state in self._zeros.values())
        return [Fault(line, "id_number", "…000", "zeros", {}) for line in self._zeros]

    def begin(self) -> None:
        hold_places(self._villages.ids)

    def write(self, rows: Sequence[Row]) -> None:
        self._writer.trace, self._writer.by = self.trace, self.by
        numbers = [row.values["id_number"] for row in rows]
        known = selectors.find_by_id_numbers(numbers, for_update=True)
        if all(
            known[row.values["id_number"]].place_id == row.values["place"]
            for row in rows
            if row.values["id_number"] in known
        ):
            try:
                with transaction.atomic():
                    new, changed = self._writer.write([row.values for row in rows], known)
                self.new += new
                self.changed += changed
                return
            except IntegrityError:  # another village was quicker by a moment
                pass
        raise Refused(
            _("Meanwhile some of these people were entered in another village. Upload the file again.")
        )

    def finish(self) -> None:
        self._writer.trace = self.trace
        self._writer.relate()

    def undo(self, trace: Sequence[Any], *, really: bool) -> Undone:
        return take_back(trace, really=really)

    def _faults_of(self, row: Row) -> Iterator[Fault]:
        place = self._villages.of(row.values)
        if isinstance(place, Place):
            row.values["place"] = place.pk
            yield from self._id_faults(row)
            yield from self._household_faults(row, place.pk)
        else:
            column, code, facts = place
            yield Fault(row.line, column, str(row.values[column])[:40], code, facts)

    def _id_faults(self, row: Row) -> Iterator[Fault]:
        values = row.values
        number = str(values["id_number"])
        first = self._people.setdefault(hash(number), row.line)
        if first != row.line:
            yield Fault(row.line, "id_number", identity.masked(number), "id_twice", {"line": first})
        if number.endswith("000"):
            self._zeros[row.line] = ""
        yield from self._against_number(row, number)

    def _against_number(self, row: Row, number: str) -> Iterator[Fault]:
        """Sex and date of birth follow from the number; what else the row says of them must fit."""
        values = row.values
        sex = "m" if int(number[16]) % 2 else "f"
        if values.get("sex", "") not in {"", sex}:
            yield Fault(row.line, "sex", {"m": "男", "f": "女"}[str(values["sex"])], "against_id", {})
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        written = dates.read(str(values["born"])) if values.get("born") else None
        if written is not None and not written.agrees_with(born):
            yield Fault(row.line, "born", str(values["born"]), "against_id", {})
        values["sex"], values["born"] = sex, born.isoformat()

    def _household_faults(self, row: Row, place: int) -> Iterator[Fault]:
        """A household lies in one group and has one head: else two households carry one number."""
        household, group = str(row.values["household"]), str(row.values["group"])
        if group:
            other, first = self._groups.setdefault((place, household), (group, row.line))
            if other != group:
                facts = {"household": household, "group": other, "line": first}
                yield Fault(row.line, "group", group, "group_differs", facts)
        if row.values["relation"] == "head":
            first = self._heads.setdefault((place, household), row.line)
            if first != row.line:
                facts = {"household": household, "line": first}
                yield Fault(row.line, "relation", "户主", "second_head", facts)

    def _against_records(
        self, rows: Sequence[Row], known: dict[str, Person], dead: set[str]
    ) -> Iterator[Fault]:
        """Nobody is entered twice, and the dead do not return by a file."""
        for row in rows:
            number = str(row.values["id_number"])
            person = known.get(number)
            if person and person.place_id != row.values["place"]:
                facts = {"place": person.place.full_name}
                yield Fault(row.line, "id_number", identity.masked(number), "elsewhere", facts)
            elif number not in known and number in dead:
                yield Fault(row.line, "id_number", identity.masked(number), "died", {})
