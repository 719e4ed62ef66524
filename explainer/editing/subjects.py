"""What staff work on, as its address names it: claims/KEY, articles/KEY, sources/KEY.

Finds the identity and its versions; decides nothing.
"""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from explainer.library import desk
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    ReferenceVersion,
)
from explainer.library.models.versions import OPEN, Version, VersionQuerySet

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
class Subject:
    """A claim, article or reference row that staff have opened.

    `newest` is its newest version, open or not.
    """

    name: str
    identity: desk.Identity
    newest: Version

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

    @property
    def title(self) -> str:
        """What it says in one line."""
        version = self.newest
        if isinstance(version, ClaimVersion):
            return version.statement or self.key
        if isinstance(version, ArticleVersion):
            return version.title or self.key
        assert isinstance(version, ReferenceVersion)  # noqa: S101 - there is no fourth kind
        words = version.words
        return str(words.get("title") or words.get("term") or words.get("name") or self.key)

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
        return reverse("desk-edit", args=[self.name])

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


def find(name: str) -> Subject:
    """Find what an address names; raises Http404 if there is nothing, or it has no version."""
    part, _, key = name.partition("/")
    identity: desk.Identity | None = name
    if part == "claims":
        identity = Claim.objects.filter(key=key).first()
    elif part == "articles":
        identity = Article.objects.filter(key=key).first()
    newest = desk.newest(identity) if identity else None
    if identity is None or newest is None:
        raise Http404(f"There is no '{name}' here. Look it up in the lists.")
    return Subject(name, identity, newest)
