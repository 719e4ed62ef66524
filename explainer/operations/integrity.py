"""Whether all that is public in the library is sound: what no save or release looks at again.

Asks everybody who knows: `inspection` of the words, `publishing` of the labels, `drift`
of what is derived, `addresses` of links and pages, `footing` of the database, `audit` of
its log, `due` of reviews (requirement D14). Decides nothing itself and changes nothing.

What waits for review or release is told as warnings: it is not public, but it was fit
when it was handed over, so something else must have changed. Drafts are left alone.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from explainer.evidence.context import Context
from explainer.evidence.dialect import parse
from explainer.evidence.problems import Problem, Severity
from explainer.images import storage
from explainer.library import audit, images, readiness, reminders
from explainer.library.models import (
    ArticleVersion,
    AuditEntry,
    ClaimVersion,
    Edition,
    Image,
    ReferenceVersion,
    State,
)
from explainer.library.models.versions import Version
from explainer.library.nouns import knowledge, public_versions
from explainer.library.publishing import CannotPublish, check_labels
from explainer.library.schema import Part
from explainer.library.validation import BODIES, inspect, part_of_version
from explainer.library.words import public_words_of
from explainer.operations import database, drift
from explainer.operations.crawl import SITEMAP, Site, collected

Progress = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not sound, and the subject or page it is about."""

    subject: str
    message: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """True if readers meet something wrong, or the records cannot be trusted."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        mark = "" if self.is_error else "warning: "
        return f"{self.subject}: {mark}{self.message}"


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was found, and how much of each kind was looked at."""

    faults: tuple[Fault, ...]
    counted: Mapping[str, int]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What is not sound; the rest are warnings."""
        return tuple(fault for fault in self.faults if fault.is_error)


@dataclass
class _Look:
    """One look through the library: what several checks need, and how much they met."""

    at: datetime
    progress: Progress
    site: Site = field(default_factory=Site)
    counted: Counter[str] = field(default_factory=Counter)

    @cached_property
    def known(self) -> Context:
        return knowledge()

    @cached_property
    def texts(self) -> list[drift.Text]:
        return drift.texts(self.known)

    @cached_property
    def versions(self) -> list[Version]:
        return _versions([State.PUBLISHED])


def survey(*, at: datetime, progress: Progress = iter) -> Survey:
    """Look through the whole library; takes no lock, so nobody has to wait for it."""
    if unready := [Fault("database", message) for message in database.unready()]:
        return Survey(tuple(unready), {})
    look = _Look(at, progress)
    before = Edition.objects.values_list("number", flat=True).first()
    faults = [fault for name, check in _CHECKS.items() for fault in _caught(name, check(look))]
    if before != Edition.objects.values_list("number", flat=True).first():
        message = "Something was published during the check. What it says may be out of date."
        faults.append(Fault("library", message, Severity.WARNING))
    return Survey(tuple(dict.fromkeys(faults)), look.counted)


def _caught(subject: str, found: Iterator[Fault]) -> Iterator[Fault]:
    """Give what is found, and as a fault what keeps more from being found."""
    try:
        yield from found
    except Exception as error:  # noqa: BLE001 - the other checks have to be made all the same
        yield Fault(
            subject,
            f"This cannot be looked through ({type(error).__name__}: {error}). Put right what the "
            "other lines say, and check again.",
        )


def _triggers(look: _Look) -> Iterator[Fault]:
    look.counted["triggers"] = len(database.expected())
    yield from (Fault("database", message) for message in database.unguarded())


def _log(look: _Look) -> Iterator[Fault]:
    look.counted["audit entries"] = AuditEntry.objects.count()
    for message in audit.verify():
        yield Fault("audit log", f"{message} Compare it with a backup, and ask who can write here.")


def _labels(look: _Look) -> Iterator[Fault]:
    del look
    try:
        check_labels()
    except CannotPublish as refused:
        for subject, problem in refused.problems:
            yield _fault(subject, problem)


def _words(look: _Look) -> Iterator[Fault]:
    known = look.known
    for version in look.progress(look.versions):
        look.counted["versions"] += 1
        yield from _caught(version.subject, _wrong_in(version, known))


def _wrong_in(version: Version, known: Context) -> Iterator[Fault]:
    for problem in inspect(version, known):
        # Files come without a note; the history says that they came from files.
        if problem.is_error and problem.field != "note":
            yield _fault(version.subject, problem)


def _waiting(look: _Look) -> Iterator[Fault]:
    waiting = _versions([State.IN_REVIEW])
    look.counted["versions in review"] = len(waiting)
    for subject, problem in readiness.problems_of(waiting, readiness.coming()):
        if problem.is_error:
            yield _fault(subject, problem, Severity.WARNING)


def _shown(look: _Look) -> Iterator[Fault]:
    """Look at what articles show: claims that were withdrawn, images that are not there."""
    for text in look.texts:
        subject = text.version.subject
        for name, words, explained in text.fields:
            for problem in (*images.lost(explained.figures, words), *_altered(explained.figures)):
                yield _fault(subject, problem, name=name)
            for item in explained.claims:
                if item.claim.withdrawn:
                    message = (
                        f"It shows '{item.claim.key}', which was withdrawn: readers see it struck "
                        "through. Take it out of the text."
                    )
                    problem = Problem("withdrawn-shown", message)
                    yield _fault(subject, problem, Severity.WARNING, name)
        look.counted["images"] += len(text.summary.figures) + len(text.body.figures)


def _altered(keys: Collection[str]) -> Iterator[Problem]:
    """Find images whose files are there, but are not what was stored."""
    for image in Image.objects.filter(key__in=keys) if keys else ():
        path = storage.place(image.file_name)
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != image.sha256:
            yield Problem(
                "image-file-altered",
                f"The file of the image '{image.key}' ({image.name}) is not the one that was sent "
                "in: its bytes differ. Restore it from a backup.",
            )


def _derived(look: _Look) -> Iterator[Fault]:
    for found in drift.drifts(look.texts):
        cure = " Run 'manage.py check_library --repair'." if found.mendable else ""
        yield Fault(found.subject, f"{found.message}{cure}")


def _pages(look: _Look) -> Iterator[Fault]:
    if not collected():
        message = "They are not collected, so no page can be shown. Start the site by 'serve' once."
        yield Fault("static files", message)
        return
    public = (*look.versions, *public_versions().values())
    own = (_page_of(version) for version in public if not version.subject.startswith("treatments/"))
    for address in look.progress(dict.fromkeys([SITEMAP, *look.site.listed(), *own])):
        look.counted["pages"] += 1
        page = look.site.page(address)
        if page.error:
            message = f"The page cannot be shown ({page.error}). Put right what other lines say."
            yield Fault(address, f"{message} If none does, tell whoever looks after the server.")
        elif not page.is_there:
            yield Fault(address, "What it should show is public, but readers find no page there.")


def _links(look: _Look) -> Iterator[Fault]:
    for version in look.versions:
        words, part = public_words_of(version), part_of_version(version)
        names = ("summary", "body") if isinstance(version, ArticleVersion) else (BODIES.get(part),)
        for name in names:
            for link, line in _links_in(words[name] if name else ""):
                look.counted["links"] += 1
                if refusal := look.site.refusal(link, _page_of(version)):
                    message = f"A link leads to '{link}', {refusal}. Correct it, or take it out."
                    problem = Problem("broken-link", message, line)
                    yield _fault(version.subject, problem, name=name or "")


def _links_in(text: str) -> Iterator[tuple[str, int]]:
    """Give the ordinary links of a text with their lines; the dialect's own are keys."""
    for token in parse(text).tokens:
        for mark in token.children or ():
            if mark.type == "link_open":
                yield str(mark.attrs.get("href", "")), mark.meta["at"]


def _reviews(look: _Look) -> Iterator[Fault]:
    for version in reminders.overdue(look.at.date()):
        message = f"Its review was due on {version.review_due}. Review it and publish it again."
        yield Fault(version.subject, message, Severity.WARNING)


_CHECKS: Mapping[str, Callable[[_Look], Iterator[Fault]]] = {
    "triggers": _triggers,
    "audit log": _log,
    "labels": _labels,
    "words": _words,
    "versions in review": _waiting,
    "what articles show": _shown,
    "derived rows": _derived,
    "pages": _pages,
    "links": _links,
    "reviews": _reviews,
}


def _versions(states: Collection[State]) -> list[Version]:
    claims = ClaimVersion.objects.select_related("claim").prefetch_related("positions__source")
    articles = ArticleVersion.objects.select_related("article__treatment")
    return [
        *claims.filter(state__in=states).order_by("claim__key"),
        *articles.filter(state__in=states).order_by("article__key"),
        *ReferenceVersion.objects.filter(state__in=states).order_by("what"),
    ]


def _page_of(version: Version) -> str:
    """Give the address of the page on which a version's own words stand."""
    if isinstance(version, ArticleVersion):
        return version.article.get_absolute_url()
    if version.subject.startswith(f"{Part.GLOSSARY}/"):
        return f"/{Part.GLOSSARY}/"
    return f"/{version.subject}/"


def _fault(
    subject: str, problem: Problem, severity: Severity = Severity.ERROR, name: str = ""
) -> Fault:
    line = f"line {problem.line}" if problem.line else ""
    place = ", ".join(part for part in (problem.field or name, line) if part)
    return Fault(subject, f"{place}: {problem.message}" if place else problem.message, severity)
