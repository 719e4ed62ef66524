"""From what somebody asks, an address and a moment, to the page that stood there."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from django.utils import timezone

from explainer.library import images
from explainer.library.past import lists, pages
from explainer.library.past.shown import PastPage

_CHANGES = (
    "{} is not shown as it was on a day, because it only grows: open it as it is today, and leave "
    "out what is dated later. For a label of then, ask for the claim's own page."
)
_IMAGE = (
    "The file of an image never changes: {} is today what it was. Ask for the page that showed "
    "it, such as /mesotherapy/safety/."
)
_MACHINES = (
    "{} is read by machines, not by patients, so how it was is not kept. Ask for a page, such as "
    "/mesotherapy/safety/."
)
_NOT_KEPT = {
    "changes": _CHANGES,
    "changes.atom": _CHANGES,
    "robots.txt": _MACHINES,
    "sitemap.xml": _MACHINES,
}
"""What cannot be shown as it was, by the first word of the address, with what to do instead."""

_LISTS = {"sources": lists.sources_page, "glossary": lists.glossary_page}


class NotKept(ValueError):
    """There is such an address, but how it was cannot be shown; says what to ask for instead."""


def moment(text: str) -> datetime:
    """Read a moment as somebody typed it; without a zone it is UTC.

    Raises ValueError, with the way to write it, for anything else and for the future.
    """
    if not text.strip():
        raise ValueError("Give a date and a time (UTC), such as 2026-11-20T12:00.")
    try:
        read = datetime.fromisoformat(text.strip())
        read = read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        message = f"'{text}' is no moment. Write it like 2026-11-20T12:00 (UTC)."
        raise ValueError(message) from None
    if read > timezone.now():
        raise ValueError(f"{read:%Y-%m-%d %H:%M} has not come yet. Choose an earlier time.")
    return read


def page_on(path: str, day: datetime) -> PastPage | None:
    """Give what a page showed at a moment, or None if nothing was public there.

    `path` is an address of this site, whole or from its first slash. Raises
    ValueError for what can't be an address, and `NotKept`.
    """
    parts, query = _split(path)
    address = "/".join(["", *parts, ""]) if parts else "/"
    if why := _not_kept(parts):
        raise NotKept(why.format(f"/{'/'.join(parts)}"))
    match parts:
        case ["claims"]:
            return lists.register_page(address, query, day)
        case ["claims", treatment, slug]:
            return pages.claim_page(address, f"{treatment}/{slug}", day)
        case ["sources", key]:
            return pages.source_page(address, key, day)
        case ["questions", treatment]:
            return lists.sheet_page(address, treatment, day)
        case [name] if name in _LISTS:
            return _LISTS[name](address, day)
    return pages.article_page(address, _article_key(parts), day)


def _not_kept(parts: list[str]) -> str:
    # An article may be called "images"; a file of one has a name that no article has.
    if len(parts) == 2 and parts[0] == "images" and images.NAME.fullmatch(parts[1]):
        return _IMAGE
    return _NOT_KEPT.get(parts[0], "") if parts else ""


def _article_key(parts: list[str]) -> str:
    # The home page's words have a key of their own, but no second address.
    return "" if parts == [pages.HOME] else "/".join(parts) or pages.HOME


def _split(path: str) -> tuple[list[str], Mapping[str, str]]:
    """Give an address's words and the filter behind it."""
    try:
        found = urlsplit(path)
    except ValueError:
        found = urlsplit("\x7f")
    if not path.isprintable() or not found.path.isprintable():
        raise ValueError(f"{path!r} is no address of a page. Write it like /mesotherapy/safety/.")
    return [part for part in found.path.split("/") if part], dict(parse_qsl(found.query))
