"""What every upload goes through before it is looked at: its size, its form, its token, how often.

The size is asked before the body is read, so that a huge file costs nothing; the
check of the form's token reads the body, so it comes after (requirements U1, U5, U6).
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, load_handler
from django.http import HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from explainer.evidence.problems import Refused
from explainer.images.processing import MAX_BYTES, NotAnImage, too_large
from explainer.images.storage import CannotStore
from explainer.library import images
from explainer.library.models import Image
from explainer.staff.decorators import who
from explainer.staff.ratelimit import Pace

ROOM = 64 * 1024
"""Bytes that a form may have besides its file."""

PACE = Pace(most=30, seconds=60)
"""How many files one person may send in, accepted or not."""

FORM = "multipart/form-data"

WORDS = "alternative"
"""The field for the words that say what an image shows."""

LONGEST_WORDS = 10_000
"""Signs of them that are given back; more than anybody means to type."""

_UNREAD: dict[type[Exception], str] = {
    TooManyFilesSent: "Several files came at once. Send them one after the other.",
    TooManyFieldsSent: "The form holds more than an image and its words. Send these alone.",
    RequestDataTooBig: "The form holds more than an image and its words. Send these alone.",
    MultiPartParserError: "The form came damaged. Load the page again, then send the image again.",
}
"""What is said of a form that Django's parser gives up on (requirements U6 and U11)."""

View = Callable[..., HttpResponseBase]
Refuse = Callable[..., HttpResponseBase]


class Refusal(Exception):
    """An upload that was turned away: nothing was kept. `message` is for whoever sent it."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        self.status = status
        self.message = message
        super().__init__(message)


class Held(FileUploadHandler):
    """Holds a form's bytes, so that its words can be given back if its parser gives up.

    The form is parsed by the handlers of the settings, with their limits; `bounded`
    has seen to its size before.
    """

    raw = boundary = b""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> Any:
        """Read the whole form, then parse it as it would have been."""
        del content_length
        self.raw, self.boundary = input_data.read(), boundary
        handlers = [load_handler(path, self.request) for path in settings.FILE_UPLOAD_HANDLERS]
        return MultiPartParser(meta, BytesIO(self.raw), handlers, encoding).parse()

    def words(self) -> str:
        """Find the words typed for the image, whether or not the form could be parsed."""
        field = f'name="{WORDS}"'.encode()
        for part in self.raw.split(b"--" + self.boundary) if self.boundary else ():
            head, _, told = part.partition(b"\r\n\r\n")
            if field in head and b"filename" not in head:
                return told.removesuffix(b"\r\n").decode(errors="replace")[:LONGEST_WORDS]
        return ""


def words_typed(request: HttpRequest) -> str:
    """Give the words that were typed for an image, of a form that was read; reads none."""
    held = (handler for handler in request.upload_handlers if isinstance(handler, Held))
    return next((handler.words() for handler in held), "")


def bounded(refuse: Refuse) -> Callable[[View], View]:
    """Turn away what is too large or no form before it is read; then what is no whole form.

    `refuse` writes the answer.

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
            request.upload_handlers = [Held(request), *request.upload_handlers]
            try:
                return protected(request)
            except tuple(_UNREAD) as damaged:
                return refuse(request, Refusal(HTTPStatus.BAD_REQUEST, _UNREAD[type(damaged)]))

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
    sent = images.Sent(file.name or "", file.read(), request.POST.get(WORDS, ""))
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
