"""Chinese first: a page is in English only for a visitor who chose English on the page itself.

Django's own middleware would follow the browser's language list, which on a borrowed or badly set up computer says
nothing about its reader.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers


def wished(request: HttpRequest) -> str:
    """The language of the cookie, else the county's first."""
    wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def chosen(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: the language of the cookie that the language switch sets, else the county's first language."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.LANGUAGE_CODE = language = wished(request)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response

    return answer
