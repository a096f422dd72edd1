"""No person types the byte NUL, and PostgreSQL takes it in no text: an address or cookie that holds it is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase


def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: 400 for NUL in the address, its query or a cookie. What is typed into forms, the forms refuse."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = [request.path, *(text for texts in request.GET.lists() for text in (texts[0], *texts[1]))]
        if any("\0" in text for text in (*asked, *request.COOKIES.values())):
            raise BadRequest
        return get_response(request)

    return answer
