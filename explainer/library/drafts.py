"""Drafts: begin one, save it, throw it away. Nothing here changes what the public sees.

Each verb refuses an editor who did not see what somebody else has saved since.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from explainer.kinds import TREATMENT, Kind
from explainer.kinds.schema import Fields, in_order
from explainer.library import audit
from explainer.library.derive import derive
from explainer.library.models import OPEN, Document, Revision, Save, State
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.library.positions import index_positions, label_now
from explainer.text.problems import Refused

ABOUT = ("note", "correction")
"""What an author says about the change itself; saved with the fields, shown in the history."""


class Conflict(Exception):
    """Somebody saved, moved or discarded the revision in the meantime; nothing was changed.

    `current` is the revision as it stands now, or None if it is gone.
    """

    def __init__(self, current: Revision | None) -> None:
        self.current = current
        super().__init__("Somebody else changed this in the meantime. Nothing was saved.")


class AlreadyOpen(Exception):
    """There is an open revision already; `revision` is that one."""

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        super().__init__("A draft of this is open already. Go on with that one.")


@transaction.atomic
def create(*, kind: Kind, key: str, fields: Fields, actor: User, now: datetime) -> Revision:
    """Begin the first revision of a new document.

    Raises `Refused` (field `key`) for a key that can't be used, is in use, or has no treatment.
    """
    demand(actor, Right.WRITE)
    if message := kind.refuse_key(key):
        raise Refused("key", message, "bad-key")
    taken = Refused("key", f"'{key}' exists already. Open it, or choose another key.", "key-taken")
    treatment = _treatment(kind, key)
    try:
        with transaction.atomic():
            # One whose only draft was discarded is begun again under its key.
            document, _ = Document.objects.get_or_create(
                kind=kind, key=key, defaults={"treatment": treatment}
            )
            if document.newest_id is not None:
                raise taken
            return begin(document, fields, actor, now, "start")
    except IntegrityError:
        raise taken from None


@transaction.atomic
def start(
    *,
    document: Document,
    actor: User,
    now: datetime,
    copy_from: Revision | Save | None = None,
    expected: int | None = None,
) -> Revision:
    """Begin a new revision with the words of `copy_from`, or else of the newest one.

    Also how an old revision, or what was once saved, is restored. `expected` is the number of the
    newest revision that the person saw, 0 for none. Raises `NotAllowed`, `AlreadyOpen` if a
    draft is open, `Conflict` if another revision is the newest by now.
    """
    demand(actor, Right.WRITE)
    # Publishing writes this row too, so what is read next stays the newest until the end.
    Document.objects.select_for_update().get(pk=document.pk)
    before = newest(document)
    if before is not None and before.state in OPEN:
        raise AlreadyOpen(before)
    number = before.number if before else 0
    if expected is not None and expected != number:
        raise Conflict(before)
    fields = _fields_of(copy_from or before, document)
    try:
        with transaction.atomic():
            save = copy_from if isinstance(copy_from, Save) else None
            action = "restore" if copy_from else "start"
            return begin(document, fields, actor, now, action, copied=save)
    except IntegrityError:
        # Two began in the same moment: the database lets one of them, the other goes on there.
        if (other := newest(document)) is None:
            raise
        raise (AlreadyOpen(other) if other.state in OPEN else Conflict(other)) from None


@transaction.atomic
def save(*, revision: Revision, expected: int, fields: Fields, actor: User, now: datetime) -> None:
    """Store the words of a draft, whatever they are worth; only publishing judges them.

    `expected` is the lock version that the editor began from. The update names it, so of two
    savers at once one wins and the other raises `Conflict`; nothing is ever lost in silence.
    A field that `fields` lacks stays as it is. Raises `NotAllowed`.
    """
    demand(actor, Right.WRITE)
    if revision.state == State.IN_REVIEW:
        raise NotAllowed("This is in review. Take it back to change it.")
    # Read anew: what the caller holds may be older than the row.
    current = _current(revision)
    if current is None or (current.lock_version, current.state) != (expected, State.DRAFT):
        raise Conflict(current)
    before = saved_fields(current)
    columns = _columns(current, fields, actor, now)
    turn = Revision.objects.filter(pk=revision.pk, lock_version=expected, state=State.DRAFT)
    if not turn.update(lock_version=F("lock_version") + 1, file_text="", **columns):
        raise Conflict(_current(revision))
    for name, value in {**columns, "lock_version": expected + 1, "file_text": ""}.items():
        setattr(revision, name, value)
    revision.document = current.document
    if before.get("positions") != revision.fields.get("positions"):
        index_positions(revision)
    _keep(revision, actor, now)
    derive(revision.document, filter(None, [revision, revision.document.live]))
    after = saved_fields(revision)
    before, after = _changed(before, after), _changed(after, before)
    after["save"] = revision.lock_version
    audit.record(actor, "save", now, subject=revision.subject, before=before, after=after)


@transaction.atomic
def discard(*, revision: Revision, expected: int, actor: User, now: datetime) -> None:
    """Throw an open revision away; its saves stay. Raises `Conflict`, `NotAllowed`."""
    demand(actor, Right.WRITE)
    if revision.state == State.IN_REVIEW:
        raise NotAllowed("This is in review. Take it back to change it.")
    lock(revision, expected, state=State.DRAFT)
    document = revision.document
    # With its number, so that the history can say which saves were thrown away by whom.
    before = {"revision": revision.number, **saved_fields(revision)}
    rest = list(document.revisions.exclude(pk=revision.pk).defer("file_text"))
    derive(document, rest)
    revision.delete()
    audit.record(actor, "discard", now, subject=document.subject, before=before)


def lock(revision: Revision, expected: int, *, state: State) -> None:
    """Hold a revision to the end of the transaction if it is as it was seen; else `Conflict`."""
    own = Revision.objects.filter(pk=revision.pk, lock_version=expected, state=state)
    if not own.update(state=state):
        raise Conflict(_current(revision))
    revision.refresh_from_db()


def newest(document: Document) -> Revision | None:
    return document.revisions.select_related("document").order_by("-number").first()


def saved_fields(revision: Revision) -> Fields:
    about = {name: getattr(revision, name) for name in ABOUT}
    return {**in_order(revision.document.kind.schema, revision.fields), **about}


def writers(revision: Revision) -> set[int]:
    """Give the ids of all who wrote in a revision: who started it and who saved it.

    Begun with the words of a save that was never published, it is also who wrote those. For the
    words of a content file, which nobody here wrote, it is who submitted them.
    """
    return writers_of([revision])[revision.pk]


def writers_of(revisions: Iterable[Revision]) -> dict[int, set[int]]:
    """Give the writers of revisions of different documents, by revision, in one query."""
    revisions = list(revisions)
    saves: dict[int, dict[int, list[Save]]] = defaultdict(lambda: defaultdict(list))
    documents = [revision.document_id for revision in revisions]
    for found in Save.objects.filter(document__in=documents).defer("fields"):
        saves[found.document_id][found.number].append(found)
    result = {}
    for revision in revisions:
        people = {revision.author_id} if revision.author_id else set()
        people |= _savers(saves[revision.document_id], revision.number)
        if not people and revision.submitted_by_id:
            people.add(revision.submitted_by_id)
        result[revision.pk] = people
    return result


def _savers(saves: Mapping[int, Sequence[Save]], number: int, last: int | None = None) -> set[int]:
    """Give who saved a revision, up to one of its saves, and whose words it was begun with."""
    own = [found for found in saves.get(number, ()) if last is None or found.lock_version <= last]
    people = {found.actor_id for found in own}
    for found in own:
        # Earlier than this one, so it comes to an end.
        if found.from_number is not None and found.from_number < number:
            people |= _savers(saves, found.from_number, found.from_lock_version)
    return people


def _treatment(kind: Kind, key: str) -> Document | None:
    name = kind.treatment(key)
    if not name or name == key:
        return None
    document = Document.objects.filter(kind=TREATMENT, key=name).first()
    if document is None:
        message = f"There is no treatment '{name}'. Begin it first."
        raise Refused("key", message, "no-treatment")
    return document


def _fields_of(source: Revision | Save | None, document: Document) -> Fields:
    if source is None:
        return {}
    if isinstance(source, Revision):
        return dict(source.fields)
    # A note is about one change: it goes along if that change was never made.
    is_there = document.revisions.filter(number=source.number).exists()
    left_out = ABOUT if is_there else ()
    return {name: value for name, value in source.fields.items() if name not in left_out}


def begin_after(
    public: Revision, fields: Fields, actor: User, now: datetime, action: str, **more: Any
) -> Revision:
    """Begin what follows a public revision at once; as `begin`.

    Raises `AlreadyOpen` while somebody has a draft open.
    """
    document = public.document
    if opened := document.revisions.open().first():
        raise AlreadyOpen(opened)
    try:
        with transaction.atomic():
            return begin(document, fields, actor, now, action, **more)
    except IntegrityError:
        # Somebody began a draft in the same moment; the database let theirs be the first.
        if opened := document.revisions.open().first():
            raise AlreadyOpen(opened) from None
        raise Conflict(public) from None


def begin(
    document: Document,
    fields: Fields,
    actor: User,
    now: datetime,
    action: str,
    *,
    copied: Save | None = None,
    columns: Mapping[str, Any] | None = None,
    is_saved: bool = True,
) -> Revision:
    """Store the first words of a new revision, those of `copied` if it is given.

    For verbs only; checks no right. `columns` are further columns of the row; not `is_saved` are
    words that nobody wrote by this.
    """
    # A discarded draft's number is not used again: its saves have it.
    last = max(
        document.revisions.aggregate(last=Max("number"))["last"] or 0,
        document.saves.aggregate(last=Max("number"))["last"] or 0,
    )
    revision = Revision(document=document, number=last + 1, author=actor, created_at=now)
    words = _columns(revision, fields, actor, now)
    for name, value in {**words, **(columns or {})}.items():
        setattr(revision, name, value)
    revision.save(force_insert=True)
    index_positions(revision)
    if is_saved:
        _keep(revision, actor, now, copied)
    derive(document, filter(None, [revision, document.live]))
    after = {"revision": revision.number}
    audit.record(actor, action, now, subject=document.subject, after=after)
    return revision


def _columns(revision: Revision, fields: Fields, actor: User, now: datetime) -> dict[str, Any]:
    kind = revision.document.kind
    known = {field.name for field in kind.schema}
    words = {name: value for name, value in fields.items() if name in known}
    revision.fields = in_order(kind.schema, {**revision.fields, **words})
    about = {name: fields[name] for name in ABOUT if name in fields}
    return {
        "fields": revision.fields,
        **label_now(revision),
        "saved_at": now,
        "saved_by": actor,
        **about,
    }


def _keep(revision: Revision, actor: User, now: datetime, copied: Save | None = None) -> None:
    Save.objects.create(
        document=revision.document,
        number=revision.number,
        lock_version=revision.lock_version,
        fields=saved_fields(revision),
        actor=actor,
        at=now,
        from_number=copied.number if copied else None,
        from_lock_version=copied.lock_version if copied else None,
    )


def _current(revision: Revision) -> Revision | None:
    rows = Revision.objects.select_related("document__live")
    return rows.filter(pk=revision.pk).first()


def _changed(these: Fields, others: Fields) -> Fields:
    return {name: value for name, value in these.items() if others.get(name) != value}
