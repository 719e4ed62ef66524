"""The forms that begin something new: an article, a source, a term, a treatment.

They ask for what gives it its address; what is left open is written in the form of
the draft that they make. A new claim's form is in `new_claims`.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import resolve
from django.utils.text import slugify

from explainer.evidence.levels import Role, Topic
from explainer.library import beginning
from explainer.library.fields import KEY
from explainer.library.models import Article, Treatment
from explainer.library.models.versions import Version
from explainer.library.words import Words
from explainer.staff.editor.fields import Choice, Text
from explainer.staff.editor.forms import EntryForm
from explainer.staff.editor.references import SourceForm, TermForm, TreatmentForm
from explainer.staff.editor.sources import is_number

FIRST = "First version."
SUGGESTED = 60
"""Characters of a suggested key."""


class Slug(Text):
    """A key: the part of an address that never changes. Empty means: make one."""

    def __init__(self, *, label: str = "Key") -> None:
        help_text = (
            "Part of its address, which never changes: lower case letters, digits and hyphens. "
            "Leave it empty and it is made from the words."
        )
        super().__init__(limit=120, label=label, help_text=help_text)

    def clean(self, value: Any) -> str:
        """Refuse what is no key."""
        given: str = super().clean(value)
        if given and not KEY.fullmatch(given):
            cure = "Use lower case letters, digits and single hyphens between them."
            raise ValidationError(f"“{given[:60]}” cannot be a key. {cure}")
        if is_number(given):
            raise ValidationError(f"“{given}” has figures alone. Add a word to it.")
        return given


class NewForm(EntryForm):
    """What all of them share: a key, and a first version with a note of its own."""

    FROM: tuple[str, ...] = ()
    """The fields whose words make the key if none is given."""
    key = Slug()

    def __init__(self, data: Any = None, *, initial: Words | None = None, **more: Any) -> None:
        given = {"note": FIRST, **(initial or {})}
        words = " ".join(str(given.get(name) or "") for name in self.FROM)
        super().__init__(data, initial={"key": suggested(words), **given}, **more)
        for name in ("base", "number", "correction"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Make a key from the words if none was given."""
        given = self.cleaned_data
        if not given.get("key") and "key" not in self.errors:
            words = " ".join(str(given.get(name) or "") for name in self.FROM)
            given["key"] = suggested(words)
            if not given["key"] or is_number(given["key"]):
                self.add_error(
                    "key",
                    "There are no words to make a key from. Fill in the first field, or write one.",
                )
        return given

    def begin(self, by: User, at: datetime) -> Version:
        """Store the first version; raises `Refused` (field `key`) if the key can't be used."""
        raise NotImplementedError


class NewRow:
    """A form that begins a reference row."""

    part: str

    def begin(self: Any, by: User, at: datetime) -> Version:
        """Store the first version of the row."""
        subject = f"{self.part}/{self.cleaned_data['key']}"
        return beginning.begin_row(subject=subject, given=self.words(), by=by, at=at)


_KEY_GROUP = ("Its address", "Readers and links use it for as long as the site stands.", ("key",))


class NewSource(NewRow, SourceForm, NewForm):
    """A new source."""

    part, FROM = "sources", ("title", "year")
    GROUPS = (*SourceForm.GROUPS, _KEY_GROUP)


class NewTerm(NewRow, TermForm, NewForm):
    """A new glossary term."""

    part, FROM = "glossary", ("term",)
    GROUPS = (*TermForm.GROUPS, _KEY_GROUP)


class NewTreatment(NewRow, TreatmentForm, NewForm):
    """A new treatment; its pages are begun as articles once it is published."""

    part, FROM = "treatments", ("name",)
    GROUPS = (*TreatmentForm.GROUPS, _KEY_GROUP)

    def clean(self) -> dict[str, Any]:
        """Refuse the address of a page: the treatment's overview would have it too."""
        given = super().clean()
        key = given.get("key")
        if key and (is_taken(key) or Article.objects.filter(key=key).exists()):
            self.add_error("key", f"The address “/{key}/” is taken. Choose another key.")
        return given


class NewArticle(NewForm):
    """A new article: a topic or overview that a treatment lacks, or a page of the site."""

    NAMES = ("title",)
    FROM = ("title",)
    GROUPS = (
        ("The page", "Choose a page that a treatment lacks, or write a key.", ("page", "key")),
        ("Its heading", "An overview has the name of its treatment.", ("title",)),
    )
    page = Choice(empty="A page of the site, with a key of its own", label="Page")
    title = Text(limit=200, label="Title")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self._places = {key: (title, topic) for key, title, topic in _missing()}
        self.fields["page"].offer(  # type: ignore[attr-defined]
            (key, title if topic else f"{title}: its overview")
            for key, (title, topic) in self._places.items()
        )

    def clean(self) -> dict[str, Any]:
        """Take the address from the chosen place, or else from the key."""
        given = self.cleaned_data
        if page := given.get("page"):
            given["key"] = page
            given["title"] = given.get("title") or self._places[page][0]
        else:
            super().clean()
            key = given.get("key")
            if key and (is_taken(key) or Treatment.objects.filter(key=key).exists()):
                self.add_error("key", f"The address “/{key}/” is taken. Choose another key.")
        return given

    def begin(self, by: User, at: datetime) -> Version:
        """Store the first version of the article."""
        given = self.cleaned_data
        topic = self._places[given["key"]][1] if given.get("page") else ""
        return beginning.begin_article(
            key=given["key"], topic=topic, given=self.words(), by=by, at=at
        )


def suggested(words: str) -> str:
    """Make a key from words: whole words, up to 60 characters."""
    slug = slugify(words).replace("_", "-")
    cut = slug if len(slug) <= SUGGESTED else slug[: SUGGESTED + 1].rpartition("-")[0]
    return "-".join(part for part in (cut or slug[:SUGGESTED]).split("-") if part)


def is_taken(key: str) -> bool:
    """True if the site itself answers at an address, so that no article can."""
    return resolve(f"/{key}/").url_name != "article"


def _missing() -> Iterator[tuple[str, str, str]]:
    """Give (key, title, topic) of each page that a treatment could have and has not."""
    held = set(Article.objects.values_list("key", flat=True))
    for row in Treatment.objects.filter(role=Role.EXPLAINED):
        pages = {row.key: (row.name, "")}
        pages |= {f"{row.key}/{topic}": (f"{row.name}: {topic.words}", topic) for topic in Topic}
        yield from ((key, *told) for key, told in pages.items() if key not in held)
