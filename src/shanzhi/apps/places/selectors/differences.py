"""A codes file that waits, beside what stands today: what is new, renamed, recoded, gone."""

from __future__ import annotations

import re

from shanzhi.apps.places.models import CodesFile, Place
from shanzhi.core import divisions
from shanzhi.core.divisions import Change, Listed

_ENDINGS = re.compile(
    r"(村民委员会|社区居民委员会|居民委员会|社区居委会|村委会|居委会|街道办事处|街道|社区|村|镇|乡)$"
)


def bare(name: str) -> str:
    """A name without what kind of place it is: 石口乡 that became 石口镇 is one place."""
    return _ENDINGS.sub("", name) or name


def of(file: CodesFile) -> tuple[Change, ...]:
    """Every difference between a file and what stands, in the order of the codes."""
    wanted = _wanted(file)
    standing = [
        Listed(place.code, place.name, place.parent.code)
        for place in Place.objects.filter(valid_until=None).exclude(parent=None).select_related("parent")
    ]
    plain = {each.name: bare(each.name) for each in (*standing, *wanted)}
    return divisions.compare(standing, wanted, plain=plain)


def _wanted(file: CodesFile) -> list[Listed]:
    townships = {code: name for _code, _name, code, name in file.rows}
    villages = [Listed(code, name, above) for code, name, above, _township in file.rows]
    return [Listed(code, name, divisions.above(code)) for code, name in townships.items()] + villages


def key(change: Change) -> str:
    """The name of a difference in a form: the code that stands, or of a new place the new one."""
    return (change.before or change.after).code  # type: ignore[union-attr]


def standing_labels() -> dict[str, str]:
    """Every code that stands, with the name of its township before its own."""
    return {
        place.code: place.full_name
        for place in Place.objects.filter(valid_until=None).select_related("parent")
    }


def file_labels(file: CodesFile) -> dict[str, str]:
    """Every village's code in the file, with the name that its township has there before its own."""
    return {code: f"{township}{name}" for code, name, _above, township in file.rows}


def waiting(county: Place) -> CodesFile | None:
    """The file on which somebody still has to decide."""
    return CodesFile.objects.filter(county=county, status=CodesFile.Status.WAITING).first()
