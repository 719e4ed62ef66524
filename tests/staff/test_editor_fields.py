"""A field refuses only what cannot be stored, and says why."""

import pytest
from django.core.exceptions import ValidationError

from explainer.staff.editor.fields import LinesField, PairsField, TextField, YearField


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (TextField(), "a\ud800b", "half a character"),
        (TextField(is_dialect=True), "\udfff", "half a character"),
        (LinesField(), "a\ud800", "half a character"),
        (PairsField(), "mix", "“mix” is not a key and a name"),
        (PairsField(), "mix: A\nmix: B", "stands there twice"),
        (YearField(), "last year", "“last year” is not a year"),
        (YearField(), "20233", "“20233” is not a year"),
    ],
)
def test_a_field_says_what_cannot_be_stored_and_why(field, typed, message):
    with pytest.raises(ValidationError, match=message):
        field.clean(typed)


def test_spaces_that_have_a_meaning_stay():
    assert TextField(is_dialect=True).clean("\r\n    code\r\n\r\n") == "    code"
    assert TextField().clean("  words \r\n more  ") == "words \n more"
