"""What staff work on, as its address names it: claims/KEY, articles/KEY, sources/KEY.

Finds the identity and its versions; decides nothing.
"""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from explainer.library import beginning
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    ReferenceVersion,
    Save,
)
from explainer.library.models.versions import OPEN, Version, VersionQuerySet
from explainer.library.words import Words

_SLUG = "[a-z0-9-]+"
SUBJECT = (
    f"(?:claims/{_SLUG}|articles|sources|glossary|treatments)/{_SLUG}|articles/{_SLUG}/{_SLUG}"
)

KINDS = {
    "claims": "Claim",
    "articles": "Article",
    "sources": "Source",
    "glossary": "Glossary term",
    "treatments": "Treatment",
}
"""The kinds of subjects, with what staff call one of them."""


LISTS = {
    "claims": "claim",
    "articles": "article",
    "sources": "source",
    "glossary": "glossaryterm",
    "treatments": "treatment",
}
"""The model whose list in the admin holds each kind."""


class SubjectConverter:
    """Reads a subject from an address."""

    regex = SUBJECT

    def to_python(self, value: str) -> str:
        """Give the subject as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Give the subject as it stands."""
        return value


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a subject tells by itself, whether it has a version or not."""

    name: str
    identity: beginning.Identity

    @property
    def kind(self) -> str:
        """What staff call it: "Claim"."""
        return KINDS[self.part]

    @property
    def part(self) -> str:
        """The first part of its name: "claims"."""
        return self.name.partition("/")[0]

    @property
    def list_name(self) -> str:
        """The name of the list it stands in, as `url` takes it."""
        return f"admin:library_{LISTS[self.part]}_changelist"

    @property
    def key(self) -> str:
        """Its key: "mesotherapy/calms-scalp"."""
        return self.name.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Subject(Named):
    """A claim, article or reference row that staff have opened.

    `newest` is its newest version, open or not.
    """

    newest: Version

    @property
    def title(self) -> str:
        """What it says in one line."""
        version = self.newest
        if isinstance(version, ClaimVersion):
            return version.statement or self.key
        if isinstance(version, ArticleVersion):
            return version.title or self.key
        assert isinstance(version, ReferenceVersion)  # noqa: S101 - there is no fourth kind
        return _headed(version.words) or self.key

    @property
    def number(self) -> int:
        """The number of its newest version."""
        return self.newest.number

    @property
    def versions(self) -> VersionQuerySet:
        """All its versions, newest first."""
        return self.newest.siblings.order_by("-number")

    @property
    def open(self) -> Version | None:
        """Its open version, if there is one; always the newest."""
        return self.newest if self.newest.state in OPEN else None

    @property
    def public(self) -> Version | None:
        """Its published version, if there is one."""
        found: Version | None = self.newest.siblings.published().first()
        return found

    @property
    def address(self) -> str:
        """Where staff open it."""
        return reverse("staff-edit", args=[self.name])

    @property
    def has_overview(self) -> bool:
        """True if readers have the page that stands for a treatment."""
        return ArticleVersion.objects.published().filter(article__key=self.key).exists()

    @property
    def public_address(self) -> str:
        """Where readers find it; empty for a treatment whose overview is not public."""
        if isinstance(self.identity, Article):
            return self.identity.get_absolute_url()
        if self.part == "treatments" and not self.has_overview:
            return ""
        part = {"treatments": "", "glossary": "glossary/#term-"}.get(self.part, f"{self.part}/")
        return f"/{part}{self.key}" + ("" if self.part == "glossary" else "/")


@dataclass(frozen=True, slots=True)
class Former(Named):
    """A subject that has no version, because all its drafts were thrown away; its saves are kept.

    `last` is the last save of the last of those drafts.
    """

    last: Save

    @property
    def title(self) -> str:
        """What it said in one line."""
        return _headed(self.last.words) or self.key

    @property
    def number(self) -> int:
        """The number of its newest version: there is none."""
        return 0

    @property
    def open(self) -> None:
        """Its open version: there is none."""

    @property
    def address(self) -> str:
        """Where staff find what was saved of it."""
        return reverse("staff-history", args=[self.name])


def find(name: str) -> Subject:
    """Find what an address names; raises Http404 if there is nothing, or it has no version."""
    identity = identity_of(name)
    newest = beginning.newest(identity) if identity else None
    if identity is None or newest is None:
        raise Http404(f"There is no '{name}' here. Look it up in the lists.")
    return Subject(name, identity, newest)


def find_former(name: str) -> Former:
    """Find what is left of a subject without a version; raises Http404 if nothing is."""
    identity = identity_of(name)
    last = Save.objects.filter(subject=name).order_by("-number", "-count").first()
    if identity is None or last is None:
        raise Http404(f"There is no '{name}' here, and nothing was ever saved of it.")
    return Former(name, identity, last)


def find_any(name: str) -> Subject | Former:
    """Find what an address names, or what is left of it; raises Http404 if there is neither."""
    try:
        return find(name)
    except Http404:
        return find_former(name)


def identity_of(name: str) -> beginning.Identity | None:
    """Give what a name is the name of, though it may have no version; None if nothing is."""
    part, _, key = name.partition("/")
    if part == "claims":
        return Claim.objects.filter(key=key).first()
    if part == "articles":
        return Article.objects.filter(key=key).first()
    return name


def _headed(words: Words) -> str:
    """Give the words that a subject goes by, whatever it is."""
    told = (words.get(name) for name in ("statement", "title", "term", "name"))
    return str(next(filter(None, told), ""))
