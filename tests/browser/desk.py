"""Somebody at a browser, in words that read aloud: opens, follows, presses, fills in, reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass(frozen=True, slots=True)
class Desk:
    """One window. Words are those on the screen: the label of a field, the face of a button, the text of a link."""

    page: Page

    def opens(self, address: str) -> None:
        self.page.goto(address)

    def opens_again(self) -> None:
        self.page.reload()

    def follows(self, words: str) -> None:
        """A link of the page, the first that says just this."""
        self.main.get_by_role("link", name=words, exact=True).first.click()

    def presses(self, words: str) -> None:
        self.button(words).click()

    def presses_twice(self, words: str) -> None:
        self.button(words).dblclick(no_wait_after=True)

    def fills_in(self, fields: Mapping[str, object]) -> None:
        """By label: text, a day, a choice from a list, or a file."""
        for label, value in fields.items():
            field = self.field(label)
            if isinstance(value, Path):
                field.set_input_files(value)
            elif field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=str(value))
            else:
                field.fill(value.isoformat() if isinstance(value, date) else str(value))

    def ticks(self, words: str) -> None:
        """One of several answers, by how it begins."""
        self.main.get_by_role("radio", name=re.compile(f"^\\s*{re.escape(words)}")).check()

    def finds(self, name: str) -> None:
        """Somebody of the village, before a form that is about him."""
        self.fills_in({"姓名": name})
        self.presses("搜索")
        self.ticks(name)

    def reads(self, *words: str) -> None:
        for each in words:
            expect(self.main).to_contain_text(each)

    def does_not_read(self, *words: str) -> None:
        for each in words:
            expect(self.main).not_to_contain_text(each)

    def sees_still(self, fields: Mapping[str, object]) -> None:
        """What was typed is still there."""
        for label, value in fields.items():
            expect(self.field(label)).to_have_value(
                value.isoformat() if isinstance(value, date) else str(value)
            )

    def is_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def field(self, label: str) -> Locator:
        """The field of this label, whether or not "optional" stands behind it."""
        return self.main.get_by_label(re.compile(f"^\\s*{re.escape(label)}\\s*(选填)?\\s*$"))

    def button(self, words: str) -> Locator:
        return self.main.get_by_role("button", name=words, exact=True)

    def row(self, words: str) -> Locator:
        """A line of a table."""
        return self.main.get_by_role("row").filter(has_text=words)

    def figure(self, name: str) -> str:
        """A number that stands large under its name."""
        box = self.main.locator(".figures > div").filter(has=self.page.get_by_text(name, exact=True))
        return box.locator("dd").inner_text()

    def downloads(self, words: str, to: Path) -> Path:
        """A file behind a link."""
        with self.page.expect_download() as coming:
            self.follows(words)
        coming.value.save_as(to)
        return to

    def fetches(self, words: str) -> bytes:
        """The file that a link of the page leads to, as this person gets it."""
        address = self.main.get_by_role("link", name=words, exact=True).first.get_attribute("href")
        answer = self.page.context.request.get(address)
        assert answer.status == 200, (address, answer.status)
        return answer.body()
