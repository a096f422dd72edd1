"""Are all messages translated? Without gettext's own tools, which a county's machine does not have.

    tools/messages.py            names every message that lacks its Chinese, is no longer used, is marked fuzzy, holds
                                 other placeholders than the English, has two Chinese wordings, or is not English
    tools/messages.py --update   adds the missing ones, empty, to the catalogue of their room
    tools/messages.py --compile  makes the .mo files that are missing or older than their .po

A message is its own English text, so English is complete as long as every message is written in English. A room's
message may be translated in its own catalogue or in that of `web`, which keeps the words that all rooms share.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/shanzhi"
CATALOGUE = "locale/zh_Hans/LC_MESSAGES/django.po"
SHARED = "web"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = """#
msgid ""
msgstr ""
"Project-Id-Version: shanzhi\\n"
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""

Key = tuple[str | None, str]  # context, English


@dataclass
class Message:
    """One message, and where it stands."""

    plural: str | None = None
    places: list[str] = field(default_factory=list)


def main() -> int:
    if sys.argv[1:] == ["--compile"]:
        compile_all()
        return 0
    if sys.argv[1:] not in ([], ["--update"]):
        print(__doc__, file=sys.stderr)
        return 2
    used = {room: messages_of(room) for room in rooms()}
    if sys.argv[1:]:
        for room, messages in used.items():
            there = catalogue(room).keys() | catalogue(SHARED).keys()
            add_missing(SOURCE / room / CATALOGUE, {k: m for k, m in messages.items() if k not in there})
    faults = list(check(used, {room: catalogue(room) for room in used}))
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{sum(map(len, used.values()))} messages, {len(faults)} faults")
    return 1 if faults else 0


def rooms() -> list[str]:
    """Every folder that may keep a catalogue of its own."""
    apps = (folder.relative_to(SOURCE).as_posix() for folder in sorted((SOURCE / "apps").iterdir()))
    return [SHARED, *(name for name in apps if (SOURCE / name / "apps.py").exists())]


def compile_all() -> None:
    for po in SOURCE.rglob("*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime:
            draft = mo.with_suffix(f".{os.getpid()}")
            polib.pofile(str(po)).save_as_mofile(str(draft))
            draft.replace(mo)


def messages_of(room: str) -> dict[Key, Message]:
    """Every message in the Python and the templates of a room; those of `config` and `cli` belong to `web`."""
    found: dict[Key, Message] = defaultdict(Message)
    for folder in [room, "config", "cli"] if room == SHARED else [room]:
        for file in sorted(
            [*(SOURCE / folder).rglob("*.py"), *(SOURCE / folder).rglob("templates/**/*.html")]
        ):
            for line, key, plural in extract(file):
                message = found[key]
                message.plural = message.plural or plural
                message.places.append(f"{file.relative_to(ROOT)}:{line}")
    return found


def extract(file: Path) -> Iterator[tuple[int, Key, str | None]]:
    from babel.messages.extract import extract as babel

    for line, words, _, context in babel("python", BytesIO(python_of(file).encode()), KEYWORDS):
        one, *rest = [words] if isinstance(words, str) else [word for word in words if word]
        yield line, (context, one), rest[0] if rest else None


def python_of(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return text
    from django.utils.translation.template import templatize

    # Django turns a template into calls of gettext and fills the rest with X; indented, they would not parse.
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(file)).splitlines())


def catalogue(room: str) -> dict[Key, polib.POEntry]:
    path = SOURCE / room / CATALOGUE
    return entries_of(path) if path.exists() else {}


def entries_of(path: Path) -> dict[Key, polib.POEntry]:
    entries = polib.pofile(str(path))
    return {(entry.msgctxt, entry.msgid): entry for entry in entries}


def check(used: dict[str, dict[Key, Message]], kept: dict[str, dict[Key, polib.POEntry]]) -> Iterator[str]:
    for room, messages in used.items():
        for key, message in messages.items():
            if HAN.search(key[1]):
                yield f"{message.places[0]}: not English: {key[1]!r}"
            entry = kept[room].get(key) or kept[SHARED].get(key)
            if entry is None or not chinese(entry):
                yield f"{message.places[0]}: no Chinese in {room}/{CATALOGUE}: {key[1]!r}"
    needed_somewhere = {key for messages in used.values() for key in messages}
    for room, entries in kept.items():
        needed = needed_somewhere if room == SHARED else used[room].keys()
        for key, entry in entries.items():
            where = f"{room}/{CATALOGUE}:{entry.linenum}"
            if entry.obsolete or key not in needed:
                yield f"{where}: no longer used: {key[1]!r}"
            elif entry.fuzzy:
                yield f"{where}: fuzzy: {key[1]!r}"
            elif chinese(entry) and (wrong := placeholders(entry)):
                yield f"{where}: placeholders differ ({wrong}): {key[1]!r}"
    yield from two_wordings(kept)


def chinese(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def placeholders(entry: polib.POEntry) -> str:
    """Those of one text that the other lacks. Of two English forms the singular may leave the number out."""
    there = set(PLACEHOLDER.findall(chinese(entry)))
    least, most = (
        set(PLACEHOLDER.findall(entry.msgid)),
        set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)),
    )
    return " ".join(sorted((there - least - most) | ((least | most) - there)))


def two_wordings(kept: dict[str, dict[Key, polib.POEntry]]) -> Iterator[str]:
    """Django pours all catalogues into one: a message with two wordings shows one of them everywhere."""
    seen: dict[Key, tuple[str, str]] = {}
    for room, entries in kept.items():
        for key, entry in entries.items():
            first_room, words = seen.setdefault(key, (room, chinese(entry)))
            if chinese(entry) and words and words != chinese(entry):
                yield f"{room}/{CATALOGUE}:{entry.linenum}: {first_room} says it in other words: {key[1]!r}"


def add_missing(path: Path, missing: dict[Key, Message]) -> None:
    """Adds them, empty, at the end, so that nobody's lines are laid out anew."""
    if not missing:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        if file.tell() == 0:
            file.write(HEADER)
        for (context, english), message in missing.items():
            words = {"msgid_plural": message.plural, "msgstr_plural": {0: ""}} if message.plural else {}
            file.write("\n" + str(polib.POEntry(msgid=english, msgctxt=context, **words)).rstrip("\n") + "\n")


if __name__ == "__main__":
    sys.exit(main())
