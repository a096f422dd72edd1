"""Append-only tables: the two trees with their tiles, audit events, published documents, signed checkpoints."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from shanzhi.apps.record.guards import Guard
from shanzhi.apps.record.kept import AppendOnly, Kept


class Tree(Kept):
    """One log: how many leaves it has and the root over them. The row is the lock of its single writer."""

    name = models.CharField(max_length=10, primary_key=True)  # "public" or "audit"
    size = models.BigIntegerField(default=0)
    root = models.CharField(max_length=64)

    guard: ClassVar = Guard(
        may_change=("size", "root"),
        when="NEW.size > OLD.size OR (NEW.size = OLD.size AND NEW.root = OLD.root)",
    )

    def __str__(self) -> str:
        return f"{self.name} {self.size}"


class Tile(Kept):
    """Up to 256 hashes of one level. The tile at the right edge is written again as the tree grows."""

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="tiles")
    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    guard: ClassVar = Guard(
        may_change=("hashes",), when="substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes", upserts=True
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tree", "level", "number"], name="one_tile_a_place")]

    def __str__(self) -> str:
        return f"{self.tree_id} {self.level}/{self.number}"


class Checkpoint(AppendOnly):
    """A signed note over a size and root that had been committed before it was signed."""

    tree = models.ForeignKey(Tree, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.BigIntegerField()
    note = models.TextField()

    guard: ClassVar = Guard()

    class Meta(AppendOnly.Meta):
        ordering = ["-size"]
        constraints = [models.UniqueConstraint(fields=["tree", "size"], name="one_checkpoint_a_size")]

    def __str__(self) -> str:
        return f"{self.tree_id}@{self.size}"


class Event(AppendOnly):
    """Who did what to what, and when. `leaf` is exactly what the audit tree holds; no personal data stands in it."""

    index = models.BigIntegerField(primary_key=True)  # the place in the audit tree: never given twice
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=16, db_index=True)
    act = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=80, db_index=True)
    scope = models.BigIntegerField(null=True, db_index=True)
    facts = models.JSONField(default=dict)
    leaf = models.BinaryField()

    guard: ClassVar = Guard()

    class Meta(AppendOnly.Meta):
        ordering = ["-index"]
        indexes = [models.Index(fields=["act", "index"], name="event_act_in_order")]

    def __str__(self) -> str:
        return f"#{self.index} {self.act}"


class Document(AppendOnly):
    """Something published, exactly as it was published; `leaf` is what the public tree holds of it."""

    number = models.BigIntegerField(primary_key=True)  # from 1; stands in addresses and on paper
    index = models.BigIntegerField(unique=True)  # the place in the public tree, from 0
    kind = models.CharField(max_length=20, db_index=True)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    place_code = models.CharField(max_length=12, db_index=True)
    place_name = models.CharField(max_length=40)
    scope = models.BigIntegerField(db_index=True)
    issuing_body = models.CharField(max_length=80)
    posted_on = models.DateField()
    sealed_at = models.DateTimeField()
    media_type = models.CharField(max_length=40, default="application/json")
    body = models.BinaryField()
    leaf = models.BinaryField()

    guard: ClassVar = Guard()

    class Meta(AppendOnly.Meta):
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"#{self.number} {self.title_zh}"
