"""All versions of one entry, what differs between any two, and one version as it was.

Shows and compares; starts nothing itself. Restoring posts to `desk-start`, whose
verb asks for the right once more (requirement D9).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from explainer.editing.comparing.presence import called
from explainer.editing.doors import page, staff, who
from explainer.editing.saying import STEPS as DEEDS
from explainer.editing.subjects import Subject, find
from explainer.evidence.levels import Bearing, Level, label_words
from explainer.library import past, words
from explainer.library.differences import FieldDiff, field_diffs, flat, label, spelt_out
from explainer.library.models import ArticleVersion, AuditEntry, ClaimVersion, Save
from explainer.library.models.versions import FIXED, Version
from explainer.library.rights import Right, may
from explainer.library.words import Words

STEPS = 100
"""Steps and saves that the history lists; the audit log has all of them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One accepted save of the open version, with what it changed."""

    save: Save
    by: str
    changes: tuple[FieldDiff, ...]


@staff()
def history(request: HttpRequest, name: str) -> HttpResponse:
    """List the versions of an entry, and compare the two that `from` and `to` name."""
    subject = find(name)
    versions = list(_loaded(subject))
    older, newer = _chosen(request, versions)
    context = {
        "title": "History",
        "subject": subject,
        "rows": [(version, label_of(version), *_people(version)) for version in versions],
        "older": older,
        "newer": newer,
        "fields": field_diffs(_shown(older), _shown(newer)) if older and newer else (),
        "kept": list(_kept(subject)),
        "steps": _steps(subject),
    }
    answer: HttpResponse = page(request, "editing/comparing/history.html", context)
    return answer


@staff()
def version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Show one version: as readers saw it if they did, and its words."""
    subject = find(name)
    found = _loaded(subject).filter(number=number).first()
    if found is None:
        raise Http404(f"'{name}' has no version {number}. Its history lists those it has.")
    told = [(label(key), spelt_out(key, value)) for key, value in flat(_shown(found)).items()]
    context = {
        "title": f"Version {number}",
        "subject": subject,
        "version": found,
        "past": _as_seen(subject, found),
        "words": [(key, text) for key, text in told if text],
        "may_restore": may(who(request), Right.WRITE) and found.state in FIXED,
    }
    answer: HttpResponse = page(request, "editing/comparing/version.html", context)
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


def _chosen(
    request: HttpRequest, versions: Sequence[Version]
) -> tuple[Version | None, Version | None]:
    """Give the versions that the address names; without it the newest and the one before."""
    numbered = {str(version.number): version for version in versions}
    newer = numbered.get(request.GET.get("to", "")) or versions[0]
    before = next((row for row in versions if row.number < newer.number), None)
    return numbered.get(request.GET.get("from", "")) or before, newer


def _shown(version: Version) -> Words:
    """Give the words of a version, with the label that its positions led to."""
    told = label_of(version)
    return ({"label": told} if told else {}) | words.words_of(version)


def _people(version: Version) -> tuple[str, str]:
    return called(version.author), called(version.published_by)


def _kept(subject: Subject) -> Iterator[Kept]:
    opened = subject.open
    if opened is None:
        return
    saves = Save.objects.filter(subject=subject.name, number=opened.number).select_related("by")
    newest = list(saves.order_by("-count")[: STEPS + 1])
    for save, before in pairwise(newest):
        yield Kept(save, called(save.by), field_diffs(before.words, save.words))


def _steps(subject: Subject) -> list[tuple[str, str, AuditEntry]]:
    entries = AuditEntry.objects.filter(subject=subject.name).exclude(action="save")
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
    seen = past.page_on(subject.public_address, version.published_at)
    # Two versions published at one moment: only the last of them was ever seen.
    return seen if seen and seen.version == version else None
