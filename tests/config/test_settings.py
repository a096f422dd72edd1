"""Chinese first; headers on every page; hashed names for a public server."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from tests.architecture.house import ROOT

pytestmark = pytest.mark.django_db
LISTS = ["en-US,en;q=0.9", "zh-CN,zh;q=0.9,en;q=0.8", "de", "", "not a language"]


@pytest.fixture
def address():
    return reverse("accounts:sign_in")


@pytest.mark.parametrize("languages", LISTS)
def test_a_page_is_chinese_whatever_the_browser_asks_for(client, address, languages):
    answer = client.get(address, headers={"accept-language": languages})

    assert answer.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans"' in answer.content.decode()


def test_english_is_for_the_visitor_who_chose_it_and_stays(client, address):
    client.post(reverse("set_language"), {"language": "en", "next": address})

    answer = client.get(address)

    assert answer.headers["Content-Language"] == "en"
    assert '<html lang="en"' in answer.content.decode()
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"] > 30 * 24 * 60 * 60


@pytest.mark.parametrize("cookie", ["fr", "zh-hant", "../../etc", "en; x", "EN"])
def test_a_language_that_there_is_not_shows_chinese(client, address, cookie):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    assert client.get(address).headers["Content-Language"] == "zh-hans"


def test_a_language_ends_with_its_page(client, address):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.get(address)
    client.cookies.clear()

    assert client.get(address).headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_page_carries_the_headers(client, address, header, value):
    assert client.get(address).headers[header] == value


def test_the_policy_allows_nothing_inline_and_nobody_else(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_public_server_gets_hashed_and_compressed_files(tmp_path):
    """And every file that a style sheet or script names is there: collecting fails otherwise."""
    var = {**os.environ, "SHANZHI_VAR": str(tmp_path), "SHANZHI_HASHED_STATIC": "1"}
    var["DJANGO_SETTINGS_MODULE"] = "shanzhi.config.settings"
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"],
        cwd=ROOT, env=var, check=True, capture_output=True,
    )  # fmt: skip

    names = [file.name for file in (tmp_path / "static/web").iterdir()]

    assert "staticfiles.json" in os.listdir(tmp_path / "static")
    assert sum(name.startswith("web.") and name.endswith(".css.gz") for name in names) == 2
