"""What a page with a map may ask for: its worker from here, and the tiles of whoever the operator named."""

from __future__ import annotations

from collections.abc import Sequence

from csp.constants import SELF
from django.http import HttpResponse


def allow_map(response: HttpResponse, tiles: Sequence[str] = ()) -> HttpResponse:
    """Open this one page's content security policy for a map. Without tiles nothing outside is let in."""
    response._csp_update = {"worker-src": [SELF], "img-src": list(tiles), "connect-src": list(tiles)}
    return response
