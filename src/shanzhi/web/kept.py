"""Pages for everyone, kept in the memory of the process until something in the county changes.

The decorator `kept` stands on views whose answer depends on nothing but

* what the county holds: `settings.STAMP` names the function whose answer changes with every recorded act and every
  signature. It is asked first, so a page is never older than its stamp; None: keep nothing now
* the address with its query, the language and the look, which the cookies below say; and the minute, for "as of"
* the token against forged forms, which is put in anew for every reader

Whoever is signed in, or brings any other cookie, gets his page made for him.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

from shanzhi.web import look

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was made, cut where the reader's token goes."""

    stamp: object
    parts: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page for this reader; 304 when his browser holds just this one."""
        mark = self._mark(request)
        if request.headers.get("If-None-Match") == mark:
            response = HttpResponse(status=304)
        else:
            token = get_token(request).encode() if len(self.parts) > 1 else b""
            response = HttpResponse(token.join(self.parts))
        for name, value in self.headers:
            response[name] = value
        response["ETag"] = mark
        patch_vary_headers(response, ("Cookie",))
        return response

    def _mark(self, request: HttpRequest) -> str:
        """Weak: two copies differ in their token. With another cookie the token in the copy would no longer do."""
        told = f"{self.stamp}|{request.get_full_path()}|{request.headers.get('Cookie', '')}"
        return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


class Pages:
    """The pages asked for most recently, up to a number."""

    def __init__(self) -> None:
        self.held: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self.lock = Lock()

    def get(self, key: tuple[str, ...], stamp: object) -> Page | None:
        with self.lock:
            page = self.held.get(key)
            if page is None or page.stamp != stamp:
                return None
            self.held.move_to_end(key)
            return page

    def keep(self, key: tuple[str, ...], page: Page) -> None:
        with self.lock:
            self.held[key] = page
            self.held.move_to_end(key)
            while len(self.held) > settings.KEPT_PAGES:
                self.held.popitem(last=False)


PAGES = Pages()


def kept(view: View) -> View:
    """The view, asked again only when its answer may have changed."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _for_everyone(request):
            return view(request, *args, **kwargs)
        state = _stamp()()
        if state is None:
            return view(request, *args, **kwargs)
        stamp = (state, timezone.now().strftime("%Y%m%d%H%M"))
        key = _key(request)
        page = PAGES.get(key, stamp)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            page = _page(response, stamp)
            PAGES.keep(key, page)
        return page.answer(request)

    return answer


def _for_everyone(request: HttpRequest) -> bool:
    known = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, look.COOKIE}
    return settings.KEPT_PAGES > 0 and request.method == "GET" and request.COOKIES.keys() <= known


def _key(request: HttpRequest) -> tuple[str, ...]:
    reader = str(getattr(request, "look", ""))
    return (request.scheme or "", request.get_host(), request.get_full_path(), request.LANGUAGE_CODE, reader)


def _page(response: HttpResponse, stamp: object) -> Page:
    body = response.content
    found = TOKEN.search(body)
    parts = tuple(body.split(found[1])) if found else (body,)
    headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
    return Page(stamp, parts, headers)


@cache
def _stamp() -> Callable[[], object]:
    return import_string(settings.STAMP)
