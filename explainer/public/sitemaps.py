"""The sitemap: every listed page, with the time of the newest thing it shows.

A page without a time of its own (a source, the glossary) gets none: an invented
time would be worse than silence.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from explainer.kinds import CLAIM, KINDS, PAGES, SOURCE
from explainer.library.models import Change, Mention, Revision
from explainer.public.metadata import absolute
from explainer.public.navigation import navigation

Entry = tuple[str, datetime | None]
"""A page's path, and when it changed."""


def entries() -> list[Entry]:
    changed_at = Change.objects.so_far().order_by("-number").values_list("at", flat=True).first()
    claims = Revision.objects.published().of(CLAIM).order_by("document__key")
    times = list(claims.values_list("document", "document__key", "published_at"))
    paths = [
        *_articles(changed_at, {pk: time for pk, _, time in times}),
        # A sheet asks what any claim may ask, and says when the site last changed.
        *((link.path, changed_at) for link in navigation().sheets),
        ("/changes/", changed_at),
        ("/claims/", changed_at),
        *((CLAIM.address(key), time) for _, key, time in times),
        *_shelves(),
    ]
    return [(absolute(path), time) for path, time in paths]


def _articles(whole_site: datetime | None, claims: dict[int, datetime | None]) -> Iterable[Entry]:
    # A page changes with its words and with every claim it shows.
    pages = Revision.objects.published().of(*PAGES)
    withdrawn = dict(Revision.objects.withdrawn().of(CLAIM).values_list("document", "ended_at"))
    newest: dict[int, list[datetime | None]] = defaultdict(list)
    shown = Mention.objects.filter(revision__in=pages).order_by()
    for pk, document in shown.values_list("revision_id", "document_id"):
        newest[pk] += [claims.get(document), withdrawn.get(document)]
    rows = pages.select_related("document").defer("fields", "file_text")
    for page in rows.order_by("document__key"):
        path = page.document.get_absolute_url()
        # The home page counts the claims of the whole site.
        times = filter(None, [page.published_at, *newest[page.pk]])
        yield path, whole_site if path == "/" else max(times, default=None)


def _shelves() -> Iterable[Entry]:
    for kind in (kind for kind in KINDS if kind.template):
        yield f"/{kind.path}/", None
        rows = Revision.objects.published().of(kind).order_by("document__key")
        for key, time in rows.values_list("document__key", "published_at"):
            yield kind.address(key), time
    yield "/sources/", None
    sources = Revision.objects.published().of(SOURCE).order_by("document__key")
    for key in sources.values_list("document__key", flat=True):
        yield SOURCE.address(key), None
    yield "/glossary/", None
