"""What is said of a claim while it is typed: its label, why, problems, and what would change."""

import logging
import re
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse

from explainer.library.models import ClaimVersion
from explainer.library.nouns import knowledge
from explainer.library.readiness import coming
from explainer.library.validation import inspect
from explainer.staff.api.decorators import live, told
from explainer.staff.editor.claims import ClaimForm
from explainer.staff.editor.drafts import with_words
from explainer.staff.editor.form_factory import find, form_of
from explainer.staff.editor.label_preview import foresee
from explainer.staff.editor.problems import tell
from explainer.staff.subjects import SUBJECT

FAILED = "The label could not be worked out; your text is safe. Go on writing, or save."

log = logging.getLogger(__name__)


@live("POST")
def claim(request: HttpRequest) -> JsonResponse:
    """Say of a posted claim form what saving it would say; stores nothing.

    `subject` names the claim. What cannot be stored comes first among the problems,
    and nothing is worked out until it is mended.
    """
    name = request.POST.get("subject", "")
    try:
        # A name that is no subject, such as one with a NUL, never reaches the database.
        subject = find(name) if re.fullmatch(SUBJECT, name) else None
    except Http404:
        subject = None
    if subject is None:
        return told(HTTPStatus.NOT_FOUND, "This claim is not there any more.")
    version = subject.newest
    form = form_of(version, request.POST)
    if not (isinstance(version, ClaimVersion) and isinstance(form, ClaimForm)):
        return told(HTTPStatus.BAD_REQUEST, f"'{name[:60]}' is not a claim.")
    if not form.is_valid():
        return JsonResponse({"problems": _refusals(form)})
    try:
        return JsonResponse(_said(version, form))
    except Exception:  # whatever the checks do, the writer keeps the page and the text
        log.exception("The live answer for a claim failed")
        return told(HTTPStatus.UNPROCESSABLE_ENTITY, FAILED)


def _said(version: ClaimVersion, form: ClaimForm) -> dict[str, Any]:
    known = knowledge(coming())
    typed = with_words(version, form.words())
    assert isinstance(typed, ClaimVersion)  # noqa: S101 - a copy of one
    problems = [asdict(found) for found in tell(form, inspect(typed, known))]
    return {**foresee(typed, known).as_json(), "problems": problems}


def _refusals(form: ClaimForm) -> list[dict[str, Any]]:
    return [
        {"id": place, "label": label, "line": 0, "message": message, "severity": "error"}
        for place, label, message in form.refusals
    ]
