"""How a page carries out what a form asks for."""

from __future__ import annotations

from collections.abc import Callable

from django import forms

from shanzhi.apps.places.errors import Refused, Wrong


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal becomes an error on the form, beside the field that it is about. Nothing typed is lost."""
    try:
        act()
    except Wrong as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
    else:
        return True
    return False
