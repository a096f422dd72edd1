"""What tells keys apart without telling anything about them."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings

SAID = b"shanzhi: which key is this"


def fingerprints() -> dict[str, str]:
    """A short keyed digest under every key that a county's rows need, by the name of its file."""
    keys = {
        **{f"field-{number}": key for number, key in settings.FIELD_KEYS.items()},
        **{f"lookup-{number}": key for number, key in settings.LOOK_UP_KEYS.items()},
        **{f"log-{name}": key for name, key in settings.LOG_KEYS.items()},
    }
    return {name: hmac.new(key, SAID, sha256).hexdigest()[:16] for name, key in sorted(keys.items())}
