"""The page for a save that came too late: both texts, put together, nothing lost.

What one side alone changed is put together already; where both changed the same field, the
editor decides, of a text paragraph by paragraph. It posts to the document's own form, so whatever
it says is checked and saved like any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from explainer.editor.colleagues import ago
from explainer.editor.fields import TextField
from explainer.editor.forms import DocumentForm, form_for
from explainer.editor.merging import Shown, is_text, shown
from explainer.kinds import diff
from explainer.kinds.schema import Fields
from explainer.library import drafts
from explainer.library.models import Document, Revision, State
from explainer.staff.decorators import page, who
from explainer.staff.documents import person_name

BUTTONS = frozenset({"csrfmiddlewaretoken", "save", "preview", "submit"})


@dataclass(frozen=True, slots=True)
class Question:
    """Something that both changed, with the inputs in which the editor decides."""

    label: str
    pieces: tuple[diff.Piece, ...]
    mine: str
    theirs: str
    note: str
    inputs: Sequence[BoundField]
    passages: Sequence[Shown] = ()


def conflict_page(
    request: HttpRequest, document: Document, form: DocumentForm, current: Revision | None
) -> HttpResponse:
    """Answer a save that came too late with everything that was typed.

    `current` is what the verb found instead, if it found anything.
    """
    document.newest = current = current or drafts.newest(document)
    if current is None or current.state != State.DRAFT:
        template, more = "gone", _gone(request, document, form)
    else:
        template, more = "conflict", _merged(document, current, form)
        is_own, name = current.saved_by == who(request), person_name(current.saved_by)
        more["saver"], more["whose"] = ("You", "Your other") if is_own else (name, f"{name}’s")
    context = {"document": document, "current": current, **more}
    return page(request, f"staff/editor/{template}.html", context, 409)


def _gone(request: HttpRequest, document: Document, form: DocumentForm) -> dict[str, Any]:
    """Say why there is no draft to save to; the text is sent to the form of the next once more.

    If what is open by then is another draft, it is compared with that one like any other.
    """
    current, kind, number = document.newest, document.kind, form.cleaned_data["number"]
    fields = diff.flat(form.document_fields).items()
    typed = [(diff.label(kind, name), diff.display(kind, name, value)) for name, value in fields]
    return {
        "title": "This draft is not open any more",
        "gone": current is None or current.number != (number or current.number),
        "in_review": current is not None and current.state == State.IN_REVIEW,
        "typed": [(name, text) for name, text in typed if text],
        "posted": [(name, value) for name, value in request.POST.items() if name not in BUTTONS],
    }


def _merged(document: Document, current: Revision, form: DocumentForm) -> dict[str, Any]:
    kind, typed, theirs = document.kind, form.document_fields, drafts.saved_fields(current)
    number = form.cleaned_data["number"] or current.number
    base = form.cleaned_data["base"]
    saves = document.saves.filter(number=number)
    # What both began from, unless that save was never kept.
    started = saves.filter(lock_version=base).values_list("fields", flat=True).first()
    merged = diff.merge(kind, started, typed, theirs)
    asked = [conflict.name for conflict in merged.conflicts]

    def since(fields: Fields) -> list[diff.FieldDiff]:
        diffs = diff.field_diffs(started, {**started, **fields}, kind) if started else ()
        return [each for each in diffs if each.name not in asked]

    merge_form = form_for(document, fields=merged.words)
    questions = list(_questions(merged, merge_form))
    is_same_draft = number == current.number
    later = saves.filter(lock_version__gt=base or 0).select_related("actor")
    return {
        "title": "Somebody else saved first",
        "ago": ago(current.saved_at),
        "again": not is_same_draft,
        "saves": [(person_name(save.actor), save) for save in later] if is_same_draft else [],
        "their_changes": since(theirs),
        "my_changes": since(typed),
        "questions": questions,
        "began": f"{number}.{base}" if started else "",
        "hidden": list(_settled(merge_form, questions)),
        "differences": diff.field_diffs(theirs, {**theirs, **typed}, kind),
    }


def _questions(merged: diff.Merge, form: DocumentForm) -> Iterator[Question]:
    places = [name for name in diff.flat(merged.words) if name.startswith(diff.POSITION)]
    for conflict in merged.conflicts:
        mine = diff.display(form.kind, conflict.name, conflict.mine)
        theirs = diff.display(form.kind, conflict.name, conflict.theirs)
        note, inputs = "", [form[conflict.name]] if conflict.name in form.fields else []
        if conflict.name in places:
            note, inputs = _position(conflict, form, places.index(conflict.name))
        pieces, passages = diff.word_diff(theirs, mine), list[Shown]()
        if is_text(form, conflict.name):
            sides = conflict.base, conflict.mine, conflict.theirs
            passages, inputs = shown(form, conflict.name, *sides), []
        yield Question(conflict.label, pieces, mine, theirs, note, inputs, passages)


def _position(conflict: diff.Conflict, form: DocumentForm, place: int) -> tuple[str, list[Any]]:
    """Ask about a position: for the fields that differ, or whether it stays."""
    row = form.tables["positions"].forms[place]
    if conflict.mine is not None and conflict.theirs is not None:
        differ = [name for name in conflict.mine if conflict.mine[name] != conflict.theirs[name]]
        for name in differ:
            row.initial[name] = _either(row, name, conflict)
        return "", [row[name] for name in differ]
    row.fields["DELETE"].initial = conflict.mine is None
    if conflict.mine is None:
        return "You took this out, and they changed it.", [row["DELETE"]]
    return "They took this out, and you changed it.", [row["DELETE"]]


def _either(row: BaseForm, name: str, conflict: diff.Conflict) -> object:
    """Give what the input begins with: the change of one; of two sentences both."""
    mine, theirs = conflict.mine[name], conflict.theirs[name]
    if conflict.base is not None and mine == conflict.base.get(name):
        return theirs
    both = isinstance(row.fields[name], TextField) and mine and theirs
    if both and not (conflict.base is not None and theirs == conflict.base.get(name)):
        return f"{mine} {theirs}"
    return mine


def _settled(form: DocumentForm, questions: Sequence[Question]) -> Iterator[SafeString]:
    """Give what the form posts without asking: all that no question is about."""
    asked = {bound.html_name for question in questions for bound in question.inputs}
    forms: list[BaseForm] = [form]
    for table in form.tables.values():
        forms += [table.management_form, *table.forms]
    for bound in (bound for each in forms for bound in each):
        if bound.html_name not in asked:
            yield bound.as_hidden()
