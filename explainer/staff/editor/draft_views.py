"""Starting a version, from the newest words or from older ones, and throwing a draft away.

The library's verbs decide. A form names what its page showed, and where that is no longer
so, nothing is done and the page says what is new (requirement D2).
"""

import re
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from explainer.library import beginning, drafts, words
from explainer.library.diff import field_diffs
from explainer.library.models import Save
from explainer.library.models.versions import Version
from explainer.library.permissions import Right
from explainer.staff.decorators import page, staff, who
from explainer.staff.history.presence import called
from explainer.staff.subjects import Former, Subject, find_any

CHANGED = "It was changed in the meantime, so it was not discarded. Look at it first."


@staff(Right.WRITE, methods=("POST",))
def start(request: HttpRequest, name: str) -> HttpResponse:
    """Start a new version.

    `like` is the number of an old version whose words it gets, with `save` those that one of
    its saves left; `seen` is the number of the newest version that the page showed.
    """
    subject = find_any(name)
    like = _like(subject, request)
    if like is None and isinstance(subject, Former):
        raise Http404(f"There is no version of '{name}' to begin from. Choose a save of it.")
    seen = whole(request.POST.get("seen", ""))
    try:
        beginning.start(
            identity=subject.identity, by=who(request), at=timezone.now(), like=like, seen=seen
        )
    except drafts.AlreadyOpen as opened:
        person = called(opened.version.author)
        messages.info(request, f"A draft is open already, begun by {person}. Here it is.")
    except drafts.Stale as refused:
        return _newer_page(request, subject, seen, like, refused.current)
    return redirect("staff-edit", name)


@staff(Right.WRITE, methods=("POST",))
def discard(request: HttpRequest, name: str) -> HttpResponse:
    """Throw a draft away that nobody saved since; its saves stay in the history."""
    subject = find_any(name)
    if isinstance(subject, Former):
        messages.info(request, "It was discarded already. What was saved of it is kept here.")
        return redirect(subject.address)
    number, base = (whole(request.POST.get(field, "")) for field in ("number", "base"))
    try:
        if number != subject.newest.number:
            raise drafts.Stale(subject.newest)
        drafts.discard(version=subject.newest, base=base, by=who(request), at=timezone.now())
    except drafts.Stale:
        messages.warning(request, CHANGED)
        return redirect("staff-edit", name)
    told = 'The draft was discarded. Its saves are kept in <a href="{}">its history</a>.'
    messages.success(request, format_html(told, reverse("staff-history", args=[name])))
    return redirect("staff-edit", name) if subject.versions.exists() else redirect("admin:index")


def whole(typed: str) -> int:
    """Give a number as our pages post it, or -1, which nothing has."""
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else -1


def _like(subject: Subject | Former, request: HttpRequest) -> Version | Save | None:
    """Find the words to begin from; raises Http404 if there are none under these numbers."""
    number, count = request.POST.get("like", ""), request.POST.get("save", "")
    found: Version | Save | None = None
    if count:
        saves = Save.objects.filter(subject=subject.name)
        found = saves.filter(number=whole(number), count=whole(count)).first()
    elif number and isinstance(subject, Subject):
        found = subject.versions.filter(number=whole(number)).first()
    if found is None and (number or count):
        raise Http404(f"There is no version {number[:20]} of '{subject.name}'.")
    return found


def _newer_page(
    request: HttpRequest,
    subject: Subject | Former,
    seen: int,
    like: Version | Save | None,
    newest: Version | None,
) -> HttpResponse:
    """Say that what somebody saw is not the newest any more, and what is new."""
    before = newest.siblings.filter(number=seen).first() if newest else None
    context = {
        "title": "There is a newer version",
        "subject": subject,
        "newest": newest,
        "publisher": called(newest.published_by) if newest else "",
        "before": before,
        "fields": field_diffs(words.words_of(before), words.words_of(newest))
        if before and newest
        else (),
        "like": like.number if like else "",
        "save": like.count if isinstance(like, Save) else "",
        "seen": newest.number if newest else 0,
    }
    answer: HttpResponse = page(request, "staff/editor/newer.html", context, HTTPStatus.CONFLICT)
    return answer
