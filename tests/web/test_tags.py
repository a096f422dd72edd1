"""Tags and filters that every page uses."""

import re
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.utils import timezone

from shanzhi.core.law import calendar
from shanzhi.core.law.findings import Finding
from shanzhi.core.law.holidays import COMMITTED
from shanzhi.core.law.register import all_rules
from shanzhi.core.law.stages import ORDER
from shanzhi.web.wording import LAWS, STAGES, STEPS

STORED = {
    "rule": "VCOL-18-6",
    "law": "2025",
    "article": "18(2)",
    "holds": True,
    "facts": {},
    "says": {"zh": "过半数选民参加投票。", "en": "More than half of the voters took part."},
}


def test_a_finding_speaks_the_language_of_the_page(render):
    assert render("{% finding_words f %}", "en", f=STORED) == "More than half of the voters took part."
    assert render("{% finding_words f %}", "zh-hans", f=STORED) == "过半数选民参加投票。"


def test_a_finding_names_law_article_and_rule(render):
    zh = render("{% finding_source f %}", "zh-hans", f=STORED)
    en = render("{% finding_source f %}", "en", f=STORED)

    assert zh.startswith("《中华人民共和国村民委员会组织法》")
    assert "第18条第2款" in zh
    assert "art. 18(2)" in en
    assert "VCOL-18-6" in zh
    assert "VCOL-18-6" in en


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [
        ("15", "第15条 ·", ", art. 15 ·"),
        ("16(2)", "第16条第2款 ·", ", art. 16(2) ·"),
        ("16(2)(3)", "第16条第2款第3项 ·", ", art. 16(2)(3) ·"),
        ("", "》（2025年修正） ·", "(2025 text) ·"),
    ],
)
def test_an_article_is_cited_as_lawyers_cite_it(render, article, zh, en):
    finding = {**STORED, "article": article}

    assert zh in render("{% finding_source f %}", "zh-hans", f=finding).replace("\xa0", " ")
    assert en in render("{% finding_source f %}", "en", f=finding).replace("\xa0", " ")


def test_every_law_that_a_rule_stands_in_has_a_name():
    laws = {text.law for rule in all_rules() for text in rule.texts}

    assert laws <= LAWS.keys()


def test_a_rule_known_from_memory_says_so(render):
    finding = Finding("VER-06", "guide-2013", "6", False, stops=True)

    source = render("{% finding_source f %}", f=finding)

    assert "not yet checked" in source
    assert "art." not in source  # the guide's rules carry our numbers, not its own


@pytest.mark.parametrize(
    ("holds", "stops", "word"),
    [
        (True, False, "kept"),
        (False, False, "note"),
        (None, False, "unknown"),
        (False, True, "stops"),
        (None, True, "stops"),
    ],
)
def test_a_finding_carries_a_word_and_not_only_a_colour(render, holds, stops, word):
    finding = Finding("VCOL-18-6", "2025", "18(2)", holds, stops=stops)

    assert render("{% finding_look f as look %}{{ look.word }}", f=finding) == word


@pytest.mark.parametrize("day", [date(2026, 12, 20), "2026-12-20", datetime(2026, 12, 19, 16, 0, tzinfo=UTC)])
def test_a_day_is_written_as_people_write_it_here(render, day):
    assert render("{{ day|civil_date }}", "zh-hans", day=day) == "2026年12月20日"
    assert render("{{ day|civil_date }}", "en", day=day) == "20 December 2026"


def test_no_day_is_written_as_nothing(render):
    assert render("{{ day|civil_date }}{{ day|days_left }}{% deadline day %}", day=None) == ""


@pytest.mark.parametrize(
    ("days", "en", "zh"),
    [
        (0, "today", "今天"),
        (1, "1 day left", "还有1天"),
        (9, "9 days left", "还有9天"),
        (-1, "1 day late", "已逾期1天"),
        (-4, "4 days late", "已逾期4天"),
    ],
)
def test_a_clock_says_how_many_days(render, days, en, zh):
    day = timezone.localdate() + timedelta(days=days)

    assert render("{{ day|days_left }}", "en", day=day) == en
    assert render("{{ day|days_left }}", "zh-hans", day=day.isoformat()) == zh


@pytest.mark.parametrize(
    ("days", "look"), [(-1, "stop"), (0, "warn"), (3, "warn"), (4, "info"), (40, "info")]
)
def test_a_late_or_near_day_is_marked(render, days, look):
    day = timezone.localdate() + timedelta(days=days)

    assert f"badge-{look}" in render("{% deadline day %}", day=day)


def test_a_day_whose_duty_is_done_is_never_late(render):
    day = timezone.localdate() - timedelta(days=9)

    page = render("{% deadline day True %}", day=day)

    assert "late" not in page
    assert "done" in page


def test_the_stage_line_shows_what_is_done_now_and_later(render):
    page = render("{% include 'components/stage_line.html' with stage='candidates' %}")

    assert page.count("stage-done") == 3
    assert page.count('aria-current="step"') == 1
    assert page.count("stage-later") == 3
    assert page.index("Roll posted") < page.index("Candidates") < page.index("Announced")


def test_the_stage_line_knows_every_stage_in_the_order_of_the_law():
    assert list(STAGES) == [str(stage) for stage in ORDER]


class Shape(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")])
    way = forms.ChoiceField(label="Way", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    note = forms.CharField(label="Note", required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="t0ken")


def test_a_field_is_joined_to_its_label_help_and_error(render):
    page = render("{% field form.name %}", form=Shape({}))

    assert '<label class="form-label" for="id_name">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_choices_stand_in_a_group_with_a_legend(render):
    page = render("{% field form.way %}", form=Shape())

    assert "<fieldset" in page
    assert "<legend>Way" in page
    assert page.count('type="radio"') == 2


def test_a_field_that_may_stay_empty_says_so(render):
    assert "optional" in render("{% field form.note %}", form=Shape())
    assert "optional" not in render("{% field form.name %}", form=Shape())


def test_a_form_shows_every_error_and_keeps_its_hidden_fields(render):
    page = render(
        "{% include 'components/form.html' with submit='Go' back='/x/' %}", form=Shape({"name": "王"})
    )

    assert 'role="alert"' in page
    assert page.count('class="wrong"') == 3  # kind, way, agreed
    assert 'type="hidden" name="token"' in page
    assert 'value="王"' in page
    assert 'href="/x/"' in page


def test_a_table_names_the_column_in_every_cell(render):
    page = render(
        "{% include 'components/table.html' with caption='Villages' %}",
        headings=["Village", "Stage"],
        rows=[{"cells": ["柳树沟", "<b>x</b>"], "url": "/v/1/", "mark": "late"}],
    )

    assert 'data-label="Stage"' in page
    assert '<a href="/v/1/">柳树沟</a>' in page
    assert "&lt;b&gt;" in page
    assert "row-late" in page


def test_a_table_whose_row_does_not_fit_its_headings_is_not_shown_wrongly(render):
    with pytest.raises(ValueError, match="zip"):
        render("{% include 'components/table.html' %}", headings=["A", "B"], rows=[{"cells": ["only one"]}])


def test_findings_are_listed_with_mark_words_and_source(render):
    page = render("{% include 'components/findings.html' %}", findings=[STORED, {**STORED, "stops": True}])

    assert page.count("More than half") == 2
    assert "finding-good" in page
    assert "finding-stop" in page


def test_a_confirmation_carries_its_hidden_values_and_a_way_back(render):
    page = render(
        "{% include 'components/confirm.html' with text='Sure?' submit='Yes' back='/b/' danger=True %}",
        hidden={"version": 3},
    )

    assert 'name="version" value="3"' in page
    assert "btn-danger" in page
    assert 'href="/b/"' in page


def test_every_dated_duty_of_the_law_has_a_name_in_both_languages(render):
    day = date(2026, 12, 20)
    known = calendar.Facts(day, *[day] * (len(fields(calendar.Facts)) - 1))
    steps = {step.step for step in calendar.steps(known, calendar.Settings(), COMMITTED)}

    assert len(steps) > 10
    assert steps <= STEPS.keys()
    for step in steps:
        assert re.search(r"[\u4e00-\u9fff]", render("{{ step|step_name }}", "zh-hans", step=step)), step


@pytest.mark.parametrize(("bound", "said"), [("latest", "最迟"), ("earliest", "最早"), ("exact", "")])
def test_a_bound_is_said_and_the_day_itself_is_not(render, bound, said):
    assert render("{{ bound|bound_name }}", "zh-hans", bound=bound) == said
