"""What is held on one person, and who looked, on paper: for the person (PIPL-45)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanzhi.apps.places import selectors
from shanzhi.apps.places.models import Person
from shanzhi.apps.places.selectors import lives, rooms
from shanzhi.web import print as paper
from shanzhi.web import wording
from shanzhi.web.print import Block, Paragraph, Sheet, Table
from shanzhi.web.templatetags.shanzhi import civil_date

NONE = "—"


def held_on(person: Person, *, in_full: bool, today: date) -> bytes:
    """The printout: facts, history, relatives, what other rooms hold, requests, and who looked. Raises MissingGlyphs."""
    blocks: list[Block] = [
        Paragraph(
            _(
                "This sheet shows what this county's village software holds on you, and who looked at your numbers. "
                "If something is wrong, ask the village or township office to correct it; the request is decided in writing."
            )
        ),
        Paragraph(_("What is on record"), heading=True),
        Table((_("Item"), _("What is held")), tuple(_facts(person, in_full=in_full)), (1, 3)),
        Paragraph(_("History"), heading=True),
        Table((_("Day"), _("What happened")), _history(person), (2, 5)),
        Paragraph(_("Relatives on record"), heading=True),
        Table((_("Relation"), _("Name")), _kin(person), (1, 3)),
    ]
    ids = [person.pk, *selectors.merged_entries([person.pk])]
    for section in rooms.sections(ids):
        blocks += [
            Paragraph(section.title, heading=True),
            Table(section.head, section.rows, (1,) * len(section.head), small=True),
        ]
    blocks += [*_requests(person), *_looks(person)]
    language = get_language() or "zh-hans"
    return paper.pdf(
        Sheet(
            title=_("What is held on one person"),
            subtitle=f"{person.place.full_name}　{person.name}",
            blocks=tuple(blocks),
            signature=(_("Printed at the village or township office"), civil_date(today)),
            mark=_("SAMPLE DATA, invented people") if settings.SAMPLE else "",
            page_words=("第", "页，共", "页") if language.startswith("zh") else ("Page ", " of ", ""),
            language="zh" if language.startswith("zh") else "en",
        )
    )


def _facts(person: Person, *, in_full: bool) -> list[tuple[str, str]]:
    number = selectors.id_number(person) if in_full else selectors.masked_id(person)
    phone = selectors.phone(person) if in_full else selectors.masked_phone(person)
    household = person.household
    since = f"{civil_date(person.residence_since)}" if person.residence_since else _("unknown")
    facts = [
        (_("Name"), person.name),
        (_("Sex"), person.get_sex_display()),
        (_("Date of birth"), civil_date(person.born)),
        (_("ID number"), number or NONE),
        (_("Phone"), phone or NONE),
        (
            _("Household"),
            " ".join(each for each in (household.group, household.number, household.address) if each),
        ),
        (_("Residence"), person.get_residence_display()),
        (_("Residence as above since"), since),
        (_("Living or working here since"), civil_date(person.here_since) or NONE),
        (_("Education"), person.get_education_display() or _("unknown")),
        (_("Party standing"), person.get_party_display()),
        (
            _("Political rights"),
            _("removed by a court") if person.rights_removed else _("nothing recorded against them"),
        ),
    ]
    if person.left:
        facts.append((_("Left the records"), f"{person.get_left_display()} {civil_date(person.left_on)}"))
    return [(str(name), str(value)) for name, value in facts]


def _history(person: Person) -> tuple[tuple[str, str], ...]:
    rows = lives.history(person)
    return tuple(
        (civil_date(each.day) or _("unknown"), each.says + (_(" (taken back)") if each.taken_back else ""))
        for each in rows
    ) or ((NONE, NONE),)


def _kin(person: Person) -> tuple[tuple[str, str], ...]:
    rows = selectors.kin_of(person)
    return tuple(
        (str(wording.RELATIONS.get(relation, relation)), other.name) for relation, other in rows
    ) or ((NONE, NONE),)


def _requests(person: Person) -> list[Block]:
    rows = tuple(
        (
            civil_date(each.asked_on), f"{each.get_about_display()}{_(': ')}{each.says}",
            f"{each.get_verdict_display()} {each.reason}".strip() or _("not decided yet"),
        )
        for each in person.correction_requests.all()
    )  # fmt: skip
    if not rows:
        return []
    head = (_("Received on"), _("What was asked"), _("Decision"))
    return [Paragraph(_("Requests to correct"), heading=True), Table(head, rows, (2, 4, 4), small=True)]


def _looks(person: Person) -> list[Block]:
    rows = tuple(
        (f"{timezone.localtime(each.event.at):%Y-%m-%d %H:%M}", each.who, each.what, each.why or NONE)
        for each in lives.looks(person)
    )
    head = (_("When"), _("Who"), _("What"), _("Why"))
    return [
        Paragraph(_("Who looked at the numbers, or took them out of the house"), heading=True),
        Table(head, rows or ((NONE, NONE, NONE, NONE),), (3, 2, 3, 4), small=True),
    ]
