"""From a checked content folder to published rows, without ever touching staff's work.

One transaction; what is public changes through `publishing` alone. A second
load of the same files writes nothing. Source: design, "Files and database".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from explainer.evidence.problems import Problem, Refused
from explainer.files.check import Check
from explainer.files.collection import Content
from explainer.files.dump import canonical, part_of
from explainer.files.folder import SUFFIX
from explainer.files.records import ArticleFile, ClaimFile, Finding, Origin
from explainer.files.revisions import Shelf, offer_row, row_versions
from explainer.files.serialise import rewrite
from explainer.files.status import Standing, version_standing
from explainer.library import columns
from explainer.library.models import (
    Article,
    ArticleVersion,
    ClaimVersion,
    GlossaryTerm,
    ReferenceVersion,
    Source,
    Treatment,
    Version,
)
from explainer.library.models.reference import Reference
from explainer.library.models.versions import OPEN
from explainer.library.publishing import CannotPublish, check_labels, publish, revise
from explainer.library.schema import Part

REASON = "Loaded from the content files."
"""What the history says of every change that came from a file."""

Progress = Callable[[Iterable[ArticleFile | ClaimFile]], Iterable[ArticleFile | ClaimFile]]

_Columns = Callable[[Any], dict[str, Any]]
_REFERENCES: tuple[tuple[Part, type[Reference], _Columns], ...] = (
    (Part.TREATMENTS, Treatment, columns.treatment_columns),
    (Part.SOURCES, Source, columns.source_columns),
    (Part.GLOSSARY, GlossaryTerm, columns.term_columns),
)


class CannotLoad(Exception):
    """The files have errors or would break a public page; nothing was written."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self.found = tuple(found)
        super().__init__("\n".join(map(str, self.found)))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: the files it wrote, how many it left alone, what staff must settle."""

    written: tuple[str, ...]
    unchanged: int
    conflicts: tuple[Finding, ...]


MANY = 100
"""Files after which a database has to count its rows anew."""


def load(check: Check, *, at: datetime, progress: Progress = iter) -> Loaded:
    """Bring a checked content folder into the library and publish what changed.

    Updates what staff have not touched; a file that changed where staff did
    too becomes a conflict and, if no version is open, a draft. Deletes nothing.
    Raises `CannotLoad`, having written nothing, if the check found errors, a
    public page would break, or a page's key became a treatment's or the reverse.
    """
    if wrong := (*check.errors, *_turned(check.content)):
        raise CannotLoad(wrong)
    work = _Work(check.content, at)
    try:
        with transaction.atomic():
            work.references()
            work.versions(progress)
    except CannotPublish as broken:
        raise CannotLoad(_broken(check.content, broken)) from None
    except Refused as refused:
        # A source's new kind can forbid what a claim that staff edited says.
        raise CannotLoad([Finding("library", refused.problem())]) from None
    _count_anew(len(work.written))
    found = (*work.conflicts, *_without_file(check.content))
    unchanged = len({*work.unchanged} - {*work.written})
    return Loaded(tuple(dict.fromkeys(work.written)), unchanged, found)


def _count_anew(written: int) -> None:
    """Let PostgreSQL count the rows after many were written."""
    # Until it has, it chooses plans that take seconds a page; of a few it takes no notice.
    if written > MANY and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class _Work:
    """One load under way: what it wrote, left alone and could not settle."""

    def __init__(self, content: Content, at: datetime) -> None:
        self.content = content
        self.at = at
        self.written: list[str] = []
        self.unchanged: list[str] = []
        self.conflicts: list[Finding] = []

    def references(self) -> None:
        """Make or update the rows of treatments, sources and terms."""
        changed = []
        for part, model, give in _REFERENCES:
            rows = {row.key: row for row in model._default_manager.all()}
            held = row_versions(part)
            for key, record in self._records(part).items():
                row, versions = rows.get(key), held[f"{part}/{key}"]
                newest = versions[0] if versions else None
                standing = version_standing(record.origin.text, versions)
                settled = self._settle(part, record.origin, standing, newest, row)
                if settled in _WRITE:
                    changed.append(_filled(row or model(key=key), record.origin, give(record)))
                elif settled is Standing.CONFLICT and newest and newest.state not in OPEN:
                    offer_row(newest, give(record), record.origin.text, self.at)
        if changed:
            revise(rows=changed, by=None, reason=REASON, at=self.at, more_follows=True)

    def versions(self, progress: Progress) -> None:
        """Make the versions of claims and articles that changed, and publish them."""
        shelf = Shelf(self.at)
        new = []
        for record in progress([*self.content.claims.values(), *self.content.texts.values()]):
            held = shelf.versions(record)
            newest = held[0] if held else None
            part = Part(record.origin.path.partition("/")[0])
            standing = version_standing(record.origin.text, held)
            settled = self._settle(part, record.origin, standing, newest)
            if settled in _WRITE:
                new.append(shelf.draft(record))
            elif settled is Standing.CONFLICT and newest and newest.state not in OPEN:
                shelf.draft(record)
        if new:
            publish(versions=new, by=None, reason=REASON, at=self.at)
        elif self.written:
            # Rows alone can make a claim untenable too, so they are never stored unjudged.
            check_labels()

    def _records(self, part: Part) -> Mapping[str, Any]:
        records: Mapping[str, Any] = getattr(self.content, part)
        return records

    def _settle(
        self,
        part: Part,
        origin: Origin,
        standing: Standing,
        newest: Version | None,
        row: Reference | None = None,
    ) -> Standing:
        """Count a file by its standing; a conflict in form alone is none.

        `row` is what holds the words of a reference row's newest public version.
        """
        held = row or (None if isinstance(newest, ReferenceVersion) else newest)
        if standing is Standing.CONFLICT and held:
            same = rewrite(part, origin.text) == canonical(held)
            standing = Standing.UNCHANGED if same else standing
        if standing in _WRITE:
            self.written.append(origin.path)
        elif standing is Standing.UNCHANGED:
            self.unchanged.append(origin.path)
        else:
            problem = Problem("file-and-staff-differ", _conflict(standing, newest))
            self.conflicts.append(Finding(origin.path, problem))
        return standing


_WRITE = (Standing.NEW, Standing.CHANGED)


def _filled(row: Reference, origin: Origin, values: Mapping[str, Any]) -> Reference:
    for name, value in values.items():
        setattr(row, name, value)
    row.file_text = origin.text
    return row


def _conflict(standing: Standing, newest: Version | None) -> str:
    if standing is Standing.OFFERED:
        return (
            "The file's text waits as a draft beside what staff wrote. Publish or delete that "
            "draft, then run dump_content and keep its file."
        )
    if newest and newest.state in OPEN:
        return (
            "The file changed, but staff are working on this text. Finish that version, then "
            "run dump_content and keep its file, or load again."
        )
    return (
        "The file changed, and staff changed or withdrew this: theirs stays. The file's text was "
        "added as a draft. Settle it in the admin, then run dump_content and keep its file."
    )


def _broken(content: Content, broken: CannotPublish) -> Iterator[Finding]:
    texts = content.texts
    for key, problem in broken.problems:
        yield Finding(texts[key].origin.path if key in texts else f"library:{key}", problem)


def _turned(content: Content) -> Iterator[Finding]:
    # An article's identity never changes: what readers linked to keeps its meaning.
    held = dict(Article.objects.values_list("key", "treatment__key"))
    for key, record in content.texts.items():
        if held.get(key, record.treatment) != record.treatment:
            was, now = ("page", "treatment") if record.treatment else ("treatment", "page")
            message = (
                f"'{key}' is a {was} in the library and cannot become a {now}. Use another key."
            )
            yield Finding(record.origin.path, Problem("identity-changed", message, 1))


def _without_file(content: Content) -> Iterator[Finding]:
    """Give a finding for everything public that came from a file which is gone."""
    for part, model, _ in _REFERENCES:
        for key in model._default_manager.exclude(file_text="").values_list("key", flat=True):
            if key not in getattr(content, part):
                yield _gone(f"{part}/{key}", "")
    came = ClaimVersion.objects.exclude(file_text="").values("claim")
    claims = ClaimVersion.objects.published().filter(claim__in=came)
    for key in claims.values_list("claim__key", flat=True):
        if key not in content.claims:
            yield _gone(f"{Part.CLAIMS}/{key}", f"withdraw '{key}' in the admin")
    came = ArticleVersion.objects.exclude(file_text="").values("article")
    articles = ArticleVersion.objects.published().filter(article__in=came)
    for version in articles.select_related("article"):
        key = version.article.key
        if key not in content.texts:
            yield _gone(f"{part_of(version)}/{key}", f"withdraw '{key}' in the admin")


def _gone(place: str, cure: str) -> Finding:
    # Rows stay once they were public: claims and pages of the past refer to them.
    cure = f", or {cure}" if cure else ""
    message = f"The file is gone, but what it said is public. Put it back{cure}."
    return Finding(f"{place}{SUFFIX}", Problem("file-gone", message))
