"""Questions to the places room; nothing here writes."""

from shanzhi.apps.places.selectors.county import holidays, settings_on
from shanzhi.apps.places.selectors.divisions import (
    by_code,
    county,
    lineages,
    scope_names,
    townships,
    townships_under,
    tree,
    villages_below,
    villages_under,
)
from shanzhi.apps.places.selectors.people import (
    find_by_id_number,
    id_number,
    kin_between,
    kin_of,
    masked_id,
    masked_phone,
    people_of,
    phone,
    roster_rows,
    search,
    villages_with_numbers,
)

__all__ = [
    "by_code",
    "county",
    "find_by_id_number",
    "holidays",
    "id_number",
    "kin_between",
    "kin_of",
    "lineages",
    "masked_id",
    "masked_phone",
    "people_of",
    "phone",
    "roster_rows",
    "scope_names",
    "search",
    "settings_on",
    "townships",
    "townships_under",
    "tree",
    "villages_below",
    "villages_under",
    "villages_with_numbers",
]
