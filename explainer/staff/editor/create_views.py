"""Beginning something new: a page with a form, or only the form for the article's dialog."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from explainer.evidence.problems import Refused
from explainer.library.models.versions import Version
from explainer.library.permissions import Right
from explainer.staff.decorators import page, staff, who
from explainer.staff.editor.create_claim import NewClaim
from explainer.staff.editor.create_forms import (
    NewArticle,
    NewForm,
    NewSource,
    NewTerm,
    NewTreatment,
)
from explainer.staff.editor.views import BUSY, RETRY_AFTER
from explainer.staff.subjects import KINDS

ADDITIONS: Mapping[str, type[NewForm]] = {
    "claims": NewClaim,
    "articles": NewArticle,
    "sources": NewSource,
    "glossary": NewTerm,
    "treatments": NewTreatment,
}
"""The form that begins each kind of subject."""

TAKEN = "Somebody began one with this key a moment ago. Open that one, or choose another key."
PREFILLED = ("statement", "treatment", "topic", "page", "title", "name", "term")
"""Fields that an address may fill in."""


@staff(Right.WRITE, methods=("GET", "HEAD", "POST"))
def add(request: HttpRequest, part: str) -> HttpResponse:
    """Show the form for something new, or begin it and open its draft.

    With `fragment=1` the form alone is answered, and JSON once it was sent.
    """
    if part not in ADDITIONS:
        raise Http404(f"Nothing called '{part[:20]}' can be added.")
    # In the dialog it stands beside an article's form, whose fields have ids of their own.
    ids: dict[str, Any] = {"auto_id": "new_%s" if _in_dialog(request) else "id_%s"}
    if request.method != "POST":
        given = {name: request.GET[name] for name in PREFILLED if name in request.GET}
        return _form(request, part, ADDITIONS[part](initial=given, **ids))
    form = ADDITIONS[part](request.POST, **ids)
    try:
        version = _begun(request, form) if form.is_valid() else None
    except OperationalError:
        answer = _refused(request, part, form, BUSY, 503)
        answer["Retry-After"] = RETRY_AFTER
        return answer
    if version is None:
        return _refused(request, part, form, "", 400 if _in_dialog(request) else 200)
    if _in_dialog(request):
        return JsonResponse({"key": version.subject.partition("/")[2]}, status=201)
    messages.success(request, "The draft is begun. Readers see nothing of it yet.")
    return redirect("staff-edit", version.subject)


def _begun(request: HttpRequest, form: NewForm) -> Version | None:
    try:
        with transaction.atomic():
            return form.begin(who(request), timezone.now())
    except Refused as refused:
        form.add_error("key", refused.message)
    except IntegrityError:
        form.add_error("key", TAKEN)
    return None


def _refused(
    request: HttpRequest, part: str, form: NewForm, notice: str, status: int
) -> HttpResponse:
    if not _in_dialog(request):
        return _form(request, part, form, status, notice=notice, refusals=form.refusals)
    errors: Mapping[str, Any] = form.errors.get_json_data() if not notice else {}
    told = {name: [found["message"] for found in field] for name, field in errors.items()}
    sentences = [f"{form[name].label}: {' '.join(found)}" for name, found in told.items()]
    message = notice or " ".join(sentences)
    return JsonResponse({"errors": told, "message": message}, status=status)


def _form(
    request: HttpRequest, part: str, form: NewForm, status: int = 200, **more: Any
) -> HttpResponse:
    form.show(())
    context = {"form": form, "part": part, "title": f"New {KINDS[part].lower()}", **more}
    if _in_dialog(request):
        return render(request, "staff/editor/fragment.html", context, status=status)
    answer: HttpResponse = page(request, "staff/editor/new.html", context, status)
    return answer


def _in_dialog(request: HttpRequest) -> bool:
    return request.GET.get("fragment") == "1" or request.POST.get("fragment") == "1"
