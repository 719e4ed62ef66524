"""A live answer about a claim that is not begun yet: what its form would say. Stores nothing."""

from collections.abc import Sequence
from dataclasses import asdict

from django.http import HttpRequest, JsonResponse

from explainer.editor.create import CreateForm
from explainer.kinds import CLAIM
from explainer.library.context import context_while_writing
from explainer.library.edition import of_this_moment
from explainer.library.models import Document, Revision
from explainer.library.validation import all_problems, coming, taken_for, validate
from explainer.staff.decorators import live
from explainer.text.problems import Problem

FAILED = "It could not be checked; your words are safe. Go on, the checks are made again later."
OPEN = frozenset({"missing", "no-entry"})
"""Codes of what is only empty, which nobody needs to be told while it is being filled in."""
DECIDING = frozenset({"statement", "kind", "bearing", "positions"})
"""Fields without which a claim has no label, and a statement is held to its label."""


@live("POST", FAILED)
def new_claim(request: HttpRequest) -> JsonResponse:
    """Check a posted form as saving the claim's own does, and put what is wrong at its fields.

    `open` names the fields that are still empty; `later` is wrong where this form asks nothing;
    `waits` says that too much is open to judge the statement.
    """
    form = CreateForm(CLAIM, request.POST, {}, auto_id="new_%s")
    if not form.is_valid():
        refused = [asdict(found) for found in form.refusals]
        return JsonResponse({"problems": refused, "open": [], "later": [], "waits": False})
    # The types know of the column alone.
    document = Document(kind=CLAIM, key=form.cleaned_data["key"])  # type: ignore[misc]
    fields = {**{field.name: field.missing for field in CLAIM.schema}, **form.document_fields}
    note = fields.pop("note")
    made = Revision(document=document, number=1, fields=fields, note=note)
    found = _found(made)
    form.show(it for it in found if it.code not in OPEN)
    here = [it for it in form.problems if it.id]
    later = [it for it in form.problems if not it.id]
    return JsonResponse(
        {
            "problems": [asdict(it) for it in here],
            "open": list(dict.fromkeys(_label(it) for it in found if it.code in OPEN)),
            "later": [it.message for it in later],
            "waits": any(it.code in OPEN and _name(it) in DECIDING for it in found),
        }
    )


def _found(made: Revision) -> Sequence[Problem]:
    with of_this_moment():
        context = context_while_writing(coming())
    found = [problem for _, problem in all_problems([made], context=context)]
    # While a field is empty, saving says that alone; here the statement is to be told already.
    empty = {_name(it) for it in found if it.code in OPEN}
    if empty and not empty & DECIDING:
        more = validate(made.entry, context, taken_for([made.entry]))
        found += [it for it in more if it not in found and _name(it) not in empty]
    return found


def _label(found: Problem) -> str:
    return CLAIM.field_label(_name(found))


def _name(found: Problem) -> str:
    return found.field.partition(".")[0]
