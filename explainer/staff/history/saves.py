"""Every accepted save of an entry, those of drafts that were thrown away too.

Shows what was saved and what it changed; that a draft was thrown away, by whom and
when, is what the audit log says. Going on from a save posts to `staff-start` (issue 5,
section 1, "Nothing typed is ever lost"; requirements D1 and D9).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from explainer.library import words
from explainer.library.diff import field_diffs, flat, label, spelt_out
from explainer.library.models import AuditEntry, ClaimVersion, Save
from explainer.library.models.versions import Version
from explainer.library.permissions import Right, may
from explainer.library.words import Words
from explainer.staff.decorators import page, staff, who
from explainer.staff.history.presence import called
from explainer.staff.subjects import Former, Subject, find_any

EACH = 50
"""Saves on one page."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A draft that was thrown away: who began it and when, and who threw it away and when.

    `by` is empty if the log does not say; `last` is the count of its last save.
    """

    number: int
    author: str
    begun: datetime
    last: int
    by: str = ""
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A save as a list names it."""

    save: Save
    by: str
    gone: bool


@staff()
def save(request: HttpRequest, name: str, number: int, count: int) -> HttpResponse:
    """Show what one save left, and what it changed."""
    subject = find_any(name)
    saves = Save.objects.filter(subject=name).select_related("by")
    found = saves.filter(number=number, count=count).first()
    if found is None:
        raise Http404(f"'{name}' has no save {count} of version {number}. Its history lists all.")
    versions = subject.versions if isinstance(subject, Subject) else ClaimVersion.objects.none()
    version = versions.filter(number=number).first()
    context = {
        "title": f"Version {number}, save {count}",
        "subject": subject,
        "save": found,
        "by": called(found.by),
        "version": version,
        "gone": None if version else next(gone(name, (), only=number)),
        "began": found.count == 0,
        "fields": field_diffs(_before(subject, found), found.words),
        "words": told_of(found.words),
        "earlier": saves.filter(_earlier(found)).order_by("-number", "-count").first(),
        "later": saves.filter(_later(found)).order_by("number", "count").first(),
        "may_start": may(who(request), Right.WRITE),
    }
    answer: HttpResponse = page(request, "staff/history/save.html", context)
    return answer


def page_of_saves(name: str, versions: Collection[Version], number: str) -> Page[Any]:
    """Give one page of the saves of an entry, newest first, without their words.

    `versions` are the versions that are there.
    """
    saves = Save.objects.filter(subject=name).defer("words").select_related("by")
    shown: Page[Any] = Paginator(saves.order_by("-number", "-count"), EACH).get_page(number)
    there = {version.number for version in versions}
    shown.object_list = [
        Line(save, called(save.by), save.number not in there) for save in shown.object_list
    ]
    return shown


def gone(name: str, versions: Collection[Version], only: int | None = None) -> Iterator[Gone]:
    """Give the drafts of an entry that were thrown away: numbers that saves alone hold.

    `versions` are the versions that are there; `only` asks for one number.
    """
    saves = Save.objects.filter(subject=name).exclude(number__in=[v.number for v in versions])
    saves = saves.filter(number=only) if only is not None else saves
    drafts: dict[int, list[Save]] = {}
    for save in saves.defer("words").select_related("by").order_by("number", "count"):
        drafts.setdefault(save.number, []).append(save)
    thrown = _thrown(name) if drafts else {}
    for number, kept in drafts.items():
        told = Gone(number, called(kept[0].by), kept[0].at, kept[-1].count)
        entry = thrown.get(number)
        yield _completed(told, entry) if entry else told


def told_of(shown: Words) -> list[tuple[str, str]]:
    """Give words as a page shows them: the label of each field, and its text if it has any."""
    told = [(label(key), spelt_out(key, value)) for key, value in flat(shown).items()]
    return [(name, text) for name, text in told if text]


def _completed(told: Gone, entry: AuditEntry) -> Gone:
    note = str((entry.before or {}).get("note", ""))
    by = called(entry.by) if entry.by else entry.by_name
    return replace(told, by=by, at=entry.at, note=note)


def _thrown(name: str) -> dict[int, AuditEntry]:
    """Give what the log says of drafts that were thrown away, by number."""
    entries = AuditEntry.objects.filter(subject=name, action="discard").select_related("by")
    told = ((entry.before or {}, entry) for entry in entries.order_by("number"))
    return {before["version"]: entry for before, entry in told if "version" in before}


def _before(subject: Subject | Former, save: Save) -> Words:
    """Give what a save changed: the one before it, for the first what its draft came after."""
    own = Save.objects.filter(subject=save.subject, number=save.number, count__lt=save.count)
    if (earlier := own.order_by("-count").first()) is not None:
        return earlier.words
    if not isinstance(subject, Subject):
        return {}
    versions = subject.versions.filter(number__lt=save.number)
    if isinstance(subject.newest, ClaimVersion):
        versions = versions.prefetch_related("positions__source")
    before = versions.first()
    return words.words_of(before) if before else {}


def _earlier(save: Save) -> Q:
    return Q(number__lt=save.number) | Q(number=save.number, count__lt=save.count)


def _later(save: Save) -> Q:
    return Q(number__gt=save.number) | Q(number=save.number, count__gt=save.count)
