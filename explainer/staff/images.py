"""Images for staff: the list, sending one in, one image, and its file."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from explainer.images import intake, storage
from explainer.images.intake import MAX_BYTES, NotAnImage, too_large
from explainer.library.models import Image, ImageUse
from explainer.library.permissions import Right, may
from explainer.staff.decorators import Pace, View, page, staff, who
from explainer.text.search_words import words_of
from explainer.web.responses import inert, wants_json
from explainer.web.search import finding

_NO_FILE = "No file came with it. Choose an image, then send."


class FileForm(forms.Form):
    """An image as the editor sends it: what it shows is said in the text."""

    image = forms.FileField(
        error_messages={
            "required": _NO_FILE,
            "invalid": _NO_FILE,
            "empty": "The file is empty. Choose another one.",
        }
    )


class DescriptionForm(forms.Form):
    """What an image shows; `before` is what its page said when it was opened."""

    before = forms.CharField(required=False)
    alternative = forms.CharField(
        max_length=500,
        error_messages={
            "required": "Say what the image shows, for readers who cannot see it.",
            "max_length": "The words have %(show_value)d characters; at most %(limit_value)d. "
            "Say the rest in the article, where everybody can read it.",
        },
    )


class UploadForm(FileForm, DescriptionForm):
    """An image and what it shows, as the page of images sends them."""


def errors(form: forms.Form) -> str:
    """Give all that is wrong with a form in one line."""
    return " ".join(str(error) for each in form.errors.values() for error in each)


MAX_BODY = MAX_BYTES + 64 * 1024
"""Bytes that a form may have with its file."""

A_DAY = Pace(most=100, seconds=24 * 60 * 60)
"""How many files one person may send in, accepted or not."""

TOO_MANY = "That was many files for one day. Go on tomorrow, or use an image that is here."


def limited(view: View) -> View:
    """Refuse a body that is too large before it is read, and check the form's token only then."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        # Without a length Django reads no body, so there is no file either.
        length = str(request.META.get("CONTENT_LENGTH", ""))
        if length.isdecimal() and int(length) > MAX_BODY:
            return _refused(request, UploadForm(), too_large(int(length)), 413)
        return checked(request)

    return guarded


@staff(Right.WRITE, methods=("POST",))
@limited
def upload(request: HttpRequest) -> HttpResponseBase:
    return _receive(request, FileForm(request.POST, request.FILES))


@staff(methods=("GET", "HEAD", "POST"))
@limited
def listing(request: HttpRequest) -> HttpResponseBase:
    """List images, newest first, and keep one that is sent in."""
    if request.method == "POST":
        return _receive(request, UploadForm(request.POST, request.FILES))
    return _list(request, UploadForm())


@staff(methods=("GET", "HEAD", "POST"))
def image(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show one image: what it is, where it is shown, and the words suggested for it."""
    found = get_object_or_404(Image.objects.select_related("by"), key=key)
    if request.method == "POST":
        return _describe(request, found, DescriptionForm(request.POST))
    current = {"before": found.alternative, "alternative": found.alternative}
    return _page(request, found, DescriptionForm(current))


@staff()
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give any image's file to staff, published or not; nobody keeps a copy."""
    found = get_object_or_404(Image, key=key)
    path = storage.place(found.file_name)
    return inert(request, path, media_type=found.media_type, digest=found.sha256, keep="no-store")


def _receive(request: HttpRequest, form: FileForm) -> HttpResponseBase:
    if not form.is_valid():
        return _refused(request, form, errors(form), 400)
    actor, now = who(request), timezone.now()
    if A_DAY.wait(f"images:{actor.pk}", now):
        return _refused(request, form, TOO_MANY, 429)
    try:
        sent, words = form.cleaned_data["image"], form.cleaned_data.get("alternative", "")
        image = intake.upload(file=sent, alternative=words, actor=actor, now=now)
    except NotAnImage as error:
        return _refused(request, form, str(error), 400)
    except storage.CannotStore as error:
        return _refused(request, form, str(error), 507)
    if wants_json(request):
        return JsonResponse({"image_code": intake.code(image)})
    messages.success(request, "The image is kept. Readers see it once an article shows it.")
    return redirect("staff-image", image.key)


def _describe(request: HttpRequest, image: Image, form: DescriptionForm) -> HttpResponseBase:
    if not form.is_valid():
        return _page(request, image, form, errors(form), 400)
    try:
        intake.describe(image=image, actor=who(request), now=timezone.now(), **form.cleaned_data)
    except intake.Conflict as conflict:
        form = DescriptionForm({**form.cleaned_data, "before": conflict.current})
        return _page(request, image, form, str(conflict), 409)
    messages.success(request, "The words are kept. Articles that show it keep theirs.")
    return redirect("staff-image", image.key)


def _refused(request: HttpRequest, form: Form, message: str, status: int) -> HttpResponseBase:
    if wants_json(request):
        return JsonResponse({"message": message}, status=status)
    return _list(request, form, message, status)


def _list(request: HttpRequest, form: Form, refused: str = "", status: int = 200) -> HttpResponse:
    query = request.GET.get("q", "")[:200].strip()
    context = {
        "title": "Images",
        "query": query,
        "images": Paginator(_found(query), 48).get_page(request.GET.get("page")),
        "may_write": may(who(request), Right.WRITE),
        "megabytes": MAX_BYTES // 1024 // 1024,
        "form": form,
        "refused": refused,
    }
    return page(request, "staff/images/list.html", context, status)


def _page(
    request: HttpRequest, image: Image, form: Form, refused: str = "", status: int = 200
) -> HttpResponseBase:
    context = {
        "title": "Image",
        "image": image,
        "form": form,
        "code": "" if refused else intake.code(image),
        "refused": refused,
        "may_write": may(who(request), Right.WRITE),
        "shown": [use.document for use in image.uses.select_related("document")],
        "versions": storage.revisions_naming(image.key),
    }
    return page(request, "staff/images/image.html", context, status)


def _found(query: str) -> QuerySet[Image]:
    shown = ImageUse.objects.filter(image=OuterRef("pk"))
    found = Image.objects.select_related("by").annotate(shown=Exists(shown))
    return finding(found, words_of(query), ("name", "key", "alternative"))
