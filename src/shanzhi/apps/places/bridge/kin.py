"""The relations that a household's rows state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shanzhi.apps.places.bridge.roster import Row

Link = tuple[str, str, str]  # ID numbers of a person and another, and what the first is to the second


def links(rows: Iterable[Row]) -> list[Link]:
    """The links of all households of a file."""
    households: dict[str, list[Row]] = {}
    for row in rows:
        households.setdefault(row.household, []).append(row)
    return [link for members in households.values() for link in of_household(members)]


def of_household(members: list[Row]) -> Iterator[Link]:
    """Each member to the head; children of one head are siblings. Nothing else is guessed."""
    head = next((row for row in members if row.relation == "head"), None)
    if head is None:
        return
    for row in members:
        if row.relation == "nephew":
            yield head.id_number, row.id_number, "uncle"
        elif row.relation not in {"", "head"}:
            yield row.id_number, head.id_number, row.relation
    children = [row.id_number for row in members if row.relation == "child"]
    for place, one in enumerate(children):
        for other in children[place + 1 :]:
            yield one, other, "sibling"
