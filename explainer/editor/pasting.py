"""What is pasted into a text, made into Markdown for the script that asks; stores nothing."""

import re
from html import unescape
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
IS_TITLE = "Its first heading was left out: it is the page’s title, and stands above the text."
_TAG, _OPENED, _CLOSED = (
    re.compile(tag, re.IGNORECASE) for tag in ("<[^>]*>", r"<h1[\s>]", "</h1>")
)
_LONGEST = 2_000
"""Characters of a heading with its tags."""


@live("POST", FAILED)
def paste(request: HttpRequest) -> JsonResponse:
    """Give the Markdown of `html`, or of `text` tidied if there is none, and what was left out.

    A heading that repeats `title`, the page's own, is left out: readers would see it twice.
    """
    html, text = request.POST.get("html", ""), request.POST.get("text", "")
    if max(_size(html), _size(text)) > MAX_HTML_BYTES:
        return message(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
    below = _without_title(html, request.POST.get("title", ""))
    found: Pasted = from_html(below) if html else from_text(text)
    if _size(found.text) > MAX_BYTES:
        return message(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
    said = " ".join(filter(None, (found.message, IS_TITLE if below != html else "")))
    return JsonResponse({"text": found.text, "said": said})


def _without_title(html: str, title: str) -> str:
    opened = _OPENED.search(html)
    closed = opened and _CLOSED.search(html, opened.end())
    if not opened or not closed or closed.end() - opened.start() > _LONGEST:
        return html
    words = unescape(_TAG.sub("", html[opened.start() : closed.end()])).casefold().split()
    is_title = bool(words) and words == title.casefold().split()
    return html[: opened.start()] + html[closed.end() :] if is_title else html


def _size(words: str) -> int:
    return len(words.encode(errors="replace"))
