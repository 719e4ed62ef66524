"""From a checked content folder to published documents and back, never touching staff's work.

A second load of the same files writes nothing. What staff have not edited is dumped byte for byte
as it went in, and only what is public: a withdrawn claim must not come back by a load.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from pathlib import Path
from shutil import copytree
from types import MappingProxyType

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from explainer.files.check import Check, Progress
from explainer.files.collection import FileEntry, Finding, misplaced
from explainer.files.frontmatter import write
from explainer.kinds import SOURCE
from explainer.library import audit
from explainer.library.dates import in_a_year, words_changed_on
from explainer.library.derive import derive
from explainer.library.models import OPEN, Document, Position, Revision, Save, State
from explainer.library.positions import label_columns
from explainer.library.publishing import CannotPublish, publish
from explainer.search import lists
from explainer.text.problems import Problem


class CannotDump(Exception):
    """The library cannot be written to this place; nothing was written."""


def dump(folder: Path) -> tuple[str, ...]:
    """Write every content file into an empty folder, and the word lists; gives the files' paths."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotDump(f"'{folder}' is not an empty folder. Choose a new one.")
    files = dict(_files())
    for path in files:
        if wrong := misplaced(path):
            raise CannotDump(f"'{path}' cannot be written. {wrong}")
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    # What claims are found by is judged by these lists; a dump has to load as it is.
    word_lists = Path(settings.CONTENT_DIR) / lists.FOLDER
    if word_lists.is_dir():
        copytree(word_lists, folder / lists.FOLDER)
    return tuple(sorted(files))


def canonical(revision: Revision) -> str:
    entry = revision.entry
    return write(entry.kind, entry.fields, revision.changed_on)


def _words(revision: Revision) -> str:
    """Give the canonical text without its day: what has to differ to be another text."""
    return write(revision.entry.kind, revision.entry.fields)


def _files() -> Iterator[tuple[str, str]]:
    for revision in Revision.objects.published().select_related("document"):
        document = revision.document
        path = document.kind.file_path(document.key)
        yield path, revision.file_text or canonical(revision)


REASON = "Updated together with other words of this site."  # what the history says of such a change
MANY = 100  # files after which a database has to count its rows anew


class CannotLoad(Exception):
    """The files have errors or would break a public page; nothing was written."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self.found = tuple(found)
        super().__init__("\n".join(map(str, self.found)))


class NeedsReason(Exception):
    """Public words would change past the second person with no reason; nothing was written."""

    def __init__(self, subjects: Sequence[str]) -> None:
        self.subjects = tuple(subjects)
        super().__init__(", ".join(subjects))


@dataclass(frozen=True, slots=True)
class Road:
    """Who brings files past the second person's review, by what, and why."""

    by: str
    reason: str


class SyncStatus(Enum):
    """What a load does with a file."""

    NEW = auto()  # the library has nothing under this key: make it
    UNCHANGED = auto()  # the library has this very text, or staff's work that began from it
    CHANGED = auto()  # the file or its label changed, and staff have not touched it: update
    CONFLICT = auto()  # so did staff: never overwrite, offer the file as a draft
    OFFERED = auto()  # the file's text already waits as a draft for staff to decide


@dataclass(slots=True)
class Loaded:
    """What a load did: the files it wrote, those it left alone, what staff must settle.

    `alike` are those of `unchanged` that say what staff wrote, in another form.
    """

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    conflicts: list[Finding] = field(default_factory=list)


def status_of(text: str, revisions: Sequence[Revision]) -> SyncStatus:
    """Say how a file's text stands to the revisions of its document, newest first.

    A revision with a `file_text` came from a file and was not edited; a withdrawal is staff's
    work too, so a file never brings a text back.
    """
    if not revisions:
        return SyncStatus.NEW
    newest = revisions[0]
    if newest.file_text == text:
        return SyncStatus.OFFERED if newest.state in OPEN else SyncStatus.UNCHANGED
    if newest.file_text and newest.state == State.PUBLISHED:
        return SyncStatus.CHANGED
    loaded = (r.file_text for r in revisions if r.file_text and r.state not in OPEN)
    return SyncStatus.UNCHANGED if next(loaded, "") == text else SyncStatus.CONFLICT


@transaction.atomic
def load(
    check: Check, *, now: datetime, progress: Progress = iter, road: Road | None = None
) -> Loaded:
    """Bring a checked content folder into the library and publish what changed.

    A file that changed where staff did too becomes a conflict and, if no revision is open, a
    draft. Raises `CannotLoad`, having written nothing, if the check found errors, a public page
    would break, or a key became another kind's. Where staff work, `road` goes to the audit log, and
    `NeedsReason` is raised if public words would change with no reason given.
    """
    files = check.collection.entries
    if wrong := (*check.errors, *_turned(files.values())):
        raise CannotLoad(wrong)
    result = Loaded()
    library = _Library(now)
    settled = (library.settle(file, check, result) for file in progress(list(files.values())))
    pending = [*filter(None, settled)]
    if road and pending and _is_in_use():
        _log(road, pending, now)
    try:
        if pending:
            publish(revisions=pending, actor=None, reason=REASON, now=now)
    except CannotPublish as broken:
        raise CannotLoad(_broken(check, broken)) from None
    if len(result.written) > MANY and connection.vendor == "postgresql":
        # Until it has counted, PostgreSQL chooses plans that take seconds a page.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    result.conflicts += sorted(_without_file(check), key=str)
    return result


def _is_in_use() -> bool:
    """Say if there is anybody whose review a load would go past: before the first account, none."""
    return User.objects.filter(is_active=True, is_staff=True).exists()


def _log(road: Road, pending: Iterable[Revision], now: datetime) -> None:
    changed: list[str] = []
    new: list[str] = []
    for revision in pending:
        (changed if revision.document.live_id else new).append(revision.subject)
    if changed and not road.reason.strip():
        raise NeedsReason(sorted(changed))
    after = {"changed": sorted(changed), "new": sorted(new)}
    audit.record(None, "load content", now, actor_name=road.by, after=after, comment=road.reason)


class _Library:
    """The revisions that the library has, by subject, and new drafts beside them."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self.documents = {d.subject: d for d in Document.objects.select_related("live")}
        self._revisions: dict[int, list[Revision]] = {}
        for revision in Revision.objects.order_by("-number"):
            self._revisions.setdefault(revision.document_id, []).append(revision)
        saves = Save.objects.order_by().values_list("document")
        self._saved = dict(saves.annotate(Max("number")))

    def settle(self, file: FileEntry, check: Check, result: Loaded) -> Revision | None:
        """Count a file by its status; gives the draft to publish if it has to be.

        A conflict in form alone is none.
        """
        document = self.documents.get(file.entry.subject)
        revisions = self._revisions.get(document.pk, []) if document else []
        newest = revisions[0] if revisions else None
        status = status_of(file.text, revisions)
        if status is SyncStatus.CONFLICT and newest:
            newest.document = document  # type: ignore[assignment]
            same = write(file.entry.kind, file.entry.fields) == _words(newest)
            status = SyncStatus.UNCHANGED if same else status
            result.alike += [file.path] if same else []
        if status is SyncStatus.UNCHANGED and newest and _is_relabelled(file, check, newest):
            status = SyncStatus.CHANGED
        if status in (SyncStatus.NEW, SyncStatus.CHANGED):
            result.written.append(file.path)
            return self._draft(file, check, self._dates(file, check, newest))
        if status is SyncStatus.UNCHANGED:
            result.unchanged.append(file.path)
            return None
        conflict = Problem("sync-conflict", _conflict(status, newest))
        result.conflicts.append(Finding(file.path, conflict))
        if status is SyncStatus.CONFLICT and newest and newest.state not in OPEN:
            draft = self._draft(file, check)
            derive(draft.document, filter(None, [draft, draft.document.live]))
        return None

    def _dates(self, file: FileEntry, check: Check, before: Revision | None) -> dict[str, date]:
        """Give the days that readers are told of words which become public by this load."""
        today = timezone.localtime(self._now).date()
        public = before and before.words_changed_at
        day = words_changed_on(
            file.changed,
            before=timezone.localtime(public).date() if public else None,
            same=before is not None and _is_same(file, check, before),
            today=today,
        )
        return {"changed_on": day, "review_due": in_a_year(day)}

    def _draft(
        self, file: FileEntry, check: Check, dates: Mapping[str, date] = MappingProxyType({})
    ) -> Revision:
        entry = file.entry
        document = self.documents.get(entry.subject) or self._document(file)
        revisions = self._revisions.get(document.pk, [])
        last = max((r.number for r in revisions), default=0)
        revision = Revision.objects.create(
            document=document,
            number=max(last, self._saved.get(document.pk, 0)) + 1,
            fields=entry.fields,
            **label_columns(entry.kind.assess(entry, check.context)),
            file_text=file.text,
            created_at=self._now,
            note=REASON,
            **dates,
        )
        self._index(revision)
        return revision

    def _index(self, revision: Revision) -> None:
        # Not `positions.index_positions`: these sources become public together with the claim.
        Position.objects.bulk_create(
            Position(
                revision=revision,
                order=order,
                source=self.documents[f"{SOURCE.path}/{position['source']}"],
                product=position["product"] or revision.fields["product"],
            )
            for order, position in enumerate(revision.fields.get("positions", ()))
        )

    def _document(self, file: FileEntry) -> Document:
        kind, key = file.entry.kind, file.key
        treatment = kind.treatment(key)
        owner = self.documents[f"treatments/{treatment}"] if treatment not in ("", key) else None
        document = Document(kind=kind, key=key, treatment=owner)  # type: ignore[misc]
        document.save(force_insert=True)
        self.documents[document.subject] = document
        return document


def _is_same(file: FileEntry, check: Check, before: Revision) -> bool:
    label = label_columns(file.entry.kind.assess(file.entry, check.context))
    stored = {"level": before.level, "ground": before.ground}
    return before.fields == file.entry.fields and label == stored


def _is_relabelled(file: FileEntry, check: Check, newest: Revision) -> bool:
    """Say if the rules now give what was loaded from this very file another label."""
    if not file.entry.kind.is_assessed or newest.state != State.PUBLISHED:
        return False
    now = label_columns(file.entry.kind.assess(file.entry, check.context))
    stored = {"level": newest.level, "ground": newest.ground}
    return newest.file_text == file.text and now != stored


def _conflict(status: SyncStatus, newest: Revision | None) -> str:
    cure = "then run dump_content and keep its file"
    if status is SyncStatus.OFFERED:
        found = "The file's text waits as a draft beside what staff wrote."
        return f"{found} Publish or delete that draft, {cure}."
    if newest and newest.state in OPEN:
        found = "The file changed, but staff are working on this text."
        return f"{found} Finish that revision, {cure}, or load again."
    found = "The file changed, and staff changed or withdrew this: theirs stays."
    return f"{found} The file's text was added as a draft. Settle it in the admin, {cure}."


def _broken(check: Check, broken: CannotPublish) -> Iterator[Finding]:
    for subject, problem in broken.problems:
        file = check.collection.entries.get(subject)
        yield file.place(problem) if file else Finding(f"library:{subject}", problem)


def _turned(files: Iterable[FileEntry]) -> Iterator[Finding]:
    # An address never changes its meaning: readers have links to it.
    addresses = {d.get_absolute_url(): d for d in Document.objects.exclude(newest=None)}
    for file in files:
        other = addresses.get(file.entry.kind.address(file.key))
        if other and other.kind is not file.entry.kind:
            was, now = other.kind.label.lower(), file.entry.kind.label.lower()
            message = f"'{file.key}' is of the kind {was} in the library and cannot become {now}."
            yield Finding(file.path, Problem("kind-changed", f"{message} Use another key.", 1))


def _without_file(check: Check) -> Iterator[Finding]:
    came = Revision.objects.exclude(file_text="").values("document")
    for document in Document.objects.filter(live__isnull=False, pk__in=came):
        if document.subject not in check.collection.entries:
            # Some stay once they were public: claims and pages of the past refer to them.
            cure = f", or withdraw '{document.key}' in the admin"
            cure = cure if document.kind.is_withdrawable else ""
            message = f"The file is gone, but what it said is public. Put it back{cure}."
            path = document.kind.file_path(document.key)
            yield Finding(path, Problem("file-gone", message))
