"""Tiles of a tree, read from the database."""

from __future__ import annotations

from django.db import connection

from shanzhi.apps.record.models import Tile
from shanzhi.core.merkle.tile import ReadTile

# By hand, because a proof reads five of them and a publication a few more: building the query took longer than all
# the hashing.
ONE_TILE = (
    f"SELECT hashes FROM {connection.ops.quote_name(Tile._meta.db_table)} "  # noqa: S608 - our own table's name
    "WHERE tree_id = %s AND level = %s AND number = %s"
)


def tiles_of(tree: str) -> ReadTile:
    """Reads a tile of a tree; a missing one is empty."""

    def read(level: int, number: int) -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(ONE_TILE, [tree, level, number])
            row = cursor.fetchone()
        return bytes(row[0]) if row is not None else b""

    return read
