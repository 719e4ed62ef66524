"""Which pages there are: published articles by address, and how they lead to each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from explainer.evidence.levels import Topic
from explainer.library.models import ArticleVersion, State, Treatment

HOME = "home"

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
    """What every page links to: the treatments and the site's own pages."""

    treatments: tuple[Door, ...]
    pages: tuple[Door, ...]


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
    versions = ArticleVersion.objects.published().filter(article__topic="")
    treatments, pages = [], []
    for version in versions.select_related("article__treatment").order_by("article__key"):
        article = version.article
        if article.treatment:
            treatments.append(Door(article.get_absolute_url(), article.treatment.name))
        elif article.key != HOME:
            pages.append(Door(article.get_absolute_url(), version.title))
    return Navigation(tuple(treatments), tuple(pages))


def parts_of(treatment: Treatment) -> tuple[Door, ...]:
    """List a treatment's pages: the overview, then its topics in the method's order."""
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
