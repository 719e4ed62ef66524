"""A field refuses only what cannot be stored, and says why."""

import pytest
from django.core.exceptions import ValidationError

from explainer.staff.editor.fields import Lines, Markdown, Pairs, Text, Year


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (Text(label="x"), "a\ud800b", "half a character"),
        (Markdown(label="x"), "\udfff", "half a character"),
        (Lines(label="x"), "a\ud800", "half a character"),
        (Pairs(label="x"), "mix", "“mix” is not a key and a name"),
        (Pairs(label="x"), "mix: A\nmix: B", "stands there twice"),
        (Year(label="x"), "last year", "“last year” is not a year"),
        (Year(label="x"), "20233", "“20233” is not a year"),
    ],
)
def test_a_field_says_what_cannot_be_stored_and_why(field, typed, message) -> None:
    with pytest.raises(ValidationError, match=message):
        field.clean(typed)


def test_spaces_that_have_a_meaning_stay() -> None:
    assert Markdown(label="x").clean("\r\n    code\r\n\r\n") == "    code"
    assert Text(label="x").clean("  words \r\n more  ") == "words \n more"
