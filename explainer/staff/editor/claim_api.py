"""What is said of a claim while it is typed: its label, why, problems, and what would change."""

import re
from dataclasses import asdict
from http import HTTPStatus

from django.http import Http404, HttpRequest, JsonResponse

from explainer.library.context import public_context
from explainer.library.validation import all_problems, coming
from explainer.staff.api.decorators import live, message
from explainer.staff.documents import SUBJECT, get_document
from explainer.staff.editor.forms import form_for, with_fields
from explainer.staff.editor.label_preview import label_preview

FAILED = "The label could not be worked out; your text is safe. Go on writing, or save."


@live("POST", FAILED)
def claim(request: HttpRequest) -> JsonResponse:
    """Say of a posted claim form what saving it would say; stores nothing.

    `subject` names the claim. What cannot be stored comes first among the problems, and nothing
    is worked out until it is mended.
    """
    name = request.POST.get("subject", "")
    try:
        # A name that is no subject, such as one with a NUL, never reaches the database.
        document = get_document(name) if re.fullmatch(SUBJECT, name) else None
    except Http404:
        document = None
    if document is None or document.newest is None:
        return message(HTTPStatus.NOT_FOUND, "This claim is not there any more.")
    if not document.kind.is_assessed:
        return message(HTTPStatus.BAD_REQUEST, f"'{name[:60]}' is not a claim.")
    form = form_for(document, request.POST)
    if not form.is_valid():
        return JsonResponse({"problems": [asdict(found) for found in form.refusals]})
    context = public_context(coming())
    typed = with_fields(document.newest, form.document_fields)
    form.show(all_problems([typed], context=context))
    problems = [asdict(problem) for problem in form.problems]
    return JsonResponse({**label_preview(typed, context), "problems": problems})
