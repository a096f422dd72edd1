"""Pages of someone signed in are kept by no browser: whoever sits down next sees nothing by going back."""

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.cast import sign_in


@pytest.mark.parametrize(
    "address", ["/elections/", "/places/", "/account/own/", "/places/141130101201/", "/"]
)
def test_a_page_of_someone_signed_in_is_kept_by_no_cache(client, world, address):
    sign_in(client, world.people.township_clerk)

    assert "no-store" in client.get(address)["Cache-Control"]


def test_a_refusal_to_someone_signed_in_is_kept_by_no_cache_either(client, world):
    sign_in(client, world.people.other_clerk)

    answer = client.get("/places/141130101201/")

    assert answer.status_code == 404
    assert "no-store" in answer["Cache-Control"]


def test_a_villagers_public_page_may_be_kept(client, world):
    assert "Cache-Control" not in client.get("/").headers


def test_style_sheets_are_kept_although_the_browser_carries_a_session(client, world):
    sign_in(client, world.people.township_clerk)
    assert finders.find("web/web.css")

    answer = client.get("/static/web/web.css")

    assert "no-store" not in answer["Cache-Control"]
    answer.close()


def test_nobody_else_on_the_machine_reads_what_the_program_writes():
    made = settings.VAR / "made_by_a_test.txt"
    made.write_text("王秀兰", encoding="utf-8")

    assert made.stat().st_mode & 0o077 == 0
    made.unlink()
