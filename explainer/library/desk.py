"""Drafts: start one, save it, throw it away. Nothing here changes what the public sees.

Each verb is one transaction with an actor and a time, writes an audit entry, and
refuses a base that somebody else has saved over (design, "No lost update";
requirements D1 to D3).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from explainer.evidence.problems import Refused
from explainer.library import audit, words
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    ReferenceVersion,
    Save,
    State,
    Treatment,
)
from explainer.library.models.versions import OPEN, Version
from explainer.library.rights import NotAllowed, Right, demand
from explainer.library.words import Words

Identity = Claim | Article | str
"""What a version is a version of; text is a reference row's subject, "sources/KEY"."""


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


def newest(identity: Identity) -> Version | None:
    """Give the newest version of a claim, article or reference row."""
    version = _versions(identity).order_by("-number").first()
    assert version is None or isinstance(version, Version)  # noqa: S101 - for the type checker
    return version


@transaction.atomic
def start(
    *,
    identity: Identity,
    by: User,
    at: datetime,
    like: Version | Save | None = None,
    seen: int | None = None,
) -> Version:
    """Start a new version as a draft, with the words of `like` or of the newest version.

    Also how an old version, or what was once saved, is restored: its words become a draft
    of their own. `seen` is the number of the newest version that the person saw, 0 for none
    (requirement D2). Raises `NotAllowed` without the right to write, `AlreadyOpen` if a
    draft is open, `Stale` if another version is the newest by now.
    """
    demand(by, Right.WRITE)
    before = newest(identity)
    if before is not None and before.state in OPEN:
        raise AlreadyOpen(before)
    given = _words_like(like or before, identity)
    try:
        with transaction.atomic():
            begun = begin(_blank(identity), given, by, at, "restore" if like else "start")
    except IntegrityError:
        # Two began in the same moment: the database lets one of them, the other goes on there.
        if (other := newest(identity)) is None:
            raise
        raise (AlreadyOpen(other) if other.state in OPEN else Stale(other)) from None
    if seen is None:
        seen = before.number if before else 0
    _refuse_newer(begun, seen)
    assert isinstance(begun, Version)  # noqa: S101 - for the type checker
    return begun


@transaction.atomic
def begin_claim(*, key: str, given: Words, by: User, at: datetime) -> ClaimVersion:
    """Start the first version of a new claim.

    Raises `Refused` (field `key`) for a key without a treatment or one in use.
    """
    demand(by, Right.WRITE)
    treatment = Treatment.objects.filter(key=key.partition("/")[0]).first()
    if treatment is None:
        raise Refused("key", f"There is no treatment '{key.partition('/')[0]}'. Publish it first.")
    taken = Refused("key", f"The claim '{key}' exists already. Open it, or choose another key.")
    if ClaimVersion.objects.filter(claim__key=key).exists():
        raise taken
    try:
        with transaction.atomic():
            # A claim whose only draft was discarded is begun again under its key.
            claim, _ = Claim.objects.get_or_create(key=key, defaults={"treatment": treatment})
            begun: ClaimVersion = begin(ClaimVersion(claim=claim), given, by, at, "start")
    except IntegrityError:
        raise taken from None
    return begun


@transaction.atomic
def begin_article(*, key: str, topic: str, given: Words, by: User, at: datetime) -> ArticleVersion:
    """Start the first version of a new article: a topic, an overview or a page of the site.

    Raises `Refused` (field `key`) for a key in use or a topic without its treatment.
    """
    demand(by, Right.WRITE)
    taken = Refused("key", f"An article '{key}', or one on its topic, exists already. Open that.")
    if ArticleVersion.objects.filter(article__key=key).exists():
        raise taken
    known = Treatment.objects.filter(key=key.partition("/")[0]).first()
    if "/" in key and known is None:
        raise Refused("key", f"There is no treatment '{key.partition('/')[0]}'. Publish it first.")
    try:
        with transaction.atomic():
            place = {"treatment": known, "topic": topic}
            article, _ = Article.objects.update_or_create(key=key, defaults=place)
            begun: ArticleVersion = begin(ArticleVersion(article=article), given, by, at, "start")
    except IntegrityError:
        raise taken from None
    return begun


@transaction.atomic
def begin_row(*, subject: str, given: Words, by: User, at: datetime) -> ReferenceVersion:
    """Start the first version of a new treatment, source or glossary term.

    Raises `Refused` (field `key`) if there is or was one under this key.
    """
    demand(by, Right.WRITE)
    if ReferenceVersion.objects.filter(what=subject).exists():
        raise Refused("key", f"'{subject}' exists already. Open it, or choose another key.")
    return begin(ReferenceVersion(what=subject, words={}), given, by, at, "start")


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

    For the words of a content file, which nobody here wrote, it is who submitted them.
    """
    return writers_of([version])[version.subject]


def writers_of(versions: Iterable[Version]) -> dict[str, set[int]]:
    """Give the writers of versions of different subjects, by subject, in one query."""
    held = {version.subject: version for version in versions}
    found = {
        subject: {version.author_id} if version.author_id else set()
        for subject, version in held.items()
    }
    saves = Save.objects.filter(subject__in=held)
    for subject, number, by in saves.values_list("subject", "number", "by"):
        if number == held[subject].number:
            found[subject].add(by)
    for subject, version in held.items():
        if not found[subject] and version.submitted_by_id:
            found[subject].add(version.submitted_by_id)
    return found


def begin(version: Any, given: Words, by: User, at: datetime, action: str) -> Any:
    """Store the first words of a new version. For verbs only; checks no right."""
    saved = Save.objects.filter(subject=version.subject).last_numbers().get(version.subject, 0)
    held = version.siblings.aggregate(last=Max("number"))["last"] or 0
    version.number = max(saved, held) + 1
    version.author, version.created_at = by, at
    version.saved_by, version.saved_at = by, at
    _fill(version, given)
    version.save()
    if isinstance(version, ClaimVersion):
        words.put_positions(version, given.get("positions", []))
    _keep(version, by, at)
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


def _words_like(source: Version | Save | None, identity: Identity) -> Words:
    """Give the words to begin with; nothing for a subject that has none."""
    if source is None:
        return {}
    if isinstance(source, Version):
        return words.public_words_of(source)
    # A note is about one change: it goes along if that change was never made.
    is_there = _versions(identity).filter(number=source.number).exists()
    left_out = words.ABOUT if is_there else ()
    return {name: value for name, value in source.words.items() if name not in left_out}


def _refuse_newer(begun: Version, seen: int) -> None:
    """Raise `Stale` unless the version before this one is the one that was seen.

    Asked once the new version is stored: while it is open, nobody can begin or publish one.
    """
    others = begun.siblings.exclude(pk=begun.pk).order_by("-number")
    before = others.first()
    if seen != (before.number if before else 0):
        raise Stale(before)


def _versions(identity: Identity) -> Any:
    if isinstance(identity, Claim):
        return ClaimVersion.objects.filter(claim=identity)
    if isinstance(identity, Article):
        return ArticleVersion.objects.filter(article=identity)
    return ReferenceVersion.objects.filter(what=identity)


def _blank(identity: Identity) -> Version:
    if isinstance(identity, Claim):
        return ClaimVersion(claim=identity)
    if isinstance(identity, Article):
        return ArticleVersion(article=identity)
    return ReferenceVersion(what=identity, words={})


def _fill(version: Version, given: Words) -> None:
    for name, value in words.as_columns(version, given).items():
        setattr(version, name, value)


def _keep(version: Version, by: User, at: datetime) -> None:
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
    )


def _changed(these: Words, others: Words) -> Words:
    return {name: value for name, value in these.items() if others.get(name) != value}
