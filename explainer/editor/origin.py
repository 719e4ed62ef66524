"""The text that a claim was made for: the way back to the place where it stands there.

Found in the drafts that name it, so no address has to carry it. One that was begun from words which
do not name it yet says where they stand, and its form keeps that from save to save.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from explainer.kinds import PAGES
from explainer.library.models import Document, Revision, State
from explainer.staff.documents import SUBJECT

NAME = "origin"
"""The parameter: the subject of a text, its field and a line, as in "articles/a-page:body:12"."""
MOST = 3
"""Drafts that one leads back to."""
_PLACE = re.compile(rf"({SUBJECT}):(summary|body):([0-9]{{1,6}})")


@dataclass(frozen=True, slots=True)
class Origin:
    """A draft with a place in it: `url` opens its form there."""

    subject: str
    title: str
    field: str
    line: int

    @property
    def url(self) -> str:
        return f"{reverse('staff-edit', args=[self.subject])}#line-{self.field}-{self.line}"


def asked(request: HttpRequest) -> str:
    """Give the parameter if it names a place, from the address or from what was posted."""
    given = request.POST.get(NAME) or request.GET.get(NAME, "")
    return given if _PLACE.fullmatch(given) else ""


def kept(request: HttpRequest, document: Document) -> HttpResponse:
    """Lead to a document's form, which goes on to know the place that was given."""
    given = asked(request)
    address = reverse("staff-edit", args=[document.subject])
    return redirect(f"{address}?{urlencode({NAME: given})}" if given else address)


def origins(document: Document, given: str = "") -> list[Origin]:
    """Give where a claim or record is needed: drafts that name it, and the place that was given."""
    found = {it.subject: it for it in _naming(document)} if document.kind.is_shown else {}
    if (said := _PLACE.fullmatch(given)) and said[1] not in found:
        text = Document.objects.by_subject(said[1])
        if text is not None and text.newest is not None and text.kind.texts:
            found[said[1]] = Origin(said[1], text.newest.title, said[2], int(said[3]))
    return list(found.values())[:MOST]


def _naming(document: Document) -> Iterator[Origin]:
    mark = f"]({document.kind.name}:{document.key})"
    rows = Revision.objects.of(*PAGES).filter(state=State.DRAFT)
    rows = rows.annotate(own_summary=KT("fields__summary"), own_body=KT("fields__body"))
    named = Q(own_summary__contains=mark) | Q(own_body__contains=mark)
    for row in rows.filter(named).select_related("document").order_by("-saved_at")[:MOST]:
        field = "body" if mark in row.fields.get("body", "") else "summary"
        before = row.fields[field].partition(mark)[0]
        yield Origin(row.subject, row.title, field, before.count("\n") + 1)
