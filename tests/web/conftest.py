"""Pages made of words alone: rendered by Django's templates, in one language or the other."""

from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.utils import translation


@pytest.fixture
def render() -> Callable[..., str]:
    def rendered(source: str, language: str = "en", **context: object) -> str:
        with translation.override(language):
            return Template("{% load i18n shanzhi %}" + source).render(Context(context)).strip()

    return rendered
