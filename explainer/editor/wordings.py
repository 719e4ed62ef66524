"""One step from a text: words that stand in a claim's brackets are added to its draft."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

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
NOT_ADDED = "Your text is saved. “{}” was not added to the claim '{}': {}"


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
