"""A short password is refused in the reader's own language."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "至少要有10个字符"), ("en", "at least 10 characters")]
)
def test_a_short_password_is_refused_in_the_readers_language(language, words):
    with translation.override(language), pytest.raises(ValidationError, match=words):
        validate_password("山水")
