"""Which pages there are: published articles by address, and how they lead to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from explainer.evidence import comparison
from explainer.evidence.levels import Role, Topic
from explainer.library.models import ArticleVersion, Edition, State, Treatment

HOME = "home"
COMPARE = comparison.PAGE
QUESTIONS = "questions"
SYRINGE = "-syringe"
"""A page whose key is the first words of a treatment's key and this tells what is injected."""

_TOPIC_ORDER = {topic.value: place for place, topic in enumerate(Topic)}


@dataclass(frozen=True, slots=True)
class Door:
    """A link to a page: where it leads and what it is called."""

    path: str
    name: str

    @property
    def key(self) -> str:
        """The path without its outer slashes: the key of the page that stands there."""
        return self.path.strip("/")


@dataclass(frozen=True, slots=True)
class Navigation:
    """What every page links to.

    `treatments` are those the site explains, `options` what else a reader can
    do, `pages` the site's own ones.
    """

    treatments: tuple[Door, ...]
    options: tuple[Door, ...]
    pages: tuple[Door, ...]
    changed_at: datetime | None = None
    """When anything on the site last changed; None on a site without pages."""

    @property
    def compare(self) -> Door | None:
        """The page that compares treatments and options, if it is published."""
        return next((door for door in self.pages if door.key == COMPARE), None)

    @property
    def footer(self) -> tuple[Door, ...]:
        """The pages that no other list of a page holds."""
        held = {
            door.key for treatment in self.treatments for door in self.companions(treatment.key)
        }
        return tuple(door for door in self.pages if door.key not in {COMPARE, *held})

    @property
    def sheets(self) -> tuple[Door, ...]:
        """A sheet of questions for each treatment, if the questions are published."""
        if not any(door.key == QUESTIONS for door in self.pages):
            return ()
        return tuple(
            Door(f"/{QUESTIONS}/{door.key}/", f"Questions about {door.name}, to print")
            for door in self.treatments
        )

    def named(self, names: Iterable[str]) -> tuple[Door, ...]:
        """Give each name with the way to its treatment or option, or to nowhere."""
        known = {door.name: door for door in (*self.treatments, *self.options)}
        return tuple(known.get(name, Door("", name)) for name in names)

    def companions(self, treatment: str) -> tuple[Door, ...]:
        """What a reader of a treatment's pages can take along: its sheet, its syringe page."""
        sheets = (door for door in self.sheets if door.key == f"{QUESTIONS}/{treatment}")
        syringes = (
            door
            for door in self.pages
            if door.key.endswith(SYRINGE)
            and f"{treatment}-".startswith(f"{door.key.removesuffix(SYRINGE)}-")
        )
        return (*sheets, *syringes)


def published_article(key: str) -> ArticleVersion | None:
    """Give the published version at an address, its article and treatment loaded."""
    versions = ArticleVersion.objects.published().filter(article__key=key)
    return versions.select_related("article__treatment").first()


def withdrawn_article(key: str) -> ArticleVersion | None:
    """Give the version that was last withdrawn from an address, if any."""
    versions = ArticleVersion.objects.filter(article__key=key, state=State.WITHDRAWN)
    return versions.select_related("article").order_by("-number").first()


def navigation() -> Navigation:
    """Find the published overviews and pages of the site, in one query."""
    # The edition's time comes along with the pages, so that the footer costs no query.
    edition = Edition.objects.filter(pk=Edition.ONLY).values("changed_at")
    versions = ArticleVersion.objects.published().filter(article__topic="")
    versions = versions.annotate(edition_changed_at=Subquery(edition))
    changed_at = None
    treatments: list[Door] = []
    options: list[Door] = []
    pages: list[Door] = []
    for version in versions.select_related("article__treatment").order_by("article__key"):
        article, treatment = version.article, version.article.treatment
        changed_at = version.edition_changed_at
        if treatment is None and article.key != HOME:
            pages.append(Door(article.get_absolute_url(), version.title))
        elif treatment:
            found = treatments if treatment.role == Role.EXPLAINED else options
            found.append(Door(article.get_absolute_url(), treatment.name))
    return Navigation(tuple(treatments), tuple(options), tuple(pages), changed_at)


def parts_of(treatment: Treatment) -> tuple[Door, ...]:
    """List a treatment's pages: the overview, then its topics in the method's order.

    An option has its overview alone, so it has no list.
    """
    if treatment.role != Role.EXPLAINED:
        return ()
    versions = ArticleVersion.objects.published().filter(article__treatment=treatment)
    return doors(versions.select_related("article__treatment"))


def doors(versions: Iterable[ArticleVersion]) -> tuple[Door, ...]:
    """Name pages shortly, the overview of a treatment before its topics."""
    in_order = sorted(versions, key=_place)
    return tuple(Door(v.article.get_absolute_url(), short_name(v)) for v in in_order)


def short_name(version: ArticleVersion) -> str:
    """Name a page where its treatment is already named: by its topic."""
    article = version.article
    if article.topic:
        return Topic(article.topic).words
    return f"{article.treatment.name}: overview" if article.treatment else version.title


def _place(version: ArticleVersion) -> tuple[str, int]:
    article = version.article
    owner = article.treatment.key if article.treatment else ""
    return owner, _TOPIC_ORDER.get(article.topic, -1)
