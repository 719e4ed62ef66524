"""Every accepted save of a document, those of drafts that were thrown away too.

Shows what was saved and what it changed; that a draft was thrown away, by whom and when, is
what the audit log says. Going on from a save posts to `staff-start`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse

from explainer.kinds import Kind
from explainer.kinds.schema import Fields
from explainer.library.diff import display, field_diffs, flat, label
from explainer.library.models import AuditEntry, Document, Revision, Save
from explainer.library.permissions import Right, may
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import get_document, person_name
from explainer.staff.steps import actor_name

EACH = 50
"""Saves on one page."""


@dataclass(frozen=True, slots=True)
class Discarded:
    """A draft that was thrown away: who began it and when, and who threw it away and when.

    `actor` is empty if the log does not say; `last` is the lock version of its last save.
    """

    number: int
    author: str
    begun: datetime
    last: int
    actor: str = ""
    at: datetime | None = None
    note: str = ""


@staff()
def save(request: HttpRequest, name: str, number: int, count: int) -> HttpResponse:
    document = get_document(name)
    saves = document.saves.select_related("actor")
    found = saves.filter(number=number, lock_version=count).first()
    if found is None:
        raise Http404(f"'{name}' has no save {count} of version {number}. Its history lists all.")
    revision = document.revisions.filter(number=number).first()
    earlier = Q(number__lt=number) | Q(number=number, lock_version__lt=count)
    later = Q(number__gt=number) | Q(number=number, lock_version__gt=count)
    context = {
        "title": f"Version {number}, save {count}",
        "document": document,
        "save": found,
        "actor": person_name(found.actor),
        "revision": revision,
        "discarded": None if revision else next(discarded(document, number=number), None),
        "fields": field_diffs(_before(document, found), found.fields, document.kind),
        "words": texts(document.kind, found.fields),
        "earlier": saves.filter(earlier).order_by("-number", "-lock_version").first(),
        "later": saves.filter(later).order_by("number", "lock_version").first(),
        "may_start": may(who(request), Right.WRITE),
    }
    return page(request, "staff/history/save.html", context)


def page_of_saves(document: Document, number: str) -> Page[Any]:
    """Give one page of the saves of a document, newest first, without their words.

    Each with `person`, and `is_there` if its draft was not thrown away.
    """
    saves = _with_revision(document).select_related("actor").order_by("-number", "-lock_version")
    found: Page[Any] = Paginator(saves, EACH).get_page(number)
    for saved in found.object_list:
        saved.person = person_name(saved.actor)
    return found


def discarded(document: Document, **where: int) -> Iterator[Discarded]:
    """Give the drafts of a document that were thrown away: numbers that saves alone hold."""
    saves = _with_revision(document).filter(is_there=False, **where).select_related("actor")
    entries = AuditEntry.objects.filter(subject=document.subject, action="discard")
    thrown = {
        entry.before["revision"]: entry
        for entry in entries.select_related("actor").order_by("number")
        if entry.before and "revision" in entry.before
    }
    for number, group in groupby(saves.order_by("number", "lock_version"), lambda it: it.number):
        draft, entry = list(group), thrown.get(number)
        yield Discarded(
            number,
            person_name(draft[0].actor),
            draft[0].at,
            draft[-1].lock_version,
            actor=actor_name(entry) if entry else "",
            at=entry.at if entry else None,
            note=str((entry.before or {}).get("note", "")) if entry else "",
        )


def texts(kind: Kind, fields: Fields) -> list[tuple[str, str]]:
    pairs = ((label(kind, name), display(kind, name, it)) for name, it in flat(fields).items())
    return [(name, text) for name, text in pairs if text]


def _with_revision(document: Document) -> Any:
    there = Revision.objects.filter(document=document, number=OuterRef("number"))
    return document.saves.defer("fields").annotate(is_there=Exists(there))


def _before(document: Document, save: Save) -> Fields:
    """Give what a save changed: the one before it, for the first what its draft came after."""
    own = document.saves.filter(number=save.number, lock_version__lt=save.lock_version)
    if (earlier := own.order_by("-lock_version").first()) is not None:
        return dict(earlier.fields)
    revisions = document.revisions.filter(number__lt=save.number)
    before = revisions.select_related("document").first()
    # What was said about an earlier change is no part of what a draft begins with.
    return {**before.entry.fields, "note": "", "correction": False} if before else {}
