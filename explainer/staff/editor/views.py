"""Opening and saving: the view of the desk's forms.

Whatever keeps a save from being stored, what was typed comes back (requirement D1).
"""

from django.contrib import messages
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from explainer.accounts.form_recovery import recover
from explainer.library import drafts
from explainer.library.models import State
from explainer.library.permissions import NotAllowed, Right, demand, may
from explainer.staff.decorators import staff, who
from explainer.staff.editor import pages
from explainer.staff.editor.form_factory import find, form_of
from explainer.staff.editor.forms import EntryForm
from explainer.staff.history.conflict import stale_page
from explainer.staff.subjects import Subject, find_former

BUSY = (
    "The site is busy or its database cannot be reached, so nothing was saved. "
    "Your text is still here: try again in a moment."
)
GONE = (
    "This is not there any more: somebody discarded the draft while you wrote. Nothing was saved, "
    "and what you typed is below. What was saved before is kept: open your desk in another tab, "
    "choose this under “Last steps on the desk”, and start a new version from a save of it. Then "
    "send this again."
)
RETRY_AFTER = "5"


@staff(methods=("GET", "HEAD", "POST"))
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """Show a subject: the form of its open draft, or its newest version to read.

    Where every draft was thrown away, what was saved of it is shown.
    """
    if request.method == "POST":
        return _post(request, name)
    try:
        subject = find(name)
    except Http404:
        return redirect(find_former(name).address)
    if subject.newest.state == State.DRAFT and may(who(request), Right.WRITE):
        return pages.form_page(request, subject)
    return pages.read_page(request, subject)


def _post(request: HttpRequest, name: str) -> HttpResponse:
    try:
        demand(who(request), Right.WRITE)
        subject = find(name)
        form = form_of(subject.newest, request.POST)
    except NotAllowed as refused:
        return recover(request, status=403, why=str(refused))
    except Http404:
        return recover(request, status=404, why=GONE)
    except OperationalError:
        return _busy(recover(request, status=503, why=BUSY))
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
        drafts.save(
            version=subject.newest,
            base=base,
            given=form.words(),
            by=who(request),
            at=timezone.now(),
        )
    except drafts.Stale as refused:
        return stale_page(request, subject, base, form.words(), refused)
    if "submit" in request.POST:
        return redirect("staff-review", subject.name)
    messages.success(request, "Saved as a draft. Readers see nothing of it yet.")
    return redirect("staff-edit", subject.name)


def _refuse_another(subject: Subject, number: int | None) -> None:
    """Raise `drafts.Stale` if the form began from something else than the open draft."""
    if number is not None and number != subject.newest.number:
        raise drafts.Stale(None)
    if subject.newest.state != State.DRAFT:
        raise drafts.Stale(subject.newest)


def _busy(answer: HttpResponse) -> HttpResponse:
    answer["Retry-After"] = RETRY_AFTER
    return answer
