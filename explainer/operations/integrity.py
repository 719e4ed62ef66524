"""Whether all that is public is sound: what no save and no publishing looks at again.

Changes nothing. What waits for review or publishing is told as warnings: it is not public, but it
was fit when it was handed over, so something else must have changed. Drafts are left alone.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from explainer.evidence.context import Context
from explainer.evidence.dialect import parse
from explainer.library import audit, images
from explainer.library.context import public_context
from explainer.library.derive import outdated
from explainer.library.models import AuditEntry, Image, Revision, SiteVersion, State
from explainer.library.publishing import CannotPublish, check_labels, outdated_mentions
from explainer.library.triggers import triggers
from explainer.library.validation import all_problems, coming, problems_of, public_taken
from explainer.operations import reminders
from explainer.operations.crawl import SITEMAP, Site, collected
from explainer.text.problems import Problem, Severity

Progress = Callable[[Iterable[Any]], Iterable[Any]]

_WORD = re.compile(r"\w+")

_TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    # One that is switched off ('D'), or works for replicas alone ('R'), guards nothing.
    "postgresql": (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
        "AND pg_table_is_visible(t.tgrelid)"
    ),
}
"""What gives the name and the text of every trigger that works, by kind of database."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not sound, and the subject or page it is about."""

    subject: str
    message: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
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
        return tuple(fault for fault in self.faults if fault.is_error)


@dataclass
class _Look:
    """One look through the library: what several checks need, and how much they met."""

    now: datetime
    progress: Progress
    site: Site = field(default_factory=Site)
    counted: Counter[str] = field(default_factory=Counter)

    @cached_property
    def context(self) -> Context:
        return public_context()

    @cached_property
    def public(self) -> list[Revision]:
        rows = Revision.objects.published().select_related("document")
        return sorted(rows, key=lambda revision: revision.subject)


def survey(*, now: datetime, progress: Progress = iter) -> Survey:
    """Look through the whole library; takes no lock, so nobody has to wait for it."""
    if faults := [Fault("database", message) for message in unready()]:
        return Survey(tuple(faults), {})
    look = _Look(now, progress)
    before = SiteVersion.objects.current().number
    faults = [fault for name, check in _CHECKS.items() for fault in _caught(name, check(look))]
    if before != SiteVersion.objects.current().number:
        message = "Something was published during the check. What it says may be out of date."
        faults.append(Fault("library", message, Severity.WARNING))
    return Survey(tuple(dict.fromkeys(faults)), look.counted)


def unready() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        yield f"The database does not answer ({error}). Start it, or correct DATABASE_URL."
        return
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        name = f"{migration.app_label}.{migration.name}"
        yield f"The migration '{name}' is not applied. Run 'manage.py migrate'."


def unguarded() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        found = dict(cursor.fetchall())
    for trigger in triggers(connection.vendor):
        if trigger.name not in found:
            yield (
                f"The trigger '{trigger.name}' is missing or switched off, so what was public or "
                "audited can be changed unseen. Restore the database from a backup."
            )
        elif not {*_WORD.findall(trigger.condition)} <= {*_WORD.findall(found[trigger.name])}:
            yield (
                f"The trigger '{trigger.name}' does not refuse all that it should. Restore the "
                "database from a backup."
            )


def _caught(subject: str, found: Iterator[Fault]) -> Iterator[Fault]:
    try:
        yield from found
    except Exception as error:  # noqa: BLE001 - the other checks have to be made all the same
        yield Fault(
            subject,
            f"This cannot be looked through ({type(error).__name__}: {error}). Put right what the "
            "other lines say, and check again.",
        )


def _triggers(look: _Look) -> Iterator[Fault]:
    look.counted["triggers"] = len([*triggers(connection.vendor)])
    yield from (Fault("database", message) for message in unguarded())


def _log(look: _Look) -> Iterator[Fault]:
    look.counted["audit entries"] = AuditEntry.objects.count()
    for message in audit.verify():
        yield Fault("audit log", f"{message} Compare it with a backup, and ask who can write here.")


def _labels(look: _Look) -> Iterator[Fault]:
    try:
        check_labels(look.context)
    except CannotPublish as refused:
        yield from (_fault(subject, problem) for subject, problem in refused.problems)


def _words(look: _Look) -> Iterator[Fault]:
    taken = public_taken({revision.document.kind for revision in look.public})
    for revision in look.progress(look.public):
        look.counted["revisions"] += 1
        problems = (p for p in problems_of(revision, look.context, taken) if p.is_error)
        faults = (_fault(revision.subject, problem) for problem in problems)
        yield from _caught(revision.subject, faults)


def _waiting(look: _Look) -> Iterator[Fault]:
    waiting = list(Revision.objects.filter(state=State.IN_REVIEW).select_related("document"))
    look.counted["revisions in review"] = len(waiting)
    for subject, problem in all_problems(waiting, coming()):
        if problem.is_error:
            yield _fault(subject, problem, Severity.WARNING)


def _shown(look: _Look) -> Iterator[Fault]:
    for revision in look.public:
        entry = revision.entry
        for name, page in entry.kind.explain(entry, look.context).items():
            look.counted["images"] += len(page.figures)
            lost = images.lost(page.figures, entry.fields[name])
            for problem in (*lost, *_altered(page.figures)):
                yield _fault(entry.subject, problem, name=name)
            for item in page.claims:
                if item.claim.withdrawn:
                    message = (
                        f"It shows '{item.claim.key}', which was withdrawn: readers see it struck "
                        "through. Take it out of the text."
                    )
                    problem = Problem("withdrawn-shown", message)
                    yield _fault(entry.subject, problem, Severity.WARNING, name)


def _altered(keys: Iterable[str]) -> Iterator[Problem]:
    for image in Image.objects.filter(key__in=keys) if keys else ():
        path = images.place(image.file_name)
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != image.sha256:
            message = (
                f"The file of the image '{image.key}' ({image.name}) is not the one that was sent "
                "in: its bytes differ. Restore it from a backup."
            )
            yield Problem("image-file-altered", message)


def _derived(look: _Look) -> Iterator[Fault]:
    if wrong := {*outdated(), *outdated_mentions(look.context)}:
        names = ", ".join(sorted(wrong)[:3])
        message = (
            f"What is derived from {len(wrong)} documents is out of date ({names}). "
            "Run 'manage.py check_library --repair'."
        )
        yield Fault("library", message)


def _pages(look: _Look) -> Iterator[Fault]:
    if not collected():
        message = "They are not collected, so no page can be shown. Start the site by 'serve' once."
        yield Fault("static files", message)
        return
    own = (revision.document.get_absolute_url().partition("#")[0] for revision in look.public)
    for address in look.progress(dict.fromkeys([SITEMAP, *look.site.listed(), *own])):
        look.counted["pages"] += 1
        page = look.site.page(address)
        if page.error:
            message = f"The page cannot be shown ({page.error}). Put right what other lines say."
            yield Fault(address, f"{message} If none does, tell whoever looks after the server.")
        elif not page.is_there:
            yield Fault(address, "What it should show is public, but readers find no page there.")


def _links(look: _Look) -> Iterator[Fault]:
    for revision in look.public if collected() else ():
        kind = revision.document.kind
        for name in kind.texts or (kind.body,):
            for link, line in _links_in(revision.fields[name]):
                look.counted["links"] += 1
                if refusal := look.site.refusal(link, revision.document.get_absolute_url()):
                    message = f"A link leads to '{link}', {refusal}. Correct it, or take it out."
                    yield _fault(revision.subject, Problem("dead-link", message, line), name=name)


def _links_in(text: str) -> Iterator[tuple[str, int]]:
    """Give the ordinary links of a text with their lines; the dialect's own are keys."""
    for token in parse(text).tokens:
        for mark in token.children or ():
            if mark.type == "link_open":
                yield str(mark.attrs.get("href", "")), mark.meta["at"]


def _reviews(look: _Look) -> Iterator[Fault]:
    for revision in reminders.overdue(timezone.localdate(look.now)):
        message = f"Its review was due on {revision.review_due}. Review it and publish it again."
        yield Fault(revision.subject, message, Severity.WARNING)


_CHECKS: Mapping[str, Callable[[_Look], Iterator[Fault]]] = {
    "triggers": _triggers,
    "audit log": _log,
    "labels": _labels,
    "words": _words,
    "revisions in review": _waiting,
    "what pages show": _shown,
    "derived columns": _derived,
    "pages": _pages,
    "links": _links,
    "reviews": _reviews,
}


def _fault(
    subject: str, problem: Problem, severity: Severity = Severity.ERROR, name: str = ""
) -> Fault:
    line = f"line {problem.line}" if problem.line else ""
    place = ", ".join(part for part in (problem.field or name, line) if part)
    return Fault(subject, f"{place}: {problem.message}" if place else problem.message, severity)
