"""The page for a save that came too late: both texts, put together, nothing lost.

What one side alone changed is put together already; where both changed the same
field, the editor decides. It posts to the entry's own form, so whatever it says is
checked and saved like any other (requirements D1 and D2; design, "No lost update").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timesince import timesince

from explainer.library import beginning, drafts, words
from explainer.library.diff import (
    POSITION,
    Conflict,
    FieldDiff,
    Merge,
    Piece,
    field_diffs,
    flat,
    label,
    merge,
    text_of,
    word_diff,
)
from explainer.library.models import Save, State
from explainer.library.models.versions import Version
from explainer.library.words import Words
from explainer.staff.decorators import page, who
from explainer.staff.history.presence import called
from explainer.staff.posting import POSITIONS, as_posted
from explainer.staff.subjects import Subject

MINUTE = timedelta(minutes=1)

CHOSEN = frozenset(
    {"bearing", "kind", "level", "product", "reason", "role", "seen", "source", "topic"}
)
"""Fields whose value is chosen from a list, not written."""

SHORT = frozenset({"authors", "doi", "name", "publisher", "term", "title", "url", "year"})
"""Fields of one line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the form: "choice" between `options`, "box" to tick, "line" or "text"."""

    name: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> int:
        """How many lines a box for the value needs, about."""
        lines = sum(1 + len(line) // 60 for line in self.value.split("\n"))
        return min(max(3, lines + 1), 24)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that both changed, with what the editor can do about it."""

    label: str
    pieces: tuple[Piece, ...]
    mine: str
    theirs: str
    told: str
    entries: tuple[Entry, ...]


def stale_page(
    request: HttpRequest, subject: Subject, base: int, typed: Words, refused: drafts.Stale
) -> HttpResponse:
    """Answer a save that was refused as stale, with everything that was typed.

    `base` is the save count the editor began from, `typed` the words they sent.
    """
    current = refused.current or beginning.newest(subject.identity)
    if current is None or current.state != State.DRAFT:
        return _gone_page(request, subject, current, base, typed)
    number = _number(request, current.number)
    started = _words_at(subject.name, number, base)
    theirs = words.words_of(current)
    merged = merge(started, typed, theirs)
    asked = [conflict.name for conflict in merged.conflicts]
    context = {
        **_about(request, subject, current),
        "title": "Somebody else saved first",
        "again": number != current.number,
        "saves": _saves_since(current, base) if number == current.number else [],
        "merged": merged,
        "taken": [diff for diff in _between(started, theirs) if diff.name not in asked],
        "kept": [diff for diff in _between(started, typed) if diff.name not in asked],
        "questions": list(_questions(merged)),
        "hidden": list(_settled(merged)),
        "differences": field_diffs(theirs, {**theirs, **typed}),
    }
    return _answer(request, "staff/history/stale.html", context)


def _gone_page(
    request: HttpRequest, subject: Subject, current: Version | None, base: int, typed: Words
) -> HttpResponse:
    """Say why there is no draft to save to, and lead to one that takes the text.

    The text is sent to the entry's form once more: if what is open by then is another
    draft, it is compared with that one like any save that comes too late.
    """
    number = _number(request, current.number if current else 1)
    context = {
        **_about(request, subject, current),
        "title": "This draft is not open any more",
        "gone": current is None or current.number != number,
        "in_review": current is not None and current.state == State.IN_REVIEW,
        "base": base,
        "number": number,
        "typed": [(label(name), text_of(value)) for name, value in _told(typed)],
        "hidden": list(as_posted(typed)),
    }
    return _answer(request, "staff/history/gone.html", context)


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    answer: HttpResponse = page(request, template, context, 409)
    return answer


def _about(request: HttpRequest, subject: Subject, current: Version | None) -> dict[str, Any]:
    saver = current.saved_by if current else None
    return {
        "subject": subject,
        "current": current,
        "ago": _ago(current),
        "saver": "You" if saver == who(request) else called(saver),
        "whose": "Your other" if saver == who(request) else f"{called(saver)}’s",
    }


def _ago(version: Version | None) -> str:
    now = timezone.now()
    if version is None or version.saved_at is None or now - version.saved_at < MINUTE:
        return "just now"
    return f"{timesince(version.saved_at, now)} ago"


def _number(request: HttpRequest, default: int) -> int:
    """Give the number of the version that was typed into; it may be gone by now."""
    posted = request.POST.get("number", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else default


def _words_at(subject: str, number: int, count: int) -> Words | None:
    """Give the words that both began from, unless that save was never kept."""
    saves = Save.objects.filter(subject=subject, number=number, count=count)
    return saves.values_list("words", flat=True).first()


def _saves_since(version: Version, count: int) -> list[tuple[str, Save]]:
    saves = Save.objects.filter(
        subject=version.subject, number=version.number, count__gt=count
    ).select_related("by")
    return [(called(save.by), save) for save in saves]


def _between(started: Words | None, changed: Words) -> tuple[FieldDiff, ...]:
    return field_diffs(started, {**started, **changed}) if started is not None else ()


def _questions(merged: Merge) -> Iterator[Question]:
    places = [name for name in flat(merged.words) if name.startswith(POSITION)]
    for asked in merged.conflicts:
        mine, theirs = text_of(asked.mine), text_of(asked.theirs)
        if asked.name in places:
            entries = tuple(_position(asked, places.index(asked.name)))
        else:
            entries = (_entry(asked.name, "Your text", asked.mine, asked.theirs),)
        yield Question(asked.label, word_diff(theirs, mine), mine, theirs, _told_of(asked), entries)


def _told_of(asked: Conflict) -> str:
    if asked.mine is None:
        return "You took this out, and they changed it."
    if asked.theirs is None:
        return "They took this out, and you changed it."
    return ""


def _position(asked: Conflict, place: int) -> Iterator[Entry]:
    prefix = f"{POSITIONS}-{place}"
    if asked.mine is None or asked.theirs is None:
        ticked = "on" if asked.mine is None else ""
        yield Entry(f"{prefix}-DELETE", "Take this position out", "box", ticked)
        return
    for name, value in asked.mine.items():
        if value != asked.theirs[name]:
            told = "Level" if name == "level" else "What it says"
            yield _entry(name, told, value, asked.theirs[name], f"{prefix}-")


def _entry(name: str, label: str, mine: Any, theirs: Any, prefix: str = "") -> Entry:
    value = _posted(name, mine)
    if name not in CHOSEN and not isinstance(mine, bool):
        return Entry(prefix + name, label, "line" if name in SHORT else "text", value)
    options = {value: text_of(mine) or "nothing", _posted(name, theirs): text_of(theirs)}
    labels = tuple((key, told or "nothing") for key, told in options.items())
    return Entry(prefix + name, label, "choice", value, labels)


def _posted(name: str, value: Any) -> str:
    return dict(as_posted({name: value})).get(name, "")


def _settled(merged: Merge) -> Iterator[tuple[str, str]]:
    """Give what the form posts without asking: all that no question is about."""
    asked = {entry.name for question in _questions(merged) for entry in question.entries}
    return ((name, value) for name, value in as_posted(merged.words) if name not in asked)


def _told(typed: Words) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in flat(typed).items() if text_of(value))
