"""Opening, saving, starting and discarding a draft; its form, or its words to read.

Whatever keeps a save from being stored, what was typed comes back. The library's verbs decide. A
form names what its page showed, and where that is no longer so, nothing is done and the page says
what is new.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from explainer.editor import origin, wordings
from explainer.editor.colleagues import colleague_on
from explainer.editor.conflict import conflict_page
from explainer.editor.forms import DocumentForm, form_for, with_fields
from explainer.editor.merging import decided
from explainer.editor.preview import MEANINGS, checked, pages_showing, preview
from explainer.editor.remarks import show_remarks
from explainer.kinds.diff import field_diffs
from explainer.library import drafts
from explainer.library.models import Document, Revision, Save, State
from explainer.library.permissions import Right, demand, may
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import get_document, person_name


@staff(methods=("GET", "HEAD", "POST"))
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """Show the form of an open draft, or the newest revision to read; store what was posted.

    Where every draft was thrown away, what was saved of it is shown.
    """
    if request.method == "POST":
        demand(who(request), Right.WRITE)
    document = get_document(name)
    if request.method == "POST":
        typed = decided(form_for(document), document, request.POST)
        return _posted(request, document, form_for(document, typed))
    if document.newest is None:
        return redirect("staff-history", name)
    if document.newest.state == State.DRAFT and may(who(request), Right.WRITE):
        form = form_for(document)
        return _page(request, document, form, **checked(document.newest, form))
    return _page(request, document, preview=preview(document.newest))


def _posted(request: HttpRequest, document: Document, form: DocumentForm) -> HttpResponse:
    newest = document.newest
    if not form.is_valid():
        return _page(request, document, form, refusals=form.refusals, dirty=True)
    if "preview" in request.POST and newest and newest.state == State.DRAFT:
        typed = with_fields(newest, form.document_fields)
        more = checked(typed, form, request.POST.getlist(wordings.STEP))
        return _page(request, document, form, preview=preview(typed), dirty=True, **more)
    try:
        _save(request, newest, form)
    except drafts.Conflict as conflict:
        return conflict_page(request, document, form, conflict.current)
    # After the save: whatever becomes of these words, the text is kept.
    steps = request.POST.getlist(wordings.STEP)
    wordings.add(request, steps)
    if "submit" in request.POST:
        return redirect("staff-review", document.subject)
    if not steps:
        messages.success(request, "Saved as a draft. Readers see nothing of it yet.")
    return origin.kept(request, document)


def _save(request: HttpRequest, newest: Revision | None, form: DocumentForm) -> None:
    """Store what was typed; raises `drafts.Conflict` if it began from another open draft."""
    base, number = form.cleaned_data["base"], form.cleaned_data["number"]
    if newest is None or newest.state != State.DRAFT or number not in (None, newest.number):
        raise drafts.Conflict(newest)
    expected, fields = -1 if base is None else base, form.document_fields
    actor, now = who(request), timezone.now()
    drafts.save(revision=newest, expected=expected, fields=fields, actor=actor, now=now)


def _page(
    request: HttpRequest, document: Document, form: DocumentForm | None = None, **more: Any
) -> HttpResponse:
    outlook, is_shown = more.get("outlook"), document.kind.is_shown
    given = origin.asked(request)
    revision = document.newest or Revision(document=document, number=1)
    context = {
        "title": "Edit" if form else "",
        "form": form,
        "meanings": MEANINGS,
        "document": document,
        "revision": revision,
        "actions": list(actions(document, who(request))),
        "pages": outlook["pages"] if outlook else pages_showing(revision) if is_shown else (),
        "may_write": may(who(request), Right.WRITE),
        "way": document.kind.way(document.key, revision.fields),
        "colleague": colleague_on(revision, who(request)) if form else None,
        "sent_back": show_remarks(revision, form) if form and document.newest else {},
        "origin": given,
        "origins": origin.origins(document, given),
        # What was to be added is not lost with a form that comes back.
        "adds": request.POST.getlist(wordings.STEP),
        **more,
    }
    return page(request, f"staff/editor/{'edit' if form else 'read'}.html", context)


Source = Revision | Save | None


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
        changed = "It was changed in the meantime, so it was not discarded. Look at it first."
        messages.warning(request, changed)
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


@dataclass(frozen=True, slots=True)
class Action:
    """A button, which posts its fields, or without any a link."""

    label: str
    url: str
    fields: Mapping[str, object] | None = None


def actions(document: Document, user: User) -> Iterator[Action]:
    """Give what somebody can do, the likeliest first."""
    newest, writes = document.newest, may(user, Right.WRITE)
    if newest is None:
        return
    at = [document.subject]
    if newest.is_open:
        yield Action("Review / publish", reverse("staff-review", args=at))
    elif writes:
        yield Action(
            "Start a new version", reverse("staff-start", args=at), {"seen": newest.number}
        )
    if writes and newest.state == State.IN_REVIEW:
        fields = {"do": "take-back", "base": f"{newest.number}.{newest.lock_version}"}
        yield Action("Take it back", reverse("staff-review", args=at), fields)
    yield Action("History", reverse("staff-history", args=at))
    if document.live is not None:
        yield Action("See it as readers do", document.get_absolute_url())
        may_publish = may(user, Right.PUBLISH)
        if may_publish and document.kind.is_withdrawable:
            yield Action("Withdraw it", reverse("staff-withdraw", args=at))
        if may_publish and document.kind.is_assessed:
            yield Action("Make its label more cautious", reverse("staff-caution", args=at))
