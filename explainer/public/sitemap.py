"""Every page that search engines may list, with the time of the newest words it shows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from explainer.kinds import CLAIM, KINDS, PAGES, SHOWN, SOURCE, TREATMENT, Kind
from explainer.library.models import Mention, Revision
from explainer.public.navigation import navigation

FOR_MACHINES = ("robots", "sitemap", "feed", "manifest", "llms", "claims-json", "schema")
"""Names of addresses that have a page, and are no page to list."""
Entry = tuple[str, date | None]
"""A page's path, and when its words changed."""

_DATES = ("document", "document__kind", "document__key", "published_at", "changed_on")


def entries() -> list[Entry]:
    """List every page with the time of the newest thing it shows.

    A page without a time of its own (a source, the glossary) gets none: an invented
    time would be worse than silence.
    """
    links = navigation()
    changed_on = links.changed_on
    return [
        *_articles(),
        # A sheet asks what any claim may ask, and says when the site last changed.
        *((link.path, changed_on) for link in links.sheets),
        ("/check/", None),
        ("/changes/", changed_on),
        ("/claims/", changed_on),
        ("/claims/map/", changed_on),
        *_each(CLAIM),
        *_shelves(),
    ]


def addresses() -> list[str]:
    """Give every address that has a page, those most linked first: the sitemap's order."""
    paths = [path for path, _ in entries()]
    return [*paths, *map(reverse, FOR_MACHINES), *(copy_of(path) for path in paths)]


def copy_of(path: str) -> str:
    """Give where a page's copy for machines stands."""
    return f"/{path.strip('/') or 'index'}.md"


def _articles() -> Iterable[Entry]:
    # A page changes with its words and with every claim and record it shows.
    pages, marked = Revision.objects.published().of(*PAGES), Revision.objects.of(*SHOWN)
    shown_now = marked.published().select_related("document").only(*_DATES)
    published = {row.document_id: row.words_changed_at for row in shown_now}
    withdrawn = dict(marked.withdrawn().values_list("document", "ended_at"))
    newest: dict[int, list[datetime | None]] = defaultdict(list)
    shown = Mention.objects.filter(revision__in=pages).order_by()
    for pk, document in shown.values_list("revision_id", "document_id"):
        newest[pk] += [published.get(document), withdrawn.get(document)]
    rows = pages.select_related("document").defer("fields", "file_text").order_by("document__key")
    times = {page: max(filter(None, [page.words_changed_at, *newest[page.pk]])) for page in rows}
    treatments = [time for page, time in times.items() if page.document.kind is TREATMENT]
    for page, time in times.items():
        path = page.document.get_absolute_url()
        # The home page shows the short answers of the treatments.
        yield path, max(time, *treatments) if path == "/" and treatments else time


def _each(kind: Kind) -> Iterable[Entry]:
    rows = Revision.objects.published().of(kind).select_related("document").only(*_DATES)
    for row in rows.order_by("document__key"):
        yield row.document.get_absolute_url(), row.words_changed_at


def _shelves() -> Iterable[Entry]:
    for kind in (kind for kind in KINDS if kind.template):
        yield f"/{kind.path}/", None
        yield from _each(kind)
    yield "/sources/", None
    sources = Revision.objects.published().of(SOURCE).order_by("document__key")
    for key in sources.values_list("document__key", flat=True):
        yield SOURCE.address(key), None
    yield "/glossary/", None
