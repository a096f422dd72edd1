"""Sign-in through other houses, where a county wants it: read from the environment, off without it.

| provider | variables |
|---|---|
| any OpenID Connect server | SHANZHI_OIDC (its address, https), SHANZHI_OIDC_ID, SHANZHI_OIDC_SECRET, SHANZHI_OIDC_NAME |
| WeChat (a website application of its open platform) | SHANZHI_WECHAT_ID, SHANZHI_WECHAT_SECRET |
| DingTalk | SHANZHI_DINGTALK_ID, SHANZHI_DINGTALK_SECRET |

Only the number that a provider gives a person is asked for and, as a keyed hash, kept: no name, no address, no picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

LOCAL = {"127.0.0.1", "localhost", "::1"}


class Unusable(ValueError):  # noqa: N818 - reads as the thing that happened
    """The variables do not make a provider; the sentence is for the operator."""


def providers(given: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What django-allauth needs to know (SOCIALACCOUNT_PROVIDERS), and the name of each provider by its id."""
    known: dict[str, Any] = {}
    names: dict[str, str] = {}
    if issuer := given.get("SHANZHI_OIDC", ""):
        _check(issuer)
        app = _app(given, "OIDC") | {
            "provider_id": "oidc",
            "name": given.get("SHANZHI_OIDC_NAME", ""),
            "settings": {"server_url": issuer.rstrip("/"), "fetch_userinfo": False, "scope": ["openid"]},
        }
        known["openid_connect"] = {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
        names["oidc"] = given.get("SHANZHI_OIDC_NAME", "")
    if given.get("SHANZHI_WECHAT_ID"):
        known["weixin"] = {"APPS": [_app(given, "WECHAT")]}
        names["weixin"] = ""
    if given.get("SHANZHI_DINGTALK_ID"):
        known["dingtalk"] = {"APPS": [_app(given, "DINGTALK") | {"settings": {"scope": ["openid"]}}]}
        names["dingtalk"] = ""
    return known, names


def _app(given: Mapping[str, str], kind: str) -> dict[str, Any]:
    client, secret = given.get(f"SHANZHI_{kind}_ID", ""), given.get(f"SHANZHI_{kind}_SECRET", "")
    if not client or not secret:
        raise Unusable(
            f"SHANZHI_{kind}_ID 和 SHANZHI_{kind}_SECRET 都要设置。 Set both SHANZHI_{kind}_ID and SHANZHI_{kind}_SECRET."
        )
    return {"client_id": client, "secret": secret}


def _check(issuer: str) -> None:
    """What a provider says is believed because it comes over TLS from its own address."""
    parts = urlsplit(issuer)
    if not parts.hostname or (parts.scheme != "https" and parts.hostname not in LOCAL):
        raise Unusable("SHANZHI_OIDC 须为 https 地址。 SHANZHI_OIDC must be an https address.")
