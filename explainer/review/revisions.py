"""All revisions of a document, what differs between any two, and one revision as it was.

Shows and compares; starts nothing itself. Restoring posts to `staff-start`, whose verb asks for
the right once more. What was saved is `saves`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from explainer.kinds.schema import Fields
from explainer.library.diff import field_diffs
from explainer.library.drafts import saved_fields
from explainer.library.models import FIXED, Revision
from explainer.library.permissions import Right, may
from explainer.review.saves import Discarded, discarded, page_of_saves, texts
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import get_document, label_of, person_name
from explainer.staff.steps import newest_steps

STEPS = 100
"""Steps that the history lists; the audit log has all of them."""

PEOPLE = ("author", "published_by")


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a document: the revision that has it, or the draft that was thrown away."""

    number: int
    revision: Revision | None = None
    discarded: Discarded | None = None
    label: str = ""
    author: str = ""
    publisher: str = ""


@staff()
def history(request: HttpRequest, name: str) -> HttpResponse:
    document = get_document(name)
    revisions = list(document.revisions.select_related("document", *PEOPLE))
    older, newer = _chosen(request, revisions)
    diffs = (
        field_diffs(_labelled(older), _labelled(newer), document.kind) if older and newer else ()
    )
    context = {
        "title": "History",
        "document": document,
        "rows": _rows(revisions, discarded(document)),
        "revisions": revisions,
        "older": older,
        "newer": newer,
        "fields": diffs,
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


def _rows(revisions: Sequence[Revision], drafts: Iterator[Discarded]) -> list[Row]:
    rows = [Row(draft.number, discarded=draft) for draft in drafts]
    rows += [
        Row(
            row.number,
            row,
            label=label_of(row),
            author=person_name(row.author),
            publisher=person_name(row.published_by),
        )
        for row in revisions
    ]
    return sorted(rows, key=lambda row: -row.number)


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
