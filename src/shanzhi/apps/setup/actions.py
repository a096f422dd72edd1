"""From nothing to a county: a code for whoever starts the program, a draft, and at last everything at once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shanzhi.apps.accounts import actions as accounts
from shanzhi.apps.accounts import selectors as account_selectors
from shanzhi.apps.places import actions as places
from shanzhi.apps.places import selectors as place_selectors
from shanzhi.apps.record import actions as record
from shanzhi.apps.record import sealing
from shanzhi.apps.setup import selectors
from shanzhi.apps.setup.models import Draft
from shanzhi.web.refusals import Refused

MOST_TRIES = 10


@transaction.atomic
def issue_code() -> str:
    """A new code for the set-up pages; an earlier one counts no more, and what was entered stays."""
    if place_selectors.county():
        raise Refused(_("This installation has its county already."))
    code = account_selectors.new_password()
    digest = sealing.look_up(selectors.plain(code), purpose="set-up code")
    Draft.objects.update_or_create(one=1, defaults={"digest": digest, "wrong": 0})
    return code


@transaction.atomic
def try_code(*, code: str) -> bool:
    """Whether this is the code; after ten wrong ones it is used up, and the program has to be started anew."""
    held = Draft.objects.select_for_update(no_key=True).first()
    if held is None or not held.digest:
        return False
    if selectors.fits(held, code):
        return True
    Draft.objects.filter(pk=held.pk).update(wrong=F("wrong") + 1)
    if held.wrong + 1 >= MOST_TRIES:
        Draft.objects.filter(pk=held.pk).update(digest="")
    return False


@transaction.atomic
def enter_county(
    *, draft: Draft, county_code: str, county_name: str, valid_from: date, content: str, file_name: str
) -> None:
    """Keep the county and its codes file, which has been found without fault, in the draft."""
    draft.county_code, draft.county_name, draft.valid_from = county_code, county_name, valid_from
    draft.content, draft.file_name = content, file_name[-100:]
    draft.save()


@transaction.atomic
def open_county(*, draft: Draft, username: str, name: str, password: str) -> None:
    """Make the county, its places and its first operator, all or nothing; from then on the set-up pages are gone."""
    held = Draft.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
    if held is None or not held.has_county:
        raise Refused(_("The county has been opened meanwhile. Sign in."))
    county = places.load_divisions(
        county_code=held.county_code, county_name=held.county_name, content=held.content,
        valid_from=held.valid_from, by=record.SYSTEM,
    )  # fmt: skip
    accounts.create_account(
        username=username, name=name, password=password, role="operator", scope=county.pk, handed_over=False,
        reason=_("first operator of the county"), by=record.SYSTEM,
    )  # fmt: skip
    held.delete()
    record.write(by=record.SYSTEM, act="setup.opened", subject=f"place:{county.code}", scope=county.pk)
