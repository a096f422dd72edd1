"""Published documents and what proves them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.apps.record.models import Checkpoint, Document
from shanzhi.apps.record.selectors.tiles import tiles_of
from shanzhi.core.merkle import bundle, checkpoint, tile, tree

AUDIT_ROOT = "audit_root"
KINDS: dict[str, str | Promise] = {
    "roll": _("voter roll"),
    "correction": _("correction of a roll"),
    "candidates": _("candidates"),
    "mandates": _("proxies"),
    "result": _("result"),
    AUDIT_ROOT: _("daily root of the audit trail"),
}


def document(number: int) -> Document | None:
    """The document with this number."""
    return Document.objects.filter(number=number).first()


def documents_of(
    scopes: Iterable[int] | None = None, *, kind: str = "", place_code: str = ""
) -> QuerySet[Document]:
    """Published documents, newest first, without their bytes."""
    found = Document.objects.defer("body", "leaf")
    if scopes is not None:
        found = found.filter(scope__in=scopes)
    if kind:
        found = found.filter(kind=kind)
    if place_code:
        found = found.filter(place_code__startswith=place_code)
    return found


def shown(of: Document) -> dict[str, Any]:
    """The document's content, for reading."""
    return dict(json.loads(bytes(of.body)))


def template_of(of: Document) -> list[str]:
    """The templates that say this kind of document in plain words; the feature that knows its shape owns the first."""
    return [f"published/{of.kind}.html", "published/other.html"]


def log_key(name: str = "public") -> str:
    """The log's public key in one line."""
    return str(checkpoint.LogKey.of(f"{settings.LOG_ORIGIN}/{name}", settings.LOG_KEYS[name]))


def latest_checkpoint(name: str = "public") -> Checkpoint | None:
    """The newest signed checkpoint of a tree."""
    return Checkpoint.objects.filter(tree_id=name).first()


def checkpoint_over(of: Document) -> Checkpoint | None:
    """The newest checkpoint that covers a document; None while its signature is pending."""
    newest = latest_checkpoint()
    return newest if newest is not None and newest.size > of.index else None


def paper_lines(of: Document) -> dict[str, Any] | None:
    """What a print carries of the log: name, size, root, position. Paper is the first witness."""
    point = checkpoint_over(of)
    if point is None:
        return None
    parsed, _signatures = checkpoint.parse(point.note)
    return {
        "origin": parsed.origin,
        "size": parsed.size,
        "root": parsed.root.hex(),
        "log_key": log_key(),
        "number": of.number,
        "index": of.index,
        "digest": bundle.digest(bytes(of.body)),
        "address": f"{settings.PUBLIC_ADDRESS}/record/{of.number}/",
        "sealed_at": of.sealed_at,
    }


def bundle_of(of: Document, *, from_size: int | None = None) -> bytes | None:
    """The file that proves a document offline; with `from_size`, also that the older log is its beginning."""
    point = checkpoint_over(of)
    if point is None:
        return None
    read = tile.Reader(point.size, tiles_of("public"))
    older = None
    if from_size is not None and 0 < from_size < point.size:
        older = (from_size, tree.consistency_proof(from_size, point.size, read))
    return bundle.make(
        document=bytes(of.body), leaf=json.loads(bytes(of.leaf)), index=of.index,
        proof=read.inclusion_proof(of.index), note=point.note, consistency=older,
    )  # fmt: skip


def consistency(old: int, new: int) -> list[bytes]:
    """That the public log of size `old` is the beginning of size `new`."""
    return tree.consistency_proof(old, new, tile.Reader(new, tiles_of("public")))


def tile_of(name: str, level: int, number: int, width: int) -> bytes | None:
    """The first `width` hashes of a tile; None when the log has not so many."""
    held = tiles_of(name)(level, number)[: width * tree.HASH_BYTES]
    return held if len(held) == width * tree.HASH_BYTES else None


def entries_of(number: int, width: int) -> bytes | None:
    """`width` leaves of the public log from `number` * 256 on, each after its length in two bytes; None if too few."""
    begin = number * tile.WIDTH
    leaves = Document.objects.filter(index__gte=begin, index__lt=begin + width).order_by("index")
    held = [bytes(leaf) for leaf in leaves.values_list("leaf", flat=True)]
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in held) if len(held) == width else None


def sealed_audit_size() -> int:
    """How many events the newest sealed root of the audit trail covers; 0 before the first."""
    newest = Document.objects.filter(kind=AUDIT_ROOT).first()
    return int(shown(newest)["size"]) if newest is not None else 0


def audit_signature_lost() -> bool:
    """Whether the audit trail was sealed and then not signed: the process was killed in between."""
    newest = latest_checkpoint("audit")
    return (newest.size if newest is not None else 0) < sealed_audit_size()
