"""The check of the messages sees what it must see."""

import polib
import pytest
from tools import messages

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext

def words(n):
    return _("One"), ngettext("%(n)d paper", "%(n)d papers", n) % {"n": n}, pgettext("ballot", "Void")
"""
PAGE = """{% load i18n %}
  {% translate "Two" %}
      {% include "x.html" with label=_("Three") title="don't" %}
 {% blocktranslate trimmed with name=person.name %}
   Hello
   {{ name }}
 {% endblocktranslate %}
{% blocktranslate count n=n %}{{ n }} vote{% plural %}{{ n }} votes{% endblocktranslate %}
"""


def found(tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return {(key, plural) for _, key, plural in messages.extract(file)}


def test_it_finds_what_python_says(tmp_path):
    assert found(tmp_path, "a.py", PYTHON) == {
        ((None, "One"), None),
        ((None, "%(n)d paper"), "%(n)d papers"),
        (("ballot", "Void"), None),
    }


def test_it_finds_what_a_page_says(tmp_path):
    assert found(tmp_path, "a.html", PAGE) == {
        ((None, "Two"), None),
        ((None, "Three"), None),
        ((None, "Hello %(name)s"), None),
        ((None, "%(n)s vote"), "%(n)s votes"),
    }


def entry(english, chinese="", **more):
    return polib.POEntry(msgid=english, msgstr=chinese, **more)


def faults(entries, used=("Hello %(name)s",), shared=()):
    needed = {(None, english): messages.Message(places=["page.html:1"]) for english in used}
    kept = [{(None, e.msgid): e for e in catalogue} for catalogue in (shared, entries)]
    return list(messages.check({"web": {}, "apps/x": needed}, {"web": kept[0], "apps/x": kept[1]}))


def test_a_translated_message_is_good_in_its_own_room_or_in_the_shared_one():
    good = entry("Hello %(name)s", "%(name)s，您好")

    assert faults([good]) == []
    assert faults([], shared=[good]) == []


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([], "no Chinese in apps/x"),
        ([entry("Hello %(name)s", "")], "no Chinese in apps/x"),
        ([entry("Hello %(name)s", "%(name)s，您好", flags=["fuzzy"])], "fuzzy"),
        ([entry("Hello %(name)s", "您好")], "placeholders differ (%(name)s)"),
        ([entry("Hello %(name)s", "%(nmae)s，您好")], "placeholders differ (%(name)s %(nmae)s)"),
        ([entry("Hello %(name)s", "%(name)s，您好"), entry("Gone", "没了")], "no longer used: 'Gone'"),
    ],
)
def test_a_fault_is_named_with_its_message(entries, says):
    (fault,) = faults(entries)

    assert says in fault


def test_a_message_that_is_not_english_is_named():
    assert any("not English" in fault for fault in faults([entry("你好", "你好")], used=("你好",)))


def test_two_wordings_of_one_message_are_named():
    good = entry("Hello %(name)s", "%(name)s，您好")

    (fault,) = faults([entry("Hello %(name)s", "%(name)s好")], shared=[good])

    assert "other words" in fault


def test_what_is_missing_is_added_empty_at_the_end(tmp_path):
    path = tmp_path / "locale/django.po"

    messages.add_missing(
        path, {(None, "One"): messages.Message(), (None, "%(n)d paper"): messages.Message("%(n)d papers")}
    )
    messages.add_missing(path, {("ballot", "Void"): messages.Message()})

    kept = messages.entries_of(path)
    assert list(kept) == [(None, "One"), (None, "%(n)d paper"), ("ballot", "Void")]
    assert not any(messages.chinese(one) for one in kept.values())
