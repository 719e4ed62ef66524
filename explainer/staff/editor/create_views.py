"""Beginning something new: a page with a form, or only the form for the article's dialog."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from explainer.evidence.problems import Refused
from explainer.kinds import BY_PATH
from explainer.library import drafts
from explainer.library.models import Revision
from explainer.library.permissions import Right
from explainer.staff.decorators import page, staff, who
from explainer.staff.editor.create_forms import CreateForm


@staff(Right.WRITE, methods=("GET", "HEAD", "POST"))
def create(request: HttpRequest, part: str) -> HttpResponse:
    """Show the form for something new, or begin it and open its draft.

    An address may fill in fields. With `fragment=1` the form alone is answered, and JSON once
    it was sent.
    """
    if part not in BY_PATH:
        raise Http404(f"Nothing called '{part[:20]}' can be added.")
    # In the dialog it stands beside an article's form, whose fields have ids of their own.
    in_dialog = "1" in (request.GET.get("fragment"), request.POST.get("fragment"))
    data, initial = (None, request.GET.dict()) if request.method != "POST" else (request.POST, {})
    auto_id = "new_%s" if in_dialog else "id_%s"
    form = CreateForm(BY_PATH[part], data, initial, auto_id=auto_id)
    revision = _begun(request, form) if form.is_valid() else None
    if in_dialog and form.is_bound:
        return _answer(form, revision)
    if revision is None:
        return _form(request, form, in_dialog=in_dialog)
    messages.success(request, "The draft is begun. Readers see nothing of it yet.")
    return redirect("staff-edit", revision.subject)


def _begun(request: HttpRequest, form: CreateForm) -> Revision | None:
    key, fields = form.cleaned_data["key"], form.document_fields
    actor, now = who(request), timezone.now()
    try:
        return drafts.create(kind=form.kind, key=key, fields=fields, actor=actor, now=now)
    except Refused as refused:
        form.add_error("key", refused.message)
        return None


def _answer(form: CreateForm, revision: Revision | None) -> JsonResponse:
    if revision:
        return JsonResponse({"key": revision.document.key}, status=201)
    errors = {name: list(map(str, found)) for name, found in form.errors.items()}
    sentences = [f"{form[name].label}: {' '.join(found)}" for name, found in errors.items()]
    return JsonResponse({"errors": errors, "message": " ".join(sentences)}, status=400)


def _form(request: HttpRequest, form: CreateForm, *, in_dialog: bool) -> HttpResponse:
    context = {
        "form": form,
        "kind": form.kind,
        "title": f"New {form.kind.label.lower()}",
        "refusals": form.refusals if form.is_bound else (),
    }
    if in_dialog:
        return render(request, "staff/editor/fragment.html", context)
    return page(request, "staff/editor/new.html", context)
