"""Opening and saving a document: its form, or its words to read.

Whatever keeps a save from being stored, what was typed comes back.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from explainer.library import drafts
from explainer.library.context import public_context
from explainer.library.models import Document, Revision, State
from explainer.library.permissions import Right, demand, may
from explainer.library.validation import all_problems, coming
from explainer.staff.decorators import page, staff, who
from explainer.staff.documents import get_document
from explainer.staff.editor.actions import actions
from explainer.staff.editor.conflict import conflict_page
from explainer.staff.editor.forms import DocumentForm, form_for, with_fields
from explainer.staff.editor.label_preview import label_preview, pages_showing
from explainer.staff.editor.read_view import MEANINGS, preview


@staff(methods=("GET", "HEAD", "POST"))
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """Show the form of an open draft, or the newest revision to read; store what was posted.

    Where every draft was thrown away, what was saved of it is shown.
    """
    if request.method == "POST":
        demand(who(request), Right.WRITE)
    document = get_document(name)
    if request.method == "POST":
        return _posted(request, document, form_for(document, request.POST))
    if document.newest is None:
        return redirect("staff-history", name)
    if document.newest.state == State.DRAFT and may(who(request), Right.WRITE):
        form = form_for(document)
        return _page(request, document, form, **_checked(document.newest, form))
    return _page(request, document, preview=preview(document.newest))


def _posted(request: HttpRequest, document: Document, form: DocumentForm) -> HttpResponse:
    newest = document.newest
    if not form.is_valid():
        return _page(request, document, form, refusals=form.refusals, dirty=True)
    if "preview" in request.POST and newest and newest.state == State.DRAFT:
        typed = with_fields(newest, form.document_fields)
        checked = _checked(typed, form)
        return _page(request, document, form, preview=preview(typed), dirty=True, **checked)
    try:
        _save(request, newest, form)
    except drafts.Conflict as conflict:
        return conflict_page(request, document, form, conflict.current)
    if "submit" in request.POST:
        return redirect("staff-review", document.subject)
    messages.success(request, "Saved as a draft. Readers see nothing of it yet.")
    return redirect("staff-edit", document.subject)


def _save(request: HttpRequest, newest: Revision | None, form: DocumentForm) -> None:
    """Store what was typed; raises `drafts.Conflict` if it began from another open draft."""
    base, number = form.cleaned_data["base"], form.cleaned_data["number"]
    if newest is None or newest.state != State.DRAFT or number not in (None, newest.number):
        raise drafts.Conflict(newest)
    expected, fields = -1 if base is None else base, form.document_fields
    actor, now = who(request), timezone.now()
    drafts.save(revision=newest, expected=expected, fields=fields, actor=actor, now=now)


def _checked(revision: Revision, form: DocumentForm) -> dict[str, Any]:
    """Say everything that is wrong with a revision, stored or not, and what it would do."""
    context = public_context(coming())
    form.show(all_problems([revision], context=context))
    is_assessed = revision.document.kind.is_assessed
    outlook = label_preview(revision, context) if is_assessed else None
    return {"problems": form.problems, "outlook": outlook, "checked": True}


def _page(
    request: HttpRequest, document: Document, form: DocumentForm | None = None, **more: Any
) -> HttpResponse:
    outlook, is_assessed = more.get("outlook"), document.kind.is_assessed
    context = {
        "title": "Edit" if form else "",
        "form": form,
        "meanings": MEANINGS,
        "document": document,
        "revision": document.newest or Revision(document=document, number=1),
        "actions": list(actions(document, who(request))),
        "pages": outlook["pages"] if outlook else pages_showing(document) if is_assessed else (),
        "may_write": may(who(request), Right.WRITE),
        **more,
    }
    return page(request, f"staff/editor/{'edit' if form else 'read'}.html", context)
