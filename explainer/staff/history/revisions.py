"""All versions of one entry, what differs between any two, and one version as it was.

Shows and compares; starts nothing itself. Restoring posts to `staff-start`, whose
verb asks for the right once more (requirement D9). What was saved is `history_saves`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from explainer.evidence.levels import Bearing, Level, label_words
from explainer.library import past, words
from explainer.library.diff import field_diffs
from explainer.library.models import ArticleVersion, AuditEntry, ClaimVersion, Save
from explainer.library.models.versions import FIXED, Version
from explainer.library.permissions import Right, may
from explainer.library.words import Words
from explainer.staff.decorators import page, staff, who
from explainer.staff.history.presence import called
from explainer.staff.history.saves import Gone, gone, page_of_saves, told_of
from explainer.staff.saying import STEPS as DEEDS
from explainer.staff.subjects import Former, Subject, find_any

STEPS = 100
"""Steps that the history lists; the audit log has all of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One number of an entry: the version that has it, or the draft that was thrown away."""

    number: int
    version: Version | None = None
    gone: Gone | None = None

    @property
    def label(self) -> str:
        """The label of a claim's version."""
        return label_of(self.version) if self.version else ""

    @property
    def author(self) -> str:
        """Who began it."""
        return called(self.version.author) if self.version else ""

    @property
    def publisher(self) -> str:
        """Who made it public."""
        return called(self.version.published_by) if self.version else ""


@staff()
def history(request: HttpRequest, name: str) -> HttpResponse:
    """List the versions and saves of an entry, and compare the two that `from` and `to` name."""
    subject = find_any(name)
    versions = list(_loaded(subject)) if isinstance(subject, Subject) else []
    older, newer = _chosen(request, versions)
    context = {
        "title": "History",
        "subject": subject,
        "rows": list(_rows(subject, versions)),
        "versions": versions,
        "older": older,
        "newer": newer,
        "fields": field_diffs(_shown(older), _shown(newer)) if older and newer else (),
        "saves": page_of_saves(name, versions, request.GET.get("page", "")),
        "steps": _steps(name),
    }
    answer: HttpResponse = page(request, "staff/history/history.html", context)
    return answer


@staff()
def version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Show one version: as readers saw it if they did, and its words.

    The number of a draft that was thrown away leads to the last that was saved of it.
    """
    subject = find_any(name)
    found = _loaded(subject).filter(number=number).first() if isinstance(subject, Subject) else None
    if not isinstance(subject, Subject) or found is None:
        last = Save.objects.filter(subject=name, number=number).order_by("-count").first()
        if last is None:
            raise Http404(f"'{name}' has no version {number}. Its history lists those it has.")
        return redirect("staff-save", name, number, last.count)
    context = {
        "title": f"Version {number}",
        "subject": subject,
        "version": found,
        "past": _as_seen(subject, found),
        "words": told_of(_shown(found)),
        "may_restore": may(who(request), Right.WRITE) and found.state in FIXED,
    }
    answer: HttpResponse = page(request, "staff/history/version.html", context)
    return answer


def label_of(version: Version) -> str:
    """Give the label of a claim's version in words; nothing for what has none yet."""
    if not isinstance(version, ClaimVersion) or not (version.level and version.bearing):
        return ""
    return label_words(Level(version.level), Bearing(version.bearing))


def _loaded(subject: Subject) -> Any:
    people = ("author", "saved_by", "approved_by", "published_by", "ended_by")
    versions = subject.versions.select_related(*people)
    if isinstance(subject.newest, ClaimVersion):
        return versions.select_related("claim").prefetch_related("positions__source")
    if isinstance(subject.newest, ArticleVersion):
        return versions.select_related("article")
    return versions


def _rows(subject: Subject | Former, versions: Sequence[Version]) -> Iterator[Row]:
    there = [Row(version.number, version) for version in versions]
    thrown = [Row(draft.number, gone=draft) for draft in gone(subject.name, versions)]
    yield from sorted((*there, *thrown), key=lambda row: -row.number)


def _chosen(
    request: HttpRequest, versions: Sequence[Version]
) -> tuple[Version | None, Version | None]:
    """Give the versions that the address names; without it the newest and the one before."""
    numbered = {str(version.number): version for version in versions}
    newest = versions[0] if versions else None
    newer = numbered.get(request.GET.get("to", "")) or newest
    before = next((row for row in versions if newer and row.number < newer.number), None)
    return numbered.get(request.GET.get("from", "")) or before, newer


def _shown(version: Version) -> Words:
    """Give the words of a version, with the label that its positions led to."""
    told = label_of(version)
    return ({"label": told} if told else {}) | words.words_of(version)


def _steps(name: str) -> list[tuple[str, str, AuditEntry]]:
    entries = AuditEntry.objects.filter(subject=name).exclude(action="save")
    return [
        (called(entry.by) if entry.by else entry.by_name or "the site itself", _did(entry), entry)
        for entry in entries.select_related("by")[:STEPS]
    ]


def _did(entry: AuditEntry) -> str:
    return DEEDS.get(entry.action, entry.action)


def _as_seen(subject: Subject, version: Version) -> past.PastPage | None:
    """Give the page as it was when this version became public, if it has a page."""
    if version.published_at is None or subject.part in ("treatments", "glossary"):
        return None
    try:
        seen = past.page_on(subject.public_address, version.published_at)
    except past.NotKept:
        return None
    # Two versions published at one moment: only the last of them was ever seen.
    return seen if seen and seen.version == version else None
