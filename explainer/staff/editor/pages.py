"""The two pages of a subject: its form, and its words to read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from explainer.library.models import ClaimVersion, State
from explainer.library.models.versions import Version
from explainer.library.nouns import knowledge
from explainer.library.permissions import Right, may
from explainer.library.readiness import coming
from explainer.library.validation import inspect
from explainer.staff.decorators import page, who
from explainer.staff.editor.actions import offers
from explainer.staff.editor.drafts import with_words
from explainer.staff.editor.form_factory import form_of
from explainer.staff.editor.forms import EntryForm
from explainer.staff.editor.label_preview import foresee, pages_showing
from explainer.staff.editor.problems import tell
from explainer.staff.editor.read_view import label_meanings, show
from explainer.staff.history.presence import others
from explainer.staff.subjects import Subject


def form_page(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Show the form of an open draft, with everything that is wrong with it."""
    form = form_of(subject.newest)
    here = others(subject.name, who(request), timezone.now())
    more = {"others": here, **_said_of(subject.newest, form)}
    return _form(request, subject, form, more)


def preview_page(request: HttpRequest, subject: Subject, form: EntryForm) -> HttpResponse:
    """Show what was typed as readers would see it, in the form; nothing is stored."""
    version = with_words(subject.newest, form.words())
    more = {"preview": show(version, form), "dirty": True, **_said_of(version, form)}
    return _form(request, subject, form, more)


def refused_page(
    request: HttpRequest, subject: Subject, form: EntryForm, notice: str = "", status: int = 200
) -> HttpResponse:
    """Show what was typed with what keeps it from being stored."""
    form.show(())
    more = {"refusals": form.refusals, "dirty": True, "notice": notice}
    return _form(request, subject, form, more, status)


def read_page(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Show the newest version to read, as the site renders it."""
    version = subject.newest
    more = {"shown": show(version, form_of(version))}
    return _answer(request, "staff/editor/read.html", subject, more)


def _said_of(version: Version, form: EntryForm) -> dict[str, Any]:
    known = knowledge(coming())
    told = tell(form, inspect(version, known))
    form.show(told)
    outlook = foresee(version, known) if isinstance(version, ClaimVersion) else None
    return {"told": told, "outlook": outlook, "checked": True}


def _form(
    request: HttpRequest, subject: Subject, form: EntryForm, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"form": form, "meanings": label_meanings(), "title": "Edit", **more}
    return _answer(request, "staff/editor/edit.html", subject, context, status)


def _answer(
    request: HttpRequest, template: str, subject: Subject, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    public, newest = subject.public, subject.newest
    context = {
        "subject": subject,
        "version": newest,
        "offers": offers(subject, who(request), public is not None),
        "public": public,
        "in_review": newest.state == State.IN_REVIEW,
        "pages": pages_showing(newest) if isinstance(newest, ClaimVersion) else (),
        "may_write": may(who(request), Right.WRITE),
        **more,
    }
    answer: HttpResponse = page(request, template, context, status)
    return answer
