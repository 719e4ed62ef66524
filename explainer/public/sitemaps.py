"""The sitemap: every listed page, with the time of the newest thing it shows.

A page without a time of its own (a source, the glossary) gets none: an invented
time would be worse than silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from explainer.library.models import (
    Appearance,
    ArticleVersion,
    ClaimVersion,
    Edition,
    Source,
    State,
)
from explainer.public.navigation import HOME, navigation
from explainer.public.pages import absolute


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the sitemap."""

    path: str
    changed_at: datetime | None = None

    @property
    def address(self) -> str:
        """The page's canonical address."""
        return absolute(self.path)


def entries() -> list[Entry]:
    """List every page search engines may list, in a fixed number of queries."""
    changed_at = Edition.objects.current().changed_at
    changes = Entry("/changes/", changed_at)
    return [
        *_articles(changed_at),
        *_sheets(changed_at),
        changes,
        *_claims(changed_at),
        *_shelves(),
    ]


def _articles(whole_site: datetime | None) -> Iterable[Entry]:
    # A page changes with its words and with every claim it shows.
    newest_claim = dict(
        Appearance.objects.filter(claim__versions__state__in=(State.PUBLISHED, State.WITHDRAWN))
        .order_by()
        .values_list("article")
        .annotate(Max("claim__versions__published_at"))
    )
    withdrawn = dict(
        Appearance.objects.filter(claim__versions__state=State.WITHDRAWN)
        .order_by()
        .values_list("article")
        .annotate(Max("claim__versions__ended_at"))
    )
    for version in ArticleVersion.objects.published().select_related("article"):
        own = (version.published_at, newest_claim.get(version.article_id))
        times = (*own, withdrawn.get(version.article_id))
        # The home page counts the claims of the whole site.
        changed = whole_site if version.article.key == HOME else _newest(times)
        yield Entry(version.article.get_absolute_url(), changed)


def _sheets(whole_site: datetime | None) -> Iterable[Entry]:
    # A sheet asks what any claim of its treatment may ask, and says when the site last changed.
    for door in navigation().sheets:
        yield Entry(door.path, whole_site)


def _claims(whole_site: datetime | None) -> Iterable[Entry]:
    yield Entry("/claims/", whole_site)
    versions = ClaimVersion.objects.published().order_by("claim__key")
    for key, changed_at in versions.values_list("claim__key", "published_at"):
        yield Entry(f"/claims/{key}/", changed_at)


def _shelves() -> Iterable[Entry]:
    yield Entry("/sources/")
    for key in Source.objects.order_by("key").values_list("key", flat=True):
        yield Entry(f"/sources/{key}/")
    yield Entry("/glossary/")


def _newest(times: Iterable[datetime | None]) -> datetime | None:
    return max((time for time in times if time), default=None)
