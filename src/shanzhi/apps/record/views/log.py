"""The log itself, for programs: checkpoint, key, tiles and entries (C2SP tlog-tiles below /record/)."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from shanzhi.apps.record import actions, selectors

PLACE = re.compile(r"(?P<groups>(?:x\d{3}/){0,4}\d{1,3}|\d{1,15})(?:\.p/(?P<width>\d{1,3}))?", re.ASCII)
WIDTH = 256
LEVELS = 8  # of 256 each: no log has more entries than 64 bits count


@require_GET
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """The newest signed note of the public log."""
    actions.sign_for_reader("public")
    held = selectors.latest_checkpoint()
    if held is None:
        raise Http404
    response = _text(held.note)
    patch_cache_control(response, no_cache=True)
    return response


@require_GET
def key(_request: HttpRequest) -> HttpResponse:
    """The log's public key in one line. Whoever wants to be sure compares it with the printed one."""
    return _text(selectors.log_key() + "\n")


@require_GET
def tile(_request: HttpRequest, level: int, where: str) -> HttpResponse:
    """Up to 256 hashes of one level. A full tile never changes."""
    number, width = _place(where)
    if level >= LEVELS:
        raise Http404
    return _part(selectors.tile_of("public", level, number, width), full=width == WIDTH)


@require_GET
def entries(_request: HttpRequest, where: str) -> HttpResponse:
    """Up to 256 leaves of the log, each with its length (two bytes, big-endian) before it."""
    number, width = _place(where)
    return _part(selectors.entries_of(number, width), full=width == WIDTH)


def _place(where: str) -> tuple[int, int]:
    """Number and width in a tile's address: "x001/x234/067", "67.p/12"."""
    found = PLACE.fullmatch(where)
    if found is None:
        raise Http404
    width = int(found["width"] or WIDTH)
    if not 0 < width <= WIDTH:
        raise Http404
    return int(found["groups"].replace("x", "").replace("/", "")), width


def _part(data: bytes | None, *, full: bool) -> HttpResponse:
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="application/octet-stream")
    if full:
        patch_cache_control(response, public=True, max_age=365 * 24 * 3600, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=3600)
    return response


def _text(words: str) -> HttpResponse:
    return HttpResponse(words, content_type="text/plain; charset=utf-8")
