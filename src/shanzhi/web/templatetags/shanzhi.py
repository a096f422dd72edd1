"""What pages say and show: findings in words, fields with their errors, dates, days left, the stage line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shanzhi.web import wording

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.template.context import Context

    from shanzhi.core.law.findings import Finding

register = template.Library()

NOTICE_LOOKS = {"success": "good", "warning": "warn", "error": "stop", "debug": "info"}


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> SafeString:
    """The block `title` a second time, so that a page writes its heading once."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    return block.render(context) if block else SafeString("")


# Findings


@register.simple_tag
def finding_words(finding: Finding | Mapping[str, Any]) -> str:
    """The finding's sentence in the language of the page; of a stored one, as it was said then."""
    says = _part(finding, "says")
    return says["en" if get_language() == "en" else "zh"]


@register.simple_tag
def finding_source(finding: Finding | Mapping[str, Any]) -> str:
    """Law, article and rule id; and, where the house knows a rule only from memory or custom, that it does."""
    rule = _part(finding, "rule")
    before, found, after = wording.source(rule, _part(finding, "law"), _part(finding, "article")).partition(
        rule
    )
    before = before.removesuffix(" · ") + "\u00a0· "  # the point stays with what it ends
    return format_html('{}<span class="unbroken">{}</span>{}', before, found, after)


@register.simple_tag
def finding_look(finding: Finding | Mapping[str, Any]) -> wording.Look:
    """The mark of a finding, as a word and as the name of its style."""
    stops = finding.get("stops", False) if isinstance(finding, Mapping) else finding.stops
    return wording.look(_part(finding, "holds"), stops=stops)


def _part(finding: Finding | Mapping[str, Any], name: str) -> Any:
    return finding[name] if isinstance(finding, Mapping) else getattr(finding, name)


# Stages


@register.simple_tag
def stages_around(stage: str) -> list[wording.StageMark]:
    """The seven stages with what is done, what is now and what comes later."""
    return wording.stages_around(stage)


@register.filter
def stage_name(stage: str) -> str:
    """The stage in words."""
    return str(wording.STAGES.get(stage, stage))


# Forms


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """One field with its label, help and errors, joined for screen readers."""
    widget = bound.field.widget
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=_style(bound)),
        "is_tick": isinstance(widget, CheckboxInput),
        "is_choices": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
    }


def _style(bound: BoundField) -> dict[str, str]:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        look = "tick-box"
    elif getattr(widget, "input_type", "") == "select":
        look = "form-select"
    else:
        look = "form-control"
    said = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    said += [f"{bound.auto_id}_error"] if bound.errors else []
    style = {"class": f"{look} {widget.attrs.get('class', '')}".strip()}
    return style | ({"aria-describedby": " ".join(said)} if said else {})


# Words and numbers


@register.filter
def civil_date(day: date | datetime | str | None) -> str:
    """2026年12月20日, 20 December 2026, or nothing for no day."""
    if not day:
        return ""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if isinstance(day, datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    if get_language() == "en":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def listed(names: Iterable[str]) -> str:
    """Names one after the other, parted as the language of the page parts them."""
    return wording.listed(names)


@register.simple_tag
def and_on() -> str:
    """Between two sentences or parts that stand in one line: English parts them by a space, Chinese by nothing."""
    return " " if get_language() == "en" else ""


@register.filter
def aside(said: object) -> str:
    """Words in the brackets of the page's language: " (near)" or "（近）"."""
    return wording.aside(said)


@register.filter
def days_left(day: date | str | None) -> str:
    """How long until `day`, counted from today: "3 days left", "today", "2 days late"."""
    left = _days_until(day)
    if left is None:
        return ""
    if left == 0:
        return _("today")
    if left < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


@register.inclusion_tag("components/deadline.html")
def deadline(day: date | str | None, done: bool = False) -> dict[str, object]:
    """A day with how long it is until then, marked when it is late or near."""
    left = _days_until(day)
    look = "quiet" if done or left is None else wording.urgency(left)
    return {"day": day, "look": look, "done": done}


def _days_until(day: date | str | None) -> int | None:
    if not day:
        return None
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return (day - timezone.localdate()).days


@register.filter
def notice_look(kind: str | None) -> str:
    """The style of a notice; Django's names of message levels are known too."""
    return NOTICE_LOOKS.get(kind or "info", kind or "info")


@register.filter
def beside(cells: Iterable[object], headings: Sequence[object]) -> list[dict[str, object]]:
    """Each cell with the heading of its column: on a phone a row is a card, and every line names itself."""
    return [{"value": cell, "heading": heading} for cell, heading in zip(cells, headings, strict=True)]


@register.filter
def html_lang(language: str) -> str:
    """The language as the attribute `lang` wants it."""
    return {"zh-hans": "zh-Hans"}.get(language, language)


@register.filter
def step_name(step: str) -> str:
    """A statutory step in words."""
    return str(wording.STEPS.get(step, step))


@register.filter
def bound_name(bound: str) -> str:
    """Whether a day is the latest or the earliest one; nothing for the day itself."""
    return str(wording.BOUNDS.get(bound, ""))


@register.filter
def post_name(post: str) -> str:
    """A post of the committee in words."""
    return str(wording.POSTS.get(post, post))


@register.filter
def change_name(kind: str) -> str:
    """What happened to a place, in words."""
    return str(wording.CHANGES.get(kind, kind))


@register.filter
def rank_name(rank: str) -> str:
    """What kind of division a code says: street, town, township, village, community."""
    return str(wording.RANKS.get(rank, rank))


@register.filter
def rerun_name(kind: str) -> str:
    """What is voted on again, in words."""
    return str(wording.RERUNS.get(kind, kind))


@register.filter
def relation_name(relation: str) -> str:
    """A relation between relatives in words."""
    return str(wording.RELATIONS.get(relation, relation))


@register.filter
def get_item(mapping: Mapping[str, object], key: str) -> object:
    """The value under a key that the template holds in a variable."""
    return mapping.get(key, "")
