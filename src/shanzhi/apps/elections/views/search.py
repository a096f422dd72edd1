"""Looking for a person of the village before a form about him is filled in.

What was typed is sent, not put into the address: it may be an ID number, and addresses are kept on the way.
A name may stand in an address that leads here, as the filters of a list do.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and what was sent for the form below; None while people are still searching."""

    query: str
    sent: QueryDict | None


def asked(request: HttpRequest) -> Search:
    """What this request looks for."""
    query = request.POST.get("q", request.GET.get("q", "")).strip()[:40]
    return Search(query, request.POST if request.method == "POST" and "search" not in request.POST else None)
