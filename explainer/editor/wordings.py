"""One step from a text: words that stand in a claim's brackets are added to its draft."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from explainer.editor.fields import STEP_TAKEN, FormProblem
from explainer.evidence.lint.wordings import compared
from explainer.kinds import CLAIM
from explainer.library import drafts, wordings
from explainer.library.models import Document
from explainer.library.permissions import NotAllowed
from explainer.staff.decorators import who
from explainer.text.problems import Refused

STEP = "add-wording"
"""The name of the button, and of what scripts send along; its value is a key and words."""

ADDED = (
    "Saved, and “{}” was added to the draft of <a href='{}'>{}</a> as a wording. "
    "Hand that draft over too: it is published before this text, or together with it."
)
GOES_ALONG = (
    "When you save, “{}” is added to the draft of the claim '{}' as a wording. "
    "That draft is then handed over with this text."
)
NOT_ADDED = "Your text is saved. “{}” was not added to the claim '{}': {}"


def going_along(found: Iterable[FormProblem], steps: Iterable[str]) -> list[FormProblem]:
    """Say of words whose step is taken what saving will do: there is nothing to put right."""
    taken = {_place(step) for step in steps}
    return [_taken(it) if it.adds and _place(it.adds) in taken else it for it in found]


def _taken(found: FormProblem) -> FormProblem:
    key, _, words = found.adds.partition(" ")
    message = GOES_ALONG.format(" ".join(words.split()), key)
    return replace(found, message=message, severity=STEP_TAKEN, adds="")


def _place(step: str) -> tuple[str, str]:
    key, _, words = step.partition(" ")
    return key, compared(words)


def add(request: HttpRequest, steps: Iterable[str]) -> None:
    """Add words to their claims' drafts, and say what became of them."""
    for step in dict.fromkeys(steps):
        _add(request, *step.partition(" ")[::2])


def _add(request: HttpRequest, key: str, words: str) -> None:
    words = " ".join(words.split())
    claim = Document.objects.by_subject(f"{CLAIM.path}/{key}")
    try:
        if claim is None or not words:
            raise NotAllowed("There is no such claim. Correct its key in the text.")
        wordings.add(claim=claim, words=words, actor=who(request), now=timezone.now())
    except (NotAllowed, Refused, drafts.AlreadyOpen, drafts.Conflict) as refused:
        messages.error(request, NOT_ADDED.format(words, key, refused))
    else:
        address = reverse("staff-edit", args=[claim.subject])
        messages.success(request, format_html(ADDED, words, address, key))
