"""Tiles and state of the trees, read from the database by hand: what is asked most often."""

from __future__ import annotations

from django.db import connection

from shanzhi.apps.record.models import Checkpoint, Tile, Tree
from shanzhi.core.merkle.tile import ReadTile

# By hand, because a proof reads five of them and a publication a few more: building the query took longer than all
# the hashing.
ONE_TILE = (
    f"SELECT hashes FROM {connection.ops.quote_name(Tile._meta.db_table)} "  # noqa: S608 - our own table's name
    "WHERE tree_id = %s AND level = %s AND number = %s"
)
# As short: every request for a public page asks it.
STATE = (
    f"SELECT name, size, root, (SELECT MAX(size) FROM {connection.ops.quote_name(Checkpoint._meta.db_table)} "  # noqa: S608
    f"WHERE tree_id = name) FROM {connection.ops.quote_name(Tree._meta.db_table)}"
)


def stamp() -> tuple[str, int] | None:
    """What changes with every act that is recorded and every signature; None while a document waits for its signature."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        held = {name: (size, root, signed) for name, size, root, signed in cursor.fetchall()}
    size, _root, signed = held.get("public", (0, "", 0))
    if (signed or 0) < size:
        return None
    return held.get("audit", (0, "", None))[1], size


def tiles_of(tree: str) -> ReadTile:
    """Reads a tile of a tree; a missing one is empty."""

    def read(level: int, number: int) -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(ONE_TILE, [tree, level, number])
            row = cursor.fetchone()
        return bytes(row[0]) if row is not None else b""

    return read
