"""What every upload goes through before it is looked at: its size, its token, how often.

The size is asked before the body is read, so that a huge file costs nothing; the
check of the form's token reads the body, so it comes after (requirements U1, U5, U6).
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from explainer.editing.doors import who
from explainer.editing.pace import Pace
from explainer.evidence.problems import Refused
from explainer.library import images
from explainer.library.imagefiles import CannotStore
from explainer.library.models import Image
from explainer.library.pixels import MAX_BYTES, NotAnImage, too_large

ROOM = 64 * 1024
"""Bytes that a form may have besides its file."""

PACE = Pace(most=30, seconds=60)
"""How many files one person may send in, accepted or not."""

FORM = "multipart/form-data"

View = Callable[..., HttpResponseBase]
Refuse = Callable[..., HttpResponseBase]


class Refusal(Exception):
    """An upload that was turned away: nothing was kept. `message` is for whoever sent it."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        self.status = status
        self.message = message
        super().__init__(message)


def bounded(refuse: Refuse) -> Callable[[View], View]:
    """Turn away what is too large or no form before it is read; `refuse` writes the answer.

    Goes inside `doors.staff`, whose result is marked by `later_token`.
    """

    def guard(view: View) -> View:
        protected = csrf_protect(view)

        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponseBase:
            if request.method != "POST":
                return view(request)
            if refusal := _unread(request):
                return refuse(request, refusal)
            return protected(request)

        return guarded

    return guard


# The token is checked by `bounded`, after the size: the middleware's own check reads the body.
later_token = csrf_exempt


def take(request: HttpRequest) -> Image:
    """Keep the image that a form holds in its field `image`.

    Raises `Refusal` with a message for whoever sent it.
    """
    if PACE.wait(f"images:{who(request).pk}", timezone.now()):
        message = "That was many files at once. Wait a minute, then send the next one."
        raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, message)
    file = request.FILES.get("image")
    if not isinstance(file, UploadedFile):
        raise Refusal(HTTPStatus.BAD_REQUEST, "No file came with it. Choose an image, then send.")
    if (file.size or 0) > MAX_BYTES:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large(file.size or 0))
    sent = images.Sent(file.name or "", file.read(), request.POST.get("alternative", ""))
    try:
        return images.upload(sent=sent, by=who(request), at=timezone.now())
    except images.TooMany as refused:
        raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, str(refused)) from refused
    except CannotStore as refused:
        raise Refusal(HTTPStatus.INSUFFICIENT_STORAGE, str(refused)) from refused
    except (NotAnImage, Refused) as refused:
        raise Refusal(HTTPStatus.BAD_REQUEST, str(refused)) from refused


def _unread(request: HttpRequest) -> Refusal | None:
    if request.content_type != FORM:
        message = "An image is sent in by a form. Choose it on the page of images."
        return Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    length = str(request.META.get("CONTENT_LENGTH", ""))
    # Without a length Django reads no body, so there is no file either.
    size = int(length) if length.isdecimal() else 0
    if size > MAX_BYTES + ROOM:
        return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large(size))
    return None
