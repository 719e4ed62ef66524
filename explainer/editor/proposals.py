"""What is proposed for sentences without a label: a live answer, and a page without scripts.

Which claims, blocks and edits there are is decided by `search.proposals`; here they are asked
for, and done. Nothing is done to a text that is not as its page showed it.
"""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from explainer.editor import wordings
from explainer.editor.views import whole
from explainer.library import drafts
from explainer.library.models import Revision, State
from explainer.library.permissions import NotAllowed, Right
from explainer.search.found_claims import by_index
from explainer.search.proposals.walk import TEXTS, Page, chosen, told
from explainer.staff.decorators import live, message, page, staff, who
from explainer.staff.documents import get_document

ON_PAGE = 20
"""Sentences on one page."""
FAILED = "Nothing could be proposed; your text is safe. Go on writing, or save."
AWAY = "The register cannot be asked at the moment. Mark the sentences by hand, or try again."
CHANGED = "The text was changed in the meantime, so nothing was done. Here it is as it is now."


@live("POST", FAILED)
def proposals(request: HttpRequest) -> JsonResponse:
    """Propose for one untagged sentence: at or after a place, or before it.

    Posted are the texts, `title`, `article`, and the place as `field` and `at`; with `back` the
    sentence before it is meant. After the last comes the first.
    """
    texts = {n: request.POST[n].replace("\r\n", "\n") for n in TEXTS if n in request.POST}
    shown = Page(request.POST.get("article", ""), request.POST.get("title", ""), texts)
    places = shown.places
    if not places:
        return JsonResponse({"total": 0})
    field, at = request.POST.get("field", ""), whole(request.POST.get("at", ""))
    number = chosen(places, shown, field, at, back="back" in request.POST)
    made = by_index(request, lambda index: shown.proposals([places[number]], index))
    if made is None:
        return message(HTTPStatus.SERVICE_UNAVAILABLE, AWAY)
    [(place, proposal)] = made
    answer = told(place, proposal, texts[place.text])
    return JsonResponse({"total": len(places), "number": number + 1, **answer})


@staff(Right.WRITE, methods=("GET", "HEAD", "POST"))
def walk(request: HttpRequest, name: str) -> HttpResponse:
    """Show the untagged sentences of a saved draft with what is proposed; do what is posted."""
    document = get_document(name)
    draft = document.newest
    if draft is None or draft.state != State.DRAFT or not document.kind.texts:
        return redirect("staff-edit", name)
    fields = drafts.saved_fields(draft)
    shown = Page(document.key, fields["title"], {n: fields[n] for n in document.kind.texts})
    if request.method == "POST":
        _act(request, draft, shown)
        return redirect("staff-proposals", name)
    places = shown.places
    made = by_index(request, lambda index: shown.proposals(places[:ON_PAGE], index))
    context = {
        "title": "Sentences without a label",
        "document": document,
        "revision": draft,
        "made": made or (),
        "away": AWAY if made is None else "",
        "total": len(places),
    }
    return page(request, "staff/editor/proposals.html", context)


def _act(request: HttpRequest, draft: Revision, shown: Page) -> None:
    number, base, start = (whole(request.POST.get(n, "")) for n in ("number", "base", "start"))
    at = (request.POST.get("field", ""), start)
    place = next((it for it in shown.places if (it.text, it.sentence.start) == at), None)
    if place is None or (number, base) != (draft.number, draft.lock_version):
        messages.warning(request, CHANGED)
        return
    made = by_index(request, lambda index: shown.proposals([place], index))
    action = made[0][1].action(request.POST.get("do", "")) if made else None
    if action is None or action.edit is None:
        messages.warning(request, action.refused if action else AWAY)
        return
    fields, actor = {place.text: action.edit.done(shown.texts[place.text])}, who(request)
    try:
        drafts.save(revision=draft, expected=base, fields=fields, actor=actor, now=timezone.now())
    except (drafts.Conflict, NotAllowed):
        messages.warning(request, CHANGED)
        return
    messages.success(request, f"Saved: “{place.sentence.words}”")
    wordings.add(request, [action.adds] if action.adds else [])
