"""The pages of readers and of machines: guard, call, render; and answers that have no page."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.safestring import SafeString
from django.views.decorators.http import conditional_page, require_safe

from explainer.evidence.context import Context
from explainer.evidence.levels import Role
from explainer.images import storage
from explainer.kinds import CLAIM, SOURCE, Kind, comparison
from explainer.library import images, rendering
from explainer.library.context import context_of
from explainer.library.models import Revision
from explainer.public import (
    cards,
    changelog,
    claim_list,
    claim_map,
    jsonld,
    labels,
    metadata,
    navigation,
    question_sheet,
    reference,
)
from explainer.public.feed import atom
from explainer.public.sitemap import entries as sitemap_entries
from explainer.search.first_pages import First
from explainer.text.minified import minified
from explainer.web.page_cache.declare import cached_page, holds_for
from explainer.web.responses import inert

KEEP = "public, max-age=3600"
"""How long anybody may keep an image: a withdrawn article's is gone within the hour."""

SECONDS_WITHOUT_CARD = 60  # that a page is kept whose picture is still being drawn

WELL_KNOWN = "/admin/"
"""Where staff pages are looked for anyway, so that naming the address tells nobody anything."""


def show(request: HttpRequest, template: str, page: metadata.Head, **context: Any) -> HttpResponse:
    """Render a page; unless it is told more, it states no more than where it stands.

    What is shortened is what everybody gets; a page made for one reader keeps the lines they wrote.
    """
    context = {"structured": jsonld.of_page(page), "page": page, **context}
    html = render_to_string(template, context, request)
    response = HttpResponse(minified(html) if page.listed else html)
    if page.card and not page.card.is_drawn:
        holds_for(response, SECONDS_WITHOUT_CARD)
    return response


def short_answers(
    links: Iterable[navigation.NavLink],
) -> list[tuple[navigation.NavLink, SafeString]]:
    """Give treatments with the short answer of each overview, its labels included."""
    return [
        (link, rendering.explain_short_answer(overview))
        for link in links
        if (overview := navigation.page_at(link.key))
    ]


def lead_of(first: Sequence[First]) -> SafeString:
    """Give the short answer of the page that some words bring first, or nothing."""
    page = navigation.page_at(first[0].pages[0].key) if first else None
    return rendering.explain_short_answer(page) if page else SafeString()


@cached_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    revision = navigation.page_at(navigation.HOME)
    if revision is None:
        raise Http404("The home page has no published words.")
    article = rendering.explain_page(revision)
    page = metadata.of_home(article)
    links = navigation.navigation()
    return show(
        request,
        "home.html",
        page,
        article=article,
        overdue=metadata.is_overdue(revision),
        navigation=links,
        choices=short_answers(links.treatments),
        structured=jsonld.of_home(page, article),
    )


@cached_page()
@require_safe
def article(request: HttpRequest, name: str, topic: str = "") -> HttpResponse:
    key = f"{name}/{topic}" if topic else name
    if key == navigation.HOME or (revision := navigation.page_at(key)) is None:
        if withdrawn := navigation.page_at(key, withdrawn=True):
            return render(request, "410.html", {"revision": withdrawn}, status=410)
        raise Http404("No published page has this address.")
    article = rendering.explain_page(revision)
    links = navigation.navigation()
    table = comparison.read(article.body) if key == comparison.PAGE else None
    treatment = links.of(revision).treatment
    tally = labels.tally_of_page(article, links)
    page = metadata.of_article(article, links, tally)
    return show(
        request,
        "compare.html" if table and table.rows else "article.html",
        page,
        article=article,
        overdue=metadata.is_overdue(revision),
        table=table,
        columns=links.named(table.options) if table else (),
        tally=tally,
        whole_scale=key == jsonld.METHOD,
        structured=jsonld.of_article(page, article, links),
        navigation=links,
        treatment=links.overview(treatment),
        parts=links.parts(treatment),
        companions=links.companions(treatment),
        sheets=links.sheets if key == navigation.QUESTIONS else (),
    )


@cached_page()
@require_safe
def sheet(request: HttpRequest, treatment: str) -> HttpResponse:
    questions = navigation.page_at(navigation.QUESTIONS)
    links = navigation.navigation()
    overview = links.overview(treatment)
    if questions is None or overview is None or overview.role != Role.EXPLAINED:
        raise Http404("There is no sheet of questions for this.")
    made = question_sheet.sheet_of(overview, questions, links.changed_on)
    page = metadata.of_sheet(made, questions)
    return show(request, "sheet.html", page, sheet=made, navigation=links)


@cached_page(*claim_list.PARAMETERS)
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    every = claim_list.published_claims()
    chosen = every.read(request.GET)
    found = every.page(chosen, request.GET.get("page") or "1")
    return show(
        request,
        "claim_list.html",
        metadata.of_claims(chosen, found.number),
        chosen=chosen,
        claims=found,
        title=every.title(chosen),
        earlier=chosen.query(found.number - 1),
        later=chosen.query(found.number + 1),
        fields=every.fields(chosen),
    )


@cached_page()
@require_safe
def claims_map(request: HttpRequest) -> HttpResponse:
    rows, links = claim_list.published_claims().rows, navigation.navigation()
    return show(
        request,
        "claim_map.html",
        metadata.of_map(),
        maps=claim_map.maps_of(rows, links),
        backed=claim_map.backed(rows, links),
        backers=[name for name, _ in claim_map.BACKERS],
        navigation=links,
    )


@cached_page()
@require_safe
def claim(request: HttpRequest, treatment: str, slug: str) -> HttpResponse:
    """Show a claim that is published, or was withdrawn: it keeps its address, struck through."""
    revision = _public(CLAIM, f"{treatment}/{slug}")
    entry = rendering.explain_claim(revision)
    name, product = reference.subject_of(revision)
    links = navigation.navigation()
    page = metadata.of_claim(entry, name)
    return show(
        request,
        "claim.html",
        page,
        entry=entry,
        overdue=metadata.is_overdue(revision),
        structured=jsonld.of_claim(page, entry, links.overview(treatment)),
        treatment_name=name,
        product=product,
        history=changelog.history_of(revision.document),
        appears=links.showing(revision.document),
        navigation=links,
    )


@cached_page()
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    shelves = reference.sources_by_kind()
    return show(request, "sources.html", metadata.of_sources(), shelves=shelves)


@cached_page()
@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    revision = _public(SOURCE, key)
    context = Context(terms=rendering.terms())
    return show(
        request,
        "source.html",
        metadata.of_source(revision),
        source=revision,
        overdue=metadata.is_overdue(revision),
        host=urlsplit(revision.fields["url"]).netloc,
        appraisal=rendering.explain_markdown(revision.fields["appraisal"], context),
        positions=reference.positions_of(revision.document),
        history=changelog.history_of(revision.document),
    )


@cached_page()
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    page, terms = metadata.of_glossary(), reference.terms()
    structured = jsonld.of_glossary(page, terms)
    return show(request, "glossary.html", page, terms=terms, structured=structured)


@cached_page()
@require_safe
def listing(request: HttpRequest, kind: Kind) -> HttpResponse:
    """List all documents of a kind that needs no page of its own making."""
    rows = Revision.objects.published().of(kind).with_document()
    revisions = rows.order_by("document__key")
    return show(request, kind.list_template, metadata.of_list(kind), revisions=revisions)


@cached_page()
@require_safe
def document(request: HttpRequest, kind: Kind, key: str) -> HttpResponse:
    """Show one document of such a kind; withdrawn, as a text that shows it does: struck through."""
    revision = _public(kind, key)
    rows = Revision.objects.published().of(SOURCE).with_document()
    sources = list(rows.filter(document__key__in=kind.sources(revision.fields)))
    mark = kind.mark(revision.entry, context_of(source.entry for source in sources))
    links = navigation.navigation()
    return show(
        request,
        kind.template,
        metadata.of_document(revision, mark),
        revision=revision,
        overdue=metadata.is_overdue(revision),
        mark=mark,
        body=rendering.explain_markdown(revision.fields[kind.body]),
        sources=sources,
        history=changelog.history_of(revision.document),
        appears=links.showing(revision.document),
        navigation=links,
    )


def _public(kind: Kind, key: str) -> Revision:
    rows = (Revision.objects.published, Revision.objects.withdrawn)[: 1 + kind.is_shown]
    asked = (each().of(kind).with_document().filter(document__key=key).first() for each in rows)
    if found := next(filter(None, asked), None):
        return found
    raise Http404("Nothing public has this address.")


@cached_page("treatment", "page")
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    links = navigation.navigation()
    treatment = links.chosen(request.GET.get("treatment", ""))
    key = treatment.key if treatment else ""
    found = changelog.page_of(request.GET.get("page") or "1", key)
    return show(
        request,
        "changes.html",
        metadata.of_changes(found.number, treatment),
        found=found,
        earlier=changelog.query(key, found.number - 1),
        later=changelog.query(key, found.number + 1),
        treatment=treatment,
        navigation=links,
    )


@cached_page("treatment")
@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("treatment", "")
    treatment = navigation.navigation().chosen(asked) if asked else None
    key = treatment.key if treatment else ""
    batches = changelog.page_of("1", key).object_list
    text = atom(batches, metadata.of_changes(1, treatment), key)
    response = HttpResponse(text, content_type=Atom1Feed.content_type)
    if batches:
        response["Last-Modified"] = http_date(batches[0].at.timestamp())
    return response


def image(request: HttpRequest, key: str, extension: str) -> HttpResponseBase:
    """Answer with the file of an image that a published article shows; of all others, nothing."""
    found = get_object_or_404(images.public(), key=key, extension=extension)
    path = storage.place(found.file_name)
    return inert(request, path, media_type=found.media_type, digest=found.sha256, keep=KEEP)


def card(request: HttpRequest, key: str) -> HttpResponseBase:
    """Answer with the picture that goes with a shared page, if it is drawn."""
    path = cards.folder() / f"{key}.png"
    return inert(request, path, media_type="image/png", digest=key, keep=KEEP)


@cached_page()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    entries = [(metadata.absolute(path), time) for path, time in sitemap_entries()]
    return render(request, "sitemap.xml", {"entries": entries}, content_type="application/xml")


@cached_page()
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell phones what a bookmark on their first screen looks like; it counts no start."""
    return render(request, "site.webmanifest", content_type="application/manifest+json")


@cached_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Point crawlers to the sitemap, and away from the staff's pages where these are no secret.

    An address that STAFF_PATH chose is not told: everybody reads this file.
    """
    staff_path = settings.STAFF_PATH if settings.STAFF_PATH == WELL_KNOWN else ""
    context = {"sitemap": metadata.absolute("/sitemap.xml"), "staff_path": staff_path}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
