"""The fields of staff's forms: they refuse only what cannot be stored.

A draft may be incomplete or wrong; `library.inspection` says so after it is
saved. Nothing here cuts what was typed: no field carries `maxlength`, because a
browser would shorten a pasted text in silence (requirement D1).
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from explainer.evidence.markdown import MAX_BYTES

TOO_LONG = (
    "This has %(show_value)d characters and at most %(limit_value)d can be kept. "
    "Nothing is lost: shorten it here, then save."
)
UNKNOWN = "“%(value)s” is not one of the choices. Choose one from the list."


class Text(forms.CharField):
    """Words as they were typed, without spaces around them and with line ends as stored.

    `rows` makes it a box of so many lines, otherwise it is one line; `limit` is what the
    database holds.
    """

    def __init__(self, *, rows: int = 0, limit: int = 0, **more: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        more.setdefault("widget", widget)
        super().__init__(required=False, **more)
        self.validators.append(_storable)
        if limit:
            self.validators.append(MaxLengthValidator(limit, TOO_LONG))

    def to_python(self, value: Any) -> str:
        """Give the text with the line ends that rows and files have."""
        given = super().to_python(value) or ""
        return given.replace("\r\n", "\n").replace("\r", "\n").strip()


class Markdown(Text):
    """A text of the dialect: spaces at the start of its first line have a meaning."""

    def __init__(self, **more: Any) -> None:
        super().__init__(strip=False, **more)

    def to_python(self, value: Any) -> str:
        """Give the text without empty lines around it."""
        given = forms.CharField.to_python(self, value) or ""
        return given.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


class Choice(forms.ChoiceField):
    """One word of a closed vocabulary, or nothing yet; `options` are (word, label) pairs."""

    def __init__(
        self, options: Iterable[tuple[str, str]] = (), *, empty: str = "Choose one", **more: Any
    ) -> None:
        self.empty = empty
        super().__init__(
            required=False,
            choices=[("", empty), *options],
            error_messages={"invalid_choice": UNKNOWN},
            **more,
        )

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Set what can be chosen."""
        self.choices = [("", self.empty), *options]


class Lines(Text):
    """A list of short texts, one on a line."""

    def __init__(self, **more: Any) -> None:
        super().__init__(rows=3, **more)

    def prepare_value(self, value: Any) -> Any:
        """Give the text that stands for a list."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Give the list of lines that say something."""
        return [line.strip() for line in super().clean(value).split("\n") if line.strip()]


class Pairs(Lines):
    """Pairs of key and name, one "key: name" on a line; keeps their order."""

    def prepare_value(self, value: Any) -> Any:
        """Give the text that stands for pairs."""
        if isinstance(value, list | tuple):
            return "\n".join(": ".join(map(str, pair)) for pair in value)
        return value

    def clean(self, value: Any) -> Any:
        """Give the pairs; a line without a colon, or with a key again, cannot be stored."""
        pairs: dict[str, str] = {}
        for line in super().clean(value):
            key, colon, name = (part.strip() for part in line.partition(":"))
            if not colon or not key:
                raise ValidationError(f"“{line}” is not a key and a name. Write “key: name”.")
            if key in pairs:
                raise ValidationError(f"The key “{key}” stands there twice. Give each its own.")
            pairs[key] = name
        return [list(pair) for pair in pairs.items()]


class Year(forms.IntegerField):
    """A year, or nothing."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 6})
        messages = {"invalid": "“%(value)s” is not a year. Write it in figures, as in 2023."}
        messages |= dict.fromkeys(("min_value", "max_value"), messages["invalid"])
        super().__init__(
            required=False,
            min_value=0,
            max_value=9999,
            widget=widget,
            error_messages=messages,
            **more,
        )

    def clean(self, value: Any) -> Any:
        """Give the number; the message of a refusal names what was typed."""
        try:
            return super().clean(value)
        except ValidationError as refused:
            code, shown = refused.error_list[0].code, str(value)[:60]
            message = self.error_messages["invalid"]
            raise ValidationError(message, code=code, params={"value": shown}) from None


def words_of(vocabulary: Any, name: str = "words") -> list[tuple[str, str]]:
    """Give a vocabulary of the method as choices, in the words that readers see."""
    return [(str(member), getattr(member, name)) for member in vocabulary]


def _storable(value: str) -> None:
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        message = "There is half a character in this text, left over from copying. Take it out."
        raise ValidationError(message) from None
    if size > MAX_BYTES:
        raise ValidationError(
            f"This has {size} bytes and at most {MAX_BYTES} can be kept. "
            "Nothing is lost: shorten it here, then save."
        )
