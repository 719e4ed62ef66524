"""What was: all revisions and saves of a document, what differs between any two, and the log.

Shows and compares; starts nothing itself. Restoring posts to `staff-start`, whose verb asks for
the right once more, as does going on from a save, one of a draft that was thrown away too.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from explainer.kinds import BY_PATH, Kind
from explainer.kinds.diff import FieldDiff, display, field_diffs, flat, label
from explainer.kinds.schema import Fields
from explainer.library import audit
from explainer.library.drafts import saved_fields
from explainer.library.models import FIXED, AuditEntry, Document, Revision, Save
from explainer.library.permissions import Right, may
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import actor_name, get_document, label_of, newest_steps, person_name
from explainer.text.search_words import folded

STEPS = 100
"""Steps that the history lists; the audit log has all of them."""

EACH = 50
"""Saves, or entries of the log, on one page."""

PEOPLE = ("author", "published_by")


@staff()
def history(request: HttpRequest, name: str) -> HttpResponse:
    document = get_document(name)
    revisions = list(document.revisions.select_related("document", *PEOPLE))
    older, newer = _chosen(request, revisions)
    both = older and newer and (_labelled(older), _labelled(newer))
    context = {
        "title": "History",
        "document": document,
        "rows": _rows(document, revisions),
        "revisions": revisions,
        "older": older,
        "newer": newer,
        "fields": field_diffs(*both, document.kind) if both else (),
        "saves": page_of_saves(document, request.GET.get("page", "")),
        "steps": newest_steps(name, STEPS),
    }
    return page(request, "staff/history/history.html", context)


@staff()
def revision(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Show the words of one revision, and lead to the page as readers saw it, if they did.

    The number of a draft that was thrown away leads to the last that was saved of it.
    """
    document = get_document(name)
    found = document.revisions.select_related("document").filter(number=number).first()
    if found is None:
        last = document.saves.filter(number=number).order_by("-lock_version").first()
        if last is None:
            raise Http404(f"'{name}' has no version {number}. Its history lists those it has.")
        return redirect("staff-save", name, number, last.lock_version)
    context = {
        "title": f"Version {number}",
        "document": document,
        "revision": found,
        # Of two that were published at one moment only the last was ever seen.
        "was_seen": found.published_at is not None and found.published_at != found.ended_at,
        "words": texts(document.kind, _labelled(found)),
        "may_restore": may(who(request), Right.WRITE) and found.state in FIXED,
    }
    return page(request, "staff/history/version.html", context)


def _rows(document: Document, revisions: Sequence[Revision]) -> list[dict[str, Any]]:
    """Give each number of a document: its revision, or the draft that was thrown away."""
    rows = [{"number": draft["number"], "discarded": draft} for draft in discarded(document)]
    rows += [
        {
            "number": row.number,
            "revision": row,
            "label": label_of(row),
            "author": person_name(row.author),
            "publisher": person_name(row.published_by),
        }
        for row in revisions
    ]
    return sorted(rows, key=lambda row: -row["number"])


def _chosen(
    request: HttpRequest, revisions: Sequence[Revision]
) -> tuple[Revision | None, Revision | None]:
    """Give the revisions that the address names; without it the newest and the one before."""
    numbered = {str(row.number): row for row in revisions}
    newest = revisions[0] if revisions else None
    newer = numbered.get(request.GET.get("to", "")) or newest
    before = next((row for row in revisions if newer and row.number < newer.number), None)
    return numbered.get(request.GET.get("from", "")) or before, newer


def _labelled(row: Revision) -> Fields:
    return ({"label": label} if (label := label_of(row)) else {}) | saved_fields(row)


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


def discarded(document: Document, **where: int) -> Iterator[dict[str, Any]]:
    """Give the drafts of a document that were thrown away: numbers that saves alone hold.

    Each with who began it and when, the lock version of its `last` save, and, if the log says,
    who threw it away and when.
    """
    saves = _with_revision(document).filter(is_there=False, **where).select_related("actor")
    entries = AuditEntry.objects.filter(subject=document.subject, action="discard")
    thrown = {
        entry.before["revision"]: entry
        for entry in entries.select_related("actor").order_by("number")
        if entry.before and "revision" in entry.before
    }
    for number, group in groupby(saves.order_by("number", "lock_version"), lambda it: it.number):
        draft, entry = list(group), thrown.get(number)
        found = {"number": number, "last": draft[-1].lock_version}
        found |= {"author": person_name(draft[0].actor), "begun": draft[0].at}
        if entry:
            note = (entry.before or {}).get("note", "")
            found |= {"actor": actor_name(entry), "at": entry.at, "note": note}
        yield found


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


FILTERS = {"person": "actor_name", "action": "action", "subject": "subject"}
"""What the log can be filtered by, as the address and as the column names it."""


@staff(Right.ADMINISTER)
def log(request: HttpRequest) -> HttpResponse:
    """Show one page of the log; `verify` in the address recomputes its chain."""
    asked = {name: request.GET.get(name, "").strip().replace("\0", "") for name in FILTERS}
    shown = Paginator(_entries(asked), EACH).get_page(request.GET.get("page"))
    context = {
        "title": "Audit log",
        "asked": asked,
        "filter": urlencode({name: value for name, value in asked.items() if value}),
        "actions": AuditEntry.objects.order_by("action").values_list("action").distinct(),
        "shown": shown,
        "rows": [(entry, changes(entry)) for entry in shown],
        "verified": "verify" in request.GET,
        "wrong": list(audit.verify()) if "verify" in request.GET else [],
    }
    return page(request, "staff/history/log.html", context)


def _entries(asked: Mapping[str, str]) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.all()
    for name, column in FILTERS.items():
        if asked[name] and name == "action":
            entries = entries.filter(action=asked[name])
        elif asked[name]:
            # Of all entries there are few people and subjects.
            said = entries.order_by().values_list(column, flat=True).distinct()
            found = [value for value in said if folded(asked[name]) in folded(value)]
            entries = entries.filter(**{f"{column}__in": found})
    return entries


def changes(entry: AuditEntry) -> tuple[FieldDiff, ...]:
    kind = BY_PATH.get(entry.subject.partition("/")[0])
    return field_diffs(_fields(entry.before), _fields(entry.after), kind)


def _fields(facts: Any) -> Fields:
    if isinstance(facts, Mapping):
        return dict(facts)
    return {} if facts is None else {"value": facts}
