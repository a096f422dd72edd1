"""Pages of a server that fails in every way, with personal data wherever a program holds it."""

from __future__ import annotations

import logging
import warnings
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from shanzhi.config import urls

handler500 = urls.handler500


def in_locals(request: HttpRequest, name: str) -> HttpResponse:
    """A fault while a person's number lies in a variable, and in the text of the exception."""
    number = request.GET["number"]
    raise ValueError(f"cannot use {name} {number}") from KeyError(number)


def in_sql(request: HttpRequest) -> HttpResponse:
    """A database that quotes the value it refuses."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE noisy (id_look_up text UNIQUE)")
        for _ in range(2):
            cursor.execute("INSERT INTO noisy VALUES (%s)", [request.GET["number"]])
    return HttpResponse()


def in_words(request: HttpRequest) -> HttpResponse:
    """Lines that a careless library writes."""
    name, number = request.GET["name"], request.GET["number"]
    for logger in ("django_tasks_db", "allauth", "axes", "somebody.else"):
        logging.getLogger(logger).warning(f"AXES: failed for {name}")
        logging.getLogger(logger).error("failed for %s with %s", name, number)
        logging.getLogger(logger).error("failed for %(name)s", {"name": name})
        logging.getLogger(logger).error("number %d", int(number[:11]))
        logging.getLogger(logger).error(ValueError(name))
    warnings.warn(f"{name} {number}", stacklevel=1)
    return HttpResponse()


def told_plainly(_request: HttpRequest) -> HttpResponse:
    """A line that may stand: words of the source, and a small number."""
    logging.getLogger("shanzhi.noisy").error("the queue has %d entries for %s", 42, "王五")
    return HttpResponse()


urlpatterns: list[Any] = [
    path("noisy/locals/<str:name>/", in_locals, name="noisy_locals"),
    path("noisy/sql", in_sql, name="noisy_sql"),
    path("noisy/words", in_words, name="noisy_words"),
    path("noisy/plain", told_plainly, name="noisy_plain"),
    *urls.urlpatterns,
]
