"""Small words that every room shares, in the reader's own punctuation."""

import pytest
from django.utils import translation

from shanzhi.web import wording


@pytest.mark.parametrize(
    ("language", "two", "many", "aside"),
    [
        ("zh-hans", "甲、乙", "甲、乙、丙、丁、戊等", "（女，1970）"),
        ("en", "甲, 乙", "甲, 乙, 丙, 丁, 戊 and others", " (女, 1970)"),
    ],
)
def test_names_and_asides_are_punctuated_as_the_reader_writes(language, two, many, aside):
    with translation.override(language):
        assert wording.listed(["甲", "乙"]) == two
        assert wording.some(["甲", "乙"]) == two
        assert wording.some("甲乙丙丁戊") == many.removesuffix("等").removesuffix(" and others")
        assert wording.some("甲乙丙丁戊己") == many
        assert wording.aside("女", 1970) == aside


def test_a_page_says_them_the_same(render):
    assert render("{{ names|listed }}{{ said|aside }}", "en", names=["A", "B"], said="near") == "A, B (near)"
    assert (
        render("{{ names|listed }}{{ said|aside }}", "zh-hans", names=["甲", "乙"], said="近")
        == "甲、乙（近）"
    )
