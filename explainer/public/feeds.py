"""The feed of public changes, in Atom (RFC 4287).

Every entry's title stands alone in a reader's list, so it begins with the
label. An entry's id never changes: it is made of what changed, its revision and
the day.
"""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape

from explainer.public.changelog import Batch, Line
from explainer.public.metadata import Head, absolute

PATH = "/changes.atom"

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def atom(batches: Iterable[Batch], page: Head) -> str:
    feed = Atom1Feed(
        title=f"{page.title} | {settings.SITE_NAME}",
        link=page.canonical,
        description=page.description,
        language="en",
        author_name=settings.SITE_NAME,
        feed_url=absolute(PATH),
        feed_guid=absolute(PATH),
    )
    for batch in batches:
        if batch.summary:
            name = f"changes#edition-{batch.number}"
            _add(feed, batch, name, batch.summary, page.path, batch.shared_reason)
        for line in () if batch.summary else batch.lines:
            ending = "-withdrawn" if line.withdrawn else ""
            name = f"{line.subject}#version-{line.number}{ending}"
            _add(feed, batch, name, _title(line), line.url or page.path, _summary(line))
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


def _title(line: Line) -> str:
    mark = "Correction: " if line.correction else ""
    if line.after is None:
        return f"{mark}{line.kind.reader_names[0]}: {line.name} ({line.event.lower()})"
    was = f" (was {line.before.words.lower()})" if line.before and line.relabelled else ""
    return f"{mark}{line.after.words}{was}: {line.name}"


def _summary(line: Line) -> str:
    label = f"Evidence: {line.after.words}. {line.after.explanation} " if line.after else ""
    return f"{label}{line.event}. {line.reason}".strip()


def _plain(text: str) -> str:
    """Leave out what no XML may hold; a note was typed by somebody."""
    return _NOT_IN_XML.sub("", text)
