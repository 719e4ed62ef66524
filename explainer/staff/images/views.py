"""Images for staff: the list, sending one in, one image, and its file."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from explainer.evidence.problems import Refused
from explainer.images import references, storage
from explainer.images.processing import MAX_BYTES
from explainer.library import images
from explainer.library.models import Image, ImageUse
from explainer.library.permissions import Right, may
from explainer.staff.decorators import page, staff, who
from explainer.staff.images.intake import Refusal, bounded, later_token, take, words_typed
from explainer.web.inert import inert

ON_A_PAGE = 48
LONGEST_QUERY = 200
READ = ("GET", "HEAD")


def refused_as_json(request: HttpRequest, refusal: Refusal) -> JsonResponse:
    """Say to a script why an image was turned away."""
    del request
    return JsonResponse({"message": refusal.message}, status=refusal.status)


def refused_as_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Show the list again with why an image was turned away; what was typed stays."""
    words = words_typed(request)
    return _list(request, refusal.status, refused=refusal.message, alternative=words)


@later_token
@staff(Right.WRITE, methods=("POST",))
@bounded(refused_as_json)
def upload(request: HttpRequest) -> HttpResponseBase:
    """Keep an image that the editor sends; answer with what the text says to show it."""
    try:
        image = take(request)
    except Refusal as refusal:
        return refused_as_json(request, refusal)
    return JsonResponse({"image_code": images.code(image)})


@later_token
@staff(methods=(*READ, "POST"))
@bounded(refused_as_page)
def listing(request: HttpRequest) -> HttpResponseBase:
    """List images, newest first, and keep one that is sent in."""
    if request.method != "POST":
        return _list(request, HTTPStatus.OK)
    try:
        image = take(request)
    except Refusal as refusal:
        return refused_as_page(request, refusal)
    messages.success(request, "The image is kept. Readers see it once an article shows it.")
    return redirect("staff-image", image.key)


@staff(methods=(*READ, "POST"))
def image(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show one image: what it is, where it is shown, and the words suggested for it."""
    found = get_object_or_404(Image.objects.select_related("by"), key=key)
    status, refused = HTTPStatus.OK, ""
    seen = typed = found.alternative
    if request.method == "POST":
        seen, typed = (request.POST.get(name, "") for name in ("before", "alternative"))
        try:
            images.describe(
                image=found, before=seen, alternative=typed, by=who(request), at=timezone.now()
            )
        except images.Described as changed:
            status, refused, seen = HTTPStatus.CONFLICT, str(changed), changed.words
        except Refused as problem:
            status, refused = HTTPStatus.BAD_REQUEST, problem.message
        else:
            messages.success(request, "The words are kept. Articles that show it keep theirs.")
            return redirect("staff-image", key)
    context = {
        "title": "Image",
        "image": found,
        "seen": seen,
        "typed": typed,
        "code": "" if refused else images.code(found),
        "refused": refused,
        "may_write": may(who(request), Right.WRITE),
        "shown": [use.article for use in found.uses.select_related("article")],
        "named": references.of(found.key),
    }
    answer: HttpResponse = page(request, "staff/images/image.html", context, status)
    return answer


@staff()
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give any image's file to staff, published or not; nobody keeps a copy."""
    found = get_object_or_404(Image, key=key)
    path = storage.place(found.file_name)
    return inert(request, path, media_type=found.media_type, digest=found.sha256, keep="no-store")


def _list(request: HttpRequest, status: HTTPStatus, **more: str) -> HttpResponse:
    # A NUL is no word, and PostgreSQL refuses it (requirement R14).
    query = request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", " ").strip()
    context = {
        "title": "Images",
        "query": query,
        "images": Paginator(_found(query), ON_A_PAGE).get_page(request.GET.get("page")),
        "may_write": may(who(request), Right.WRITE),
        "megabytes": MAX_BYTES // 1024 // 1024,
        **more,
    }
    answer: HttpResponse = page(request, "staff/images/list.html", context, status)
    return answer


def _found(query: str) -> QuerySet[Image]:
    shown = ImageUse.objects.filter(image=OuterRef("pk"))
    found = Image.objects.select_related("by").annotate(shown=Exists(shown))
    for word in query.split():
        found = found.filter(
            Q(name__icontains=word) | Q(alternative__icontains=word) | Q(key__icontains=word)
        )
    return found
