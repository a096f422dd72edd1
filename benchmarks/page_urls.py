"""The site, and beside it a view that returns a constant: what the pages are measured against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from shanzhi.config.urls import handler500  # noqa: F401
from shanzhi.config.urls import urlpatterns as pages


def constant(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("constant")


urlpatterns = [path("constant/", constant), *pages]
