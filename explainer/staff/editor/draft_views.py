"""Starting a version, from the newest words or from older ones, and throwing a draft away.

The library's verbs decide. A form names what its page showed, and where that is no longer so,
nothing is done and the page says what is new.
"""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from explainer.library import drafts
from explainer.library.diff import field_diffs
from explainer.library.models import Document, Revision, Save
from explainer.library.permissions import Right
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import get_document, person_name

Source = Revision | Save | None
CHANGED = "It was changed in the meantime, so it was not discarded. Look at it first."


@staff(Right.WRITE, methods=("POST",))
def start(request: HttpRequest, name: str) -> HttpResponse:
    """Start a new version.

    `like` is the number of an old version whose words it gets, with `save` those that one of
    its saves left; `seen` is the number of the newest version that the page showed.
    """
    document = get_document(name)
    source, seen = _copied(document, request), whole(request.POST.get("seen", ""))
    actor, now = who(request), timezone.now()
    try:
        drafts.start(document=document, copy_from=source, expected=seen, actor=actor, now=now)
    except drafts.AlreadyOpen as opened:
        person = person_name(opened.revision.author)
        messages.info(request, f"A draft is open already, begun by {person}. Here it is.")
    except drafts.Conflict as conflict:
        return _newer_page(request, document, seen, source, conflict.current)
    return redirect("staff-edit", name)


@staff(Right.WRITE, methods=("POST",))
def discard(request: HttpRequest, name: str) -> HttpResponse:
    """Throw a draft away that nobody saved since; its saves stay in the history."""
    document = get_document(name)
    if document.newest is None:
        messages.info(request, "It was discarded already. What was saved of it is kept here.")
        return redirect("staff-history", name)
    number, base = (whole(request.POST.get(field, "")) for field in ("number", "base"))
    try:
        if number != document.newest.number:
            raise drafts.Conflict(document.newest)
        actor, now = who(request), timezone.now()
        drafts.discard(revision=document.newest, expected=base, actor=actor, now=now)
    except drafts.Conflict:
        messages.warning(request, CHANGED)
        return redirect("staff-edit", name)
    text = 'The draft was discarded. Its saves are kept in <a href="{}">its history</a>.'
    messages.success(request, format_html(text, reverse("staff-history", args=[name])))
    return redirect("staff-edit", name) if document.revisions.exists() else redirect("admin:index")


def whole(typed: str) -> int:
    """Give a number as our pages post it, or -1, which nothing has."""
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else -1


def _copied(document: Document, request: HttpRequest) -> Source:
    """Find the words to begin from; raises Http404 if there are none under these numbers."""
    number, count = request.POST.get("like", ""), request.POST.get("save", "")
    if not number and not count:
        return None
    rows: Any = document.revisions.filter(number=whole(number))
    if count:
        rows = document.saves.filter(number=whole(number), lock_version=whole(count))
    if found := rows.first():
        return found
    raise Http404(f"There is no version {number[:20]} of '{document.subject}'.")


def _newer_page(
    request: HttpRequest, document: Document, seen: int, source: Source, newest: Revision | None
) -> HttpResponse:
    """Say that what somebody saw is not the newest any more, and what is new."""
    before = document.revisions.filter(number=seen).first() if newest else None
    context = {
        "title": "There is a newer version",
        "document": document,
        "newest": newest,
        "publisher": person_name(newest.published_by) if newest else "",
        "before": before,
        "fields": before and newest and field_diffs(before.fields, newest.fields, document.kind),
        "like": source.number if source else "",
        "save": source.lock_version if isinstance(source, Save) else "",
        "seen": newest.number if newest else 0,
    }
    return page(request, "staff/editor/newer.html", context, 409)
