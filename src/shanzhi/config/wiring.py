"""What lower rooms need of higher ones: they name it in the settings, and here it is."""

from __future__ import annotations

from collections.abc import Iterable


def place_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of places by their ids, of those that have ended too."""
    from shanzhi.apps.places.models import Place

    return dict(Place.objects.filter(pk__in=list(ids)).values_list("pk", "name"))
