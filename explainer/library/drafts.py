"""Drafts: save one, throw it away, move it. Nothing here changes what the public sees.

Each verb is one transaction with an actor and a time, writes an audit entry, and
refuses a base that somebody else has saved over (design, "No lost update";
requirements D1 to D3).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max

from explainer.library import audit, words
from explainer.library.models import ClaimVersion, Save, State
from explainer.library.models.versions import Version
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.library.words import Words


class Stale(Exception):
    """Somebody saved, moved or discarded the version in the meantime; nothing was changed.

    `current` is the version as it stands now, or None if it is gone.
    """

    def __init__(self, current: Version | None) -> None:
        self.current = current
        super().__init__("Somebody else changed this in the meantime. Nothing was saved.")


class AlreadyOpen(Exception):
    """There is an open version already; `version` is that one."""

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__("A draft of this is open already. Go on with that one.")


@transaction.atomic
def save(*, version: Version, base: int, given: Words, by: User, at: datetime) -> None:
    """Store the words of a draft, whatever they are worth; only publishing judges them.

    `base` is the save count the editor began from. The update names it, so of two
    savers at once one wins and the other raises `Stale`; nothing is ever lost in
    silence. Raises `NotAllowed` without the right to write.
    """
    demand(by, Right.WRITE)
    _claim_turn(version, base, save_count=F("save_count") + 1, file_text="")
    # Read anew: what the caller holds may be older than the row, or hold more than words.
    version.refresh_from_db()
    before = words.words_of(version)
    _fill(version, given)
    version.saved_at, version.saved_by = at, by
    version.save()
    if isinstance(version, ClaimVersion) and "positions" in given:
        words.put_positions(version, given["positions"])
    _keep(version, by, at)
    audit.record(
        by=by,
        action="save",
        subject=version.subject,
        at=at,
        before=_changed(before, words.words_of(version)),
        after=_changed(words.words_of(version), before) | {"save": version.save_count},
    )


@transaction.atomic
def discard(*, version: Version, base: int, by: User, at: datetime) -> None:
    """Throw an open version away; its saves are kept. Raises `Stale`, `NotAllowed`."""
    demand(by, Right.WRITE)
    _claim_turn(version, base, save_count=F("save_count") + 1)
    # With its number, so that the history can say which saves were thrown away by whom.
    before = {"version": version.number, **words.words_of(version)}
    version.delete()
    audit.record(by=by, action="discard", subject=version.subject, at=at, before=before)


def move(version: Version, base: int, *, state: State, to: State, **columns: Any) -> None:
    """Move an open version between draft and in review; raises `Stale` if it is not as it was.

    For the verbs of `reviewing` and `releasing`; checks no right.
    """
    found = version.siblings.filter(pk=version.pk, save_count=base, state=state)
    if not found.update(state=to, **columns):
        raise Stale(_current(version))
    version.refresh_from_db()


def writers(version: Version) -> set[int]:
    """Give the ids of all who wrote in a version: who started it and who saved it.

    Begun with the words of a save that was never published, it is also who wrote
    those. For the words of a content file, which nobody here wrote, it is who submitted them.
    """
    return writers_of([version])[version.subject]


def writers_of(versions: Iterable[Version]) -> dict[str, set[int]]:
    """Give the writers of versions of different subjects, by subject, in one query."""
    held = {version.subject: version for version in versions}
    found = {
        subject: {version.author_id} if version.author_id else set()
        for subject, version in held.items()
    }
    saves: dict[str, dict[int, list[Save]]] = defaultdict(lambda: defaultdict(list))
    for kept in Save.objects.filter(subject__in=held).defer("words"):
        saves[kept.subject][kept.number].append(kept)
    for subject, version in held.items():
        found[subject] |= _savers(saves[subject], version.number)
        if not found[subject] and version.submitted_by_id:
            found[subject].add(version.submitted_by_id)
    return found


def _savers(saves: Mapping[int, Sequence[Save]], number: int, count: int | None = None) -> set[int]:
    """Give who saved a version, up to one of its saves, and whose words it was begun with."""
    own = [kept for kept in saves.get(number, ()) if count is None or kept.count <= count]
    found = {kept.by_id for kept in own}
    for kept in own:
        # Earlier than this one, so it comes to an end.
        if kept.from_number is not None and kept.from_number < number:
            found |= _savers(saves, kept.from_number, kept.from_count)
    return found


def begin(
    version: Any, given: Words, by: User, at: datetime, action: str, like: Save | None = None
) -> Any:
    """Store the first words of a new version, those of `like` if it is given.

    For verbs only; checks no right.
    """
    saved = Save.objects.filter(subject=version.subject).last_numbers().get(version.subject, 0)
    held = version.siblings.aggregate(last=Max("number"))["last"] or 0
    version.number = max(saved, held) + 1
    version.author, version.created_at = by, at
    version.saved_by, version.saved_at = by, at
    _fill(version, given)
    version.save()
    if isinstance(version, ClaimVersion):
        words.put_positions(version, given.get("positions", []))
    _keep(version, by, at, like)
    audit.record(
        by=by, action=action, subject=version.subject, at=at, after={"version": version.number}
    )
    return version


def _claim_turn(version: Version, base: int, **columns: Any) -> None:
    """Take the turn to write by a conditional update: the database decides who is first."""
    if version.state == State.IN_REVIEW:
        raise NotAllowed("This is in review. Take it back to change it.")
    turn = version.siblings.filter(pk=version.pk, save_count=base, state=State.DRAFT)
    if not turn.update(**columns):
        raise Stale(_current(version))


def _current(version: Version) -> Version | None:
    found = version.siblings.filter(pk=version.pk).first()
    assert found is None or isinstance(found, Version)  # noqa: S101 - for the type checker
    return found


def _fill(version: Version, given: Words) -> None:
    for name, value in words.as_columns(version, given).items():
        setattr(version, name, value)


def _keep(version: Version, by: User, at: datetime, like: Save | None = None) -> None:
    if isinstance(version, ClaimVersion):
        # Positions are read again: the level is what the stored ones lead to.
        fresh = ClaimVersion.objects.prefetch_related("positions__source").get(pk=version.pk)
        version.level = words.level_of(fresh)
        ClaimVersion.objects.filter(pk=version.pk).update(level=version.level)
        version._prefetched_objects_cache = fresh._prefetched_objects_cache  # type: ignore[attr-defined]
    Save.objects.create(
        subject=version.subject,
        number=version.number,
        count=version.save_count,
        words=words.words_of(version),
        by=by,
        at=at,
        from_number=like.number if like else None,
        from_count=like.count if like else None,
    )


def _changed(these: Words, others: Words) -> Words:
    return {name: value for name, value in these.items() if others.get(name) != value}
