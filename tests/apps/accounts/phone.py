"""A phone with an app for sign-in codes, and what pages show of it."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta

from django.utils import timezone

from shanzhi.apps.accounts import actions
from shanzhi.apps.accounts.models import Account
from shanzhi.core import otp

SECRET = b"a secret of 20 bytes"


def tie(account: Account) -> list[str]:
    """Tie a phone to the account some minutes ago; the recovery codes."""
    ago = timezone.now() - timedelta(minutes=5)
    return actions.set_up_second_factor(
        account=account, secret=SECRET, code=code(at=ago), at=ago, by=account.key
    )


def code(secret: bytes = SECRET, *, at: datetime | None = None, steps: int = 0) -> str:
    """What the phone shows, now or some half minutes later."""
    return otp.code_of(secret, otp.step_at((at or timezone.now()).timestamp()) + steps)


def wrong_code() -> str:
    """Six figures that hold neither now nor near it."""
    near = {code(steps=steps) for steps in range(-3, 4)}
    return next(
        each
        for each in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777")
        if each not in near
    )


def hidden(page: str) -> dict[str, str]:
    """What the page's own form would send without anyone typing (not the switches in its head)."""
    page = page[page.index("<main") : page.index("</main>")]
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    }


def shown_secret(page: str) -> bytes:
    """The key that the page shows for typing."""
    import base64

    spelled = re.search(r'class="code large">([A-Z2-7 ]+)<', page)[1]
    return base64.b32decode(spelled.replace(" ", ""))


def shown_codes(page: str) -> list[str]:
    """The recovery codes on the page."""
    return re.findall(r'class="code large">([a-z0-9]{5}-[a-z0-9]{5})<', page)
