"""The words that pages of every room share: stages, marks of findings, names of laws."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from shanzhi.core.law import register, rules

SOON = 3  # days: a duty that close is marked
NAMED_AT_MOST = 5  # in one sentence


def listed(names: Iterable[str]) -> str:
    """Names one after the other, parted as the reader's language parts them."""
    return _(", ").join(names)


def some(names: Iterable[str]) -> str:
    """The first of many names, and a word that there are more."""
    every = list(names)
    shown = listed(every[:NAMED_AT_MOST])
    return shown if len(every) <= NAMED_AT_MOST else _("{names} and others").format(names=shown)


def aside(*said: object) -> str:
    """Words in the brackets of the reader's language: " (woman, 1970)" or "（女，1970）"."""
    words = [str(each) for each in said]
    return f" ({', '.join(words)})" if get_language() == "en" else f"（{'，'.join(words)}）"


# The road of an election, in the order that the law gives it (core.law.stages).
STAGES: dict[str, str | Promise] = {
    "planned": pgettext_lazy("stage", "Preparation"),
    "roll": pgettext_lazy("stage", "Registering voters"),
    "roll_posted": pgettext_lazy("stage", "Roll posted"),
    "candidates": pgettext_lazy("stage", "Candidates"),
    "voting": pgettext_lazy("stage", "Voting"),
    "counting": pgettext_lazy("stage", "Counting"),
    "announced": pgettext_lazy("stage", "Announced"),
}

# What the navigation calls the rooms.
RANKS: dict[str, str | Promise] = {
    "county": gettext_lazy("county"),
    "street": gettext_lazy("street"),
    "town": gettext_lazy("town"),
    "township": gettext_lazy("rural township"),
    "village": gettext_lazy("village"),
    "community": gettext_lazy("community"),
    "other": gettext_lazy("similar unit"),
}

CHANGES: dict[str, str | Promise] = {
    "renamed": gettext_lazy("new name"),
    "recoded": gettext_lazy("new code"),
    "moved": gettext_lazy("moved to another township"),
    "merged": gettext_lazy("merged"),
    "split": gettext_lazy("split"),
    "opened": gettext_lazy("newly established"),
    "closed": gettext_lazy("dissolved"),
}

ROOMS: dict[str, str | Promise] = {
    "board": gettext_lazy("Board"),
    "people": gettext_lazy("People"),
    "records": gettext_lazy("Records"),
    "accounts": gettext_lazy("Accounts"),
    "divisions": gettext_lazy("Divisions"),
    "settings": gettext_lazy("Settings"),
}

LAWS: dict[str, str | Promise] = {
    "2018": gettext_lazy("Organic Law of the Villagers' Committees (2018 text)"),
    "2025": gettext_lazy("Organic Law of the Villagers' Committees (2025 text)"),
    "guide-2013": gettext_lazy(
        "Rules for Elections of Villagers' Committees (Ministry of Civil Affairs, 2013)"
    ),
    "party-2020": gettext_lazy("Regulations on Elections of Primary-level Party Organisations (2020)"),
    "civil-2021": gettext_lazy("Civil Code"),
    "supervision-2017": gettext_lazy("Opinion on Village Supervision Committees (2017)"),
    "governance-2019": gettext_lazy("Guiding Opinion on Rural Governance (2019)"),
    "rural-2018": gettext_lazy("Regulations on the Work of Rural Primary-level Party Organisations (2018)"),
    "branch-2018": gettext_lazy("Regulations on the Work of Party Branches (trial, 2018)"),
    "reports-2020": gettext_lazy("Rules on Handling Reports and Complaints (2020)"),
    "gb-11643": gettext_lazy("National standard GB 11643-1999 on citizen numbers"),
    "policy": gettext_lazy("Policy papers and practice"),
    "practice": gettext_lazy("Local practice"),
    "reading": gettext_lazy("Our reading"),
    "shanxi-2011": gettext_lazy("Shanxi Province's Measures for Elections of Villagers' Committees (2011)"),
}
UNNUMBERED = {"guide-2013"}  # its rules carry our own numbers, not those of its articles

GRADES: dict[rules.Basis, str | Promise] = {
    rules.Basis.MEMORY: gettext_lazy("wording not yet checked against a printed copy"),
    rules.Basis.PRACTICE: gettext_lazy("custom, to be confirmed by the county"),
}


@dataclass(frozen=True, slots=True)
class StageMark:
    """One stage on the line: done, now or later."""

    key: str
    label: str | Promise
    state: str


@dataclass(frozen=True, slots=True)
class Look:
    """The mark of a finding, as a word and as the name of its style."""

    name: str
    word: str


def stages_around(stage: str) -> list[StageMark]:
    """The stages with what is done, what is now and what comes later. Raises ValueError for no such stage."""
    keys = list(STAGES)
    now = keys.index(stage)
    states = ["done"] * now + ["now"] + ["later"] * (len(keys) - now - 1)
    return [StageMark(key, STAGES[key], state) for key, state in zip(keys, states, strict=True)]


def look(holds: bool | None, *, stops: bool) -> Look:
    """A word for how a finding stands; never a colour alone."""
    if stops:
        return Look("stop", _("stops"))
    if holds is None:
        return Look("open", _("unknown"))
    return Look("good", _("kept")) if holds else Look("warn", _("note"))


def urgency(days: int) -> str:
    """The style of a deadline that is `days` away."""
    if days < 0:
        return "stop"
    return "warn" if days <= SOON else "info"


def source(rule: str, law: str, article: str) -> str:
    """Where a rule stands, for a reader: law, article, rule id, and how sure the house is of the wording."""
    parts = [f"{LAWS.get(law, law)}{'' if law in UNNUMBERED else _article(article)}", rule]
    try:
        grade = GRADES.get(register.rule(rule).basis)
    except register.UnknownRule:
        grade = None
    return " · ".join([*parts, str(grade)] if grade else parts)


def _article(article: str) -> str:
    """18(2) -> 第18条第2款, or: , art. 18(2)."""
    if re.fullmatch(r"\d+(\(\d+\)){0,2}", article) is None:
        return f" {article}".rstrip()
    number, *below = re.findall(r"\d+", article)
    said = _(", art. %(article)s") % {"article": number}
    if below:
        said += pgettext("part of an article", "(%(paragraph)s)") % {"paragraph": below[0]}
    if len(below) > 1:
        said += pgettext("item of a paragraph", "(%(item)s)") % {"item": below[1]}
    return said


# Words that several rooms share: statutory steps, posts, re-runs, relations.
STEPS: dict[str, str | Promise] = {
    "roll_posted": gettext_lazy("Post the voter roll"),
    "objections_end": gettext_lazy("Objections end"),
    "objection_decided": gettext_lazy("Decide an objection"),
    "departure_audit": gettext_lazy("Publish the departure audit"),
    "candidates_posted": gettext_lazy("Post the candidates"),
    "election_day": gettext_lazy("Election day"),
    "announced": gettext_lazy("Announce the result on the spot"),
    "second_round": gettext_lazy("Hold the second round"),
    "tie_vote": gettext_lazy("Vote again among the tied"),
    "handover_done": gettext_lazy("Finish the handover"),
    "term_ends": gettext_lazy("The term ends"),
    "disclosure_may_come_down": gettext_lazy("The disclosure may come down"),
    "assembly_notice": gettext_lazy("Give notice of the assembly"),
    "report_accepted": gettext_lazy("Tell the reporter that the report was accepted"),
    "report_answered": gettext_lazy("Answer the reporter"),
    "supervision_formed": gettext_lazy("Form the supervision committee"),
    "next_election": gettext_lazy("Hold the next election"),
    "next_election_delayed": gettext_lazy("Hold a delayed next election"),
    "resignation_takes_effect": gettext_lazy("The resignation takes effect"),
    "recall_vote": gettext_lazy("Vote on the recall"),
    "next_disclosure": gettext_lazy("Disclose again"),
    "next_assembly": gettext_lazy("Hold the next assembly"),
    "next_representatives": gettext_lazy("Convene the representatives again"),
    "next_evaluation": gettext_lazy("Evaluate again"),
    "report_sent_up": gettext_lazy("Send the report to the higher office"),
}
BOUNDS: dict[str, str | Promise] = {
    "latest": gettext_lazy("at the latest"),
    "earliest": gettext_lazy("at the earliest"),
}
POSTS: dict[str, str | Promise] = {
    "chair": pgettext_lazy("post", "chair"),
    "vice_chair": pgettext_lazy("post", "vice-chair"),
    "member": pgettext_lazy("post", "member"),
}
RERUNS: dict[str, str | Promise] = {
    "second_round": gettext_lazy("second round for the missing seats"),
    "tie": gettext_lazy("vote again among the tied"),
    "whole": gettext_lazy("the whole election is held again"),
    "again": gettext_lazy("vote again"),
}
RELATIONS: dict[str, str | Promise] = {
    "spouse": pgettext_lazy("relation", "spouse"),
    "parent": pgettext_lazy("relation", "parent"),
    "child": pgettext_lazy("relation", "child"),
    "sibling": pgettext_lazy("relation", "brother or sister"),
    "grandparent": pgettext_lazy("relation", "grandparent"),
    "grandchild": pgettext_lazy("relation", "grandchild"),
    "uncle": pgettext_lazy("relation", "uncle or aunt"),
    "nephew": pgettext_lazy("relation", "nephew or niece"),
    "cousin": pgettext_lazy("relation", "cousin"),
    "in_law": pgettext_lazy("relation", "in-law"),
}
