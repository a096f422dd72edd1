"""Which names of places a page shows, and whether two of them look the same: 石口村 exists twice in Jiaokou."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from html.parser import HTMLParser

from shanzhi.apps.elections.models import Election
from shanzhi.apps.places.models import Place
from shanzhi.apps.record.models import Document

FOLLOWED = re.compile(
    r"^/(?!static|record/\d+/|language|account/sign|checkpoint|tile|.*\.(pdf|xlsx|csv|geojson|json|txt)$)"
)
VILLAGE = re.compile(r"村|社区")


class Labels(HTMLParser):
    """Every link with its words, and every choice of every field with its value."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.choices: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._link: tuple[str, list[str]] | None = None
        self._choice: tuple[str, str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag == "a":
            self._link = (held.get("href") or "", [])
        elif tag == "select":
            self._select = held.get("name") or ""
        elif tag == "option":
            self._choice = (self._select, held.get("value") or "", [])
        elif tag == "input" and held.get("type") in {"radio", "checkbox"}:
            self._choice = (held.get("name") or "", held.get("value") or "", [])

    def handle_endtag(self, tag):
        if tag == "a" and self._link:
            self.links.append((self._link[0], "".join("".join(self._link[1]).split())))
            self._link = None
        elif tag in {"option", "label"} and self._choice:
            name, value, said = self._choice
            self.choices[name].append((value, "".join("".join(said).split())))
            self._choice = None

    def handle_data(self, data):
        if self._link:
            self._link[1].append(data)
        if self._choice:
            self._choice[2].append(data)


def target(address: str) -> str:
    """The village that an address leads to, by its code; nothing for any other address."""
    if found := re.search(r"\b(\d{12})\b", address):
        return found[1]
    if found := re.match(r"/elections/([^/]+)/", address):
        election = Election.objects.filter(key=found[1]).select_related("village").first()
        return election.village.code if election else ""
    if found := re.match(r"/record/(\d+)/", address):
        document = Document.objects.filter(number=found[1]).first()
        return f"{document.place_code} {document.number}" if document else ""
    return ""


def crawl(client, starts: list[str], most: int) -> Iterator[tuple[str, Labels]]:
    """Pages that a reader reaches from these, one of each kind of address before a second of any."""
    waiting, seen, kinds = deque(starts), set(starts), defaultdict(int)
    while waiting and most:
        address = waiting.popleft()
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        most -= 1
        labels = Labels()
        labels.feed(answer.content.decode())
        yield address, labels
        for link, _words in labels.links:
            kind = re.sub(r"[A-Za-z0-9_-]{12,}|\d+", "*", link.partition("?")[0])
            if FOLLOWED.match(link) and link not in seen and kinds[kind] < 4:
                kinds[kind] += 1
                seen.add(link)
                waiting.append(link)


def confused(address: str, labels: Labels) -> Iterator[str]:
    """Two links, or two choices of one field, with the same words for different places."""
    led: dict[str, set[str]] = defaultdict(set)
    for link, words in labels.links:
        if VILLAGE.search(words) and (code := target(link)):
            led[words].add(code)
    yield from (
        f"{address}: “{words}” leads to {sorted(codes)}" for words, codes in led.items() if len(codes) > 1
    )
    names = set(Place.objects.values_list("name", flat=True))
    for name, choices in labels.choices.items():
        meant: dict[str, set[str]] = defaultdict(set)
        for value, words in choices:
            meant[words].add(value)
        for words, values in meant.items():
            if len(values) > 1 and any(known in words for known in names):
                yield f"{address}: {name} offers “{words}” for {sorted(values)}"
