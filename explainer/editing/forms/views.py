"""Opening, saving, starting and discarding: the views of the desk's forms.

Whatever keeps a save from being stored, what was typed comes back (requirement D1).
"""

import re

from django.contrib import messages
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from explainer.editing.comparing.presence import called
from explainer.editing.comparing.stale import stale_page
from explainer.editing.doors import staff, who
from explainer.editing.entry.resending import kept
from explainer.editing.forms import pages
from explainer.editing.forms.entries import EntryForm
from explainer.editing.forms.making import find, form_of
from explainer.editing.subjects import Subject
from explainer.library import desk
from explainer.library.models import State
from explainer.library.rights import NotAllowed, Right, demand, may

BUSY = (
    "The site is busy or its database cannot be reached, so nothing was saved. "
    "Your text is still here: try again in a moment."
)
GONE = (
    "This is not there any more: somebody discarded the draft while you wrote. Nothing was saved, "
    "and what you typed is below."
)
RETRY_AFTER = "5"


@staff(methods=("GET", "HEAD", "POST"))
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """Show a subject: the form of its open draft, or its newest version to read."""
    if request.method == "POST":
        return _post(request, name)
    subject = find(name)
    if subject.newest.state == State.DRAFT and may(who(request), Right.WRITE):
        return pages.form_page(request, subject)
    return pages.read_page(request, subject)


@staff(Right.WRITE, methods=("POST",))
def start(request: HttpRequest, name: str) -> HttpResponse:
    """Start a new version; `like` is the number of an old one whose words it gets."""
    subject = find(name)
    like = None
    if number := request.POST.get("like"):
        like = subject.versions.filter(number=_whole(number)).first()
        if like is None:
            raise Http404(f"There is no version {number[:20]} of '{name}'.")
    try:
        desk.start(identity=subject.identity, by=who(request), at=timezone.now(), like=like)
    except desk.AlreadyOpen as opened:
        person = called(opened.version.author)
        messages.info(request, f"A draft is open already, begun by {person}. Here it is.")
    return redirect("desk-edit", name)


@staff(Right.WRITE, methods=("POST",))
def discard(request: HttpRequest, name: str) -> HttpResponse:
    """Throw a draft away that nobody saved since; its saves stay in the history."""
    subject = find(name)
    number, base = (_whole(request.POST.get(name, "")) for name in ("number", "base"))
    try:
        if number != subject.newest.number:
            raise desk.Stale(subject.newest)
        desk.discard(version=subject.newest, base=base, by=who(request), at=timezone.now())
    except desk.Stale:
        message = "It was changed in the meantime, so it was not discarded. Look at it first."
        messages.warning(request, message)
        return redirect("desk-edit", name)
    messages.success(request, "The draft was discarded. Its saves are kept in the history.")
    is_left = subject.newest.number > 1 and subject.versions.exists()
    return redirect("desk-edit", name) if is_left else redirect("admin:index")


def _post(request: HttpRequest, name: str) -> HttpResponse:
    try:
        demand(who(request), Right.WRITE)
        subject = find(name)
        form = form_of(subject.newest, request.POST)
    except NotAllowed as refused:
        return kept(request, status=403, why=str(refused))
    except Http404:
        return kept(request, status=404, why=GONE)
    except OperationalError:
        return _busy(kept(request, status=503, why=BUSY))
    try:
        return _received(request, subject, form)
    except OperationalError:
        return _busy(pages.refused_page(request, subject, form, BUSY, 503))


def _received(request: HttpRequest, subject: Subject, form: EntryForm) -> HttpResponse:
    if not form.is_valid():
        return pages.refused_page(request, subject, form)
    if "preview" in request.POST and subject.newest.state == State.DRAFT:
        return pages.preview_page(request, subject, form)
    given = form.cleaned_data
    base = -1 if given["base"] is None else given["base"]
    try:
        _refuse_another(subject, given["number"])
        desk.save(
            version=subject.newest,
            base=base,
            given=form.words(),
            by=who(request),
            at=timezone.now(),
        )
    except desk.Stale as refused:
        return stale_page(request, subject, base, form.words(), refused)
    if "submit" in request.POST:
        return redirect("desk-review", subject.name)
    messages.success(request, "Saved as a draft. Readers see nothing of it yet.")
    return redirect("desk-edit", subject.name)


def _refuse_another(subject: Subject, number: int | None) -> None:
    """Raise `desk.Stale` if the form began from something else than the open draft."""
    if number is not None and number != subject.newest.number:
        raise desk.Stale(None)
    if subject.newest.state != State.DRAFT:
        raise desk.Stale(subject.newest)


def _whole(typed: str) -> int:
    """Give a number as our pages post it, or -1, which nothing has."""
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else -1


def _busy(answer: HttpResponse) -> HttpResponse:
    answer["Retry-After"] = RETRY_AFTER
    return answer
