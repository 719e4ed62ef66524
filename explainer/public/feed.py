"""The changes as a feed: one entry a change, which says the label even where it is quoted alone."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape

from explainer.public.changelog import Batch, Line
from explainer.public.metadata import Head, absolute

FEED = "/changes.atom"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def atom(batches: Iterable[Batch], page: Head, treatment: str = "") -> str:
    """Write the feed in Atom (RFC 4287), of the whole site or of one treatment by its key.

    Every entry's title stands alone in a reader's list, so it begins with the label. An entry's
    id never changes: it is made of what changed, its revision and the day.
    """
    address = absolute(f"{FEED}?treatment={treatment}" if treatment else FEED)
    feed = Atom1Feed(
        title=f"{page.title} | {settings.SITE_NAME}",
        link=page.canonical,
        description=page.description,
        language="en",
        author_name=settings.SITE_NAME,
        feed_url=address,
        feed_guid=address,
    )
    for batch in batches:
        if batch.summary:
            of = f"-{treatment}" if treatment else ""
            name = f"changes#edition-{batch.number}{of}"
            _add(feed, batch, name, batch.summary, page.path, batch.shared_reason)
        for line in () if batch.summary else batch.lines:
            ending = "-withdrawn" if line.withdrawn else ""
            name = f"{line.subject}#version-{line.number}{ending}"
            _add(feed, batch, name, _entry_title(line), line.url or page.path, _entry_summary(line))
    text: str = feed.writeString("utf-8")
    return text


def _add(feed: Atom1Feed, batch: Batch, name: str, title: str, path: str, summary: str) -> None:
    # A summary is read as HTML, so that it is escaped once more than the rest.
    feed.add_item(
        title=_plain(title),
        link=absolute(path),
        description=escape(_plain(summary)),
        unique_id=get_tag_uri(absolute(f"/{name}"), batch.at),
        pubdate=batch.at,
        updateddate=batch.at,
    )


def _entry_title(line: Line) -> str:
    mark = "Correction: " if line.correction else ""
    if line.after is None:
        return f"{mark}{line.kind.reader_names[0]}: {line.name} ({line.event.lower()})"
    was = f" (was {line.before.word.lower()})" if line.before and line.relabelled else ""
    return f"{mark}{line.after.word}{was}: {line.short_name}"


def _entry_summary(line: Line) -> str:
    said = ""
    if line.after:
        said = f"{line.name} {line.after.sentence} {line.after.explanation} "
    if line.before and line.relabelled:
        said += f"Before: {line.before.sentence} "
    if line.today and line.today != line.after:
        said += f"Today: {line.today.sentence} "
    return f"{said}{line.event}. {line.reason}".strip()


def _plain(text: str) -> str:
    """Leave out what no XML may hold; a note was typed by somebody."""
    return _NOT_IN_XML.sub("", text)
