"""The desk's search box: words find documents of every kind, a public page's address its editor."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from explainer.kinds import BY_PATH, TREATMENT
from explainer.kinds.article import HOME
from explainer.library.models import Document, Image
from explainer.library.models.document import LISTED
from explainer.staff.dashboard import LINES, line
from explainer.staff.decorators import page, staff
from explainer.staff.found_words import Place, places_of
from explainer.text.search_words import folded, phrases_of
from explainer.web.search import finding

LONGEST = 500
"""Characters that are read of what was typed."""

MOST = 5 * LINES
SAID_OF = ("name", "short", "heard", "also")
"""Fields that say in other words what a document is, beside its title."""

QUESTIONS, MAP = "/questions/", "/claims/map/"


@staff()
def find(request: HttpRequest) -> HttpResponse:
    """Open the editor of a public page by its address here, or list what has the words."""
    typed = request.GET.get("q", "").replace("\x00", " ")[:LONGEST].strip()
    address = _address(typed, request)
    if address and (place := editor_of(address)):
        return redirect(place)
    found = [] if address else _having(typed)
    lines = [_line(row, place) for row, place in found[:MOST]]
    shown = {"found": {"lines": lines}, "is_cut": len(found) > MOST, "most": MOST}
    context = {"title": "Find a page", "typed": typed, "address": address, **shown}
    return page(request, "staff/found.html", context)


def _having(typed: str) -> list[tuple[Document, Place | None]]:
    """Give what has all words in its names, then in a text, in one piece first; with the place."""
    words = phrases_of(typed)
    if not words:
        return []
    rows = Document.objects.filter(newest__isnull=False)
    texts = [KeyTextTransform(name, "newest__fields") for name in SAID_OF]
    named = list(finding(rows, words, ["key", "title", *texts])[: MOST + 1])
    places = places_of(words)
    others = set(places) - {row.pk for row in named}
    whole = " ".join(words)
    told = sorted(
        rows.filter(pk__in=others), key=lambda row: whole not in folded(places[row.pk].words)
    )
    return [(row, places.get(row.pk)) for row in (*named, *told)][: MOST + 1]


def editor_of(address: str) -> str:
    """Give where staff edit what readers find at an address, or the list it shows; else nothing.

    Pages of the past, Markdown and JSON lead to the page that they are of.
    """
    path, _, fragment = address.partition("#")
    if path.startswith("/past/"):
        path = "/" + path.removeprefix("/past/").partition("/")[2]
    for suffix in (".md", ".json"):
        path = f"{path.removesuffix(suffix)}/" if path.endswith(suffix) else path
    path = "/" if path == "/index/" else f"{path.rstrip('/')}/"
    for document in _at(path, fragment):
        return reverse("staff-edit", args=[document.subject])
    if path.startswith("/images/"):
        image = Image.objects.filter(key=path[8:40]).first()
        return reverse("staff-image", args=[image.key]) if image else ""
    kind = BY_PATH.get("claims" if path == MAP else path.strip("/"))
    return reverse(f"admin:library_{LISTED[kind]._meta.model_name}_changelist") if kind else ""


def _at(path: str, fragment: str) -> Iterator[Document]:
    """Give the document whose address this is: what one is, its kind says."""
    sheet = path.removeprefix(QUESTIONS).strip("/") if path.startswith(QUESTIONS) else ""
    keys = {path.strip("/"), path.strip("/").partition("/")[2], fragment.removeprefix("term-")}
    for document in Document.objects.filter(key__in=[*keys, HOME]):
        is_sheet_of = document.kind is TREATMENT and document.key == sheet
        if is_sheet_of or document.get_absolute_url() in (path, f"{path}#{fragment}"):
            yield document


def _address(typed: str, request: HttpRequest) -> str:
    """Give path and fragment of what was typed if it is an address of this site, else nothing."""
    if " " in typed:
        return ""
    hosts = {urlsplit(settings.SITE_URL).netloc, request.get_host()}
    for begin in ("", "https://"):
        try:
            parts = urlsplit(begin + typed)
        except ValueError:
            return ""
        if parts.netloc in hosts or (not begin and typed.startswith("/") and not parts.netloc):
            path = unquote(parts.path).replace("\x00", " ") or "/"
            return f"{path}#{parts.fragment}" if parts.fragment else path
    return ""


def _line(row: Document, place: Place | None) -> dict[str, str]:
    text = f"{row.get_status_display()}. {row.key}"
    comment = str(place) if place else ""
    return line(row.subject, row.title or row.key, text, comment=comment)
