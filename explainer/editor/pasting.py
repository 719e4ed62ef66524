"""What is pasted into a text, made into Markdown for the script that asks; stores nothing."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse

from explainer.staff.decorators import live, message
from explainer.text.markdown import MAX_BYTES
from explainer.text.pasted import MAX_HTML_BYTES, Pasted, from_html, from_text

FAILED = "Its headings, lists and links could not be read, so it was pasted as plain text."
TOO_LARGE = (
    "That is more than can be pasted with its headings and lists, so it was pasted as plain text. "
    "Paste it in parts to keep them."
)


@live("POST", FAILED)
def paste(request: HttpRequest) -> JsonResponse:
    """Give the Markdown of `html`, or of `text` tidied if there is none, and what was left out."""
    html, text = request.POST.get("html", ""), request.POST.get("text", "")
    if max(_size(html), _size(text)) > MAX_HTML_BYTES:
        return message(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
    found: Pasted = from_html(html) if html else from_text(text)
    if _size(found.text) > MAX_BYTES:
        return message(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
    return JsonResponse({"text": found.text, "said": found.message})


def _size(words: str) -> int:
    return len(words.encode(errors="replace"))
