"""What an action refuses, as a family that all rooms share. A refused action has changed nothing.

* Refused   says what to do next; shown to the person
  - Stale   someone else was first: look again, what was typed is still there
  - Wrong   one field cannot be used: carries its name

A room adds its own kinds in its `errors`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Refused(Exception):  # noqa: N818 - reads as the thing that happened
    """The law, a right or the state of things says no; nothing was changed."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def show_on(self, form: BaseForm) -> None:
        """Say it where the person can mend it."""
        form.add_error(None, str(self.message))


class Stale(Refused):
    """Someone else was first."""

    def __init__(self) -> None:
        super().__init__(
            _("Someone else has changed this meanwhile. Look at what stands there now, then save again.")
        )

    def show_on(self, form: BaseForm) -> None:
        """What was typed stays, and the next press counts from the version that stands there now."""
        super().show_on(form)
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = form.get_initial_for_field(form.fields["version"], "version")
        form.is_stale = True  # the page then shows what stands there


class Wrong(Refused):
    """One field cannot be used; `messages` says why, in as many sentences as there are reasons."""

    def __init__(self, field: str, *messages: str | Promise) -> None:
        super().__init__(" ".join(str(message) for message in messages))
        self.field = field
        self.messages = messages

    def show_on(self, form: BaseForm) -> None:
        form.add_error(
            self.field if self.field in form.fields else None, [str(each) for each in self.messages]
        )


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what the form asks for; a refusal comes back on the form, nothing typed is lost. True when done."""
    try:
        act()
    except Refused as refusal:
        refusal.show_on(form)
        return False
    return True
