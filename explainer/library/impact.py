"""What publishing some versions would do for the public, found out by doing it and undoing it.

Everything happens inside a savepoint that is rolled back: no row, no edition and no
audit entry is left behind. What the rules say comes from `readiness` and
`publishing`, what a page shows from `scenes`, what differs from `differences`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, transaction
from django.db.models import prefetch_related_objects

from explainer.evidence.pipeline import explain
from explainer.evidence.problems import Problem
from explainer.library import publishing, readiness, releasing, words
from explainer.library.diff import FieldDiff, Piece, PieceKind, field_diffs, word_diff
from explainer.library.models import ArticleVersion, ClaimVersion, ReferenceVersion
from explainer.library.models.versions import Version
from explainer.library.nouns import PUBLIC_STATES, knowledge
from explainer.library.publishing import CannotPublish
from explainer.library.scenes import Labels, Scene, Side, scenes_of, side_of

BESIDE = 120
"""Signs shown on each side of what changes on a page."""

Found = tuple[tuple[str, Problem], ...]
"""Problems, each with the subject or page it is about."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the versions itself: as readers see it before and after, and field by field."""

    version: Version
    before: Side | None
    after: Side | None
    fields: tuple[FieldDiff, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A public page that changes: the labels it gains and loses, and what its text changes."""

    title: str
    address: str
    gained: Labels
    lost: Labels
    pieces: tuple[Piece, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """The words of each column of the comparison: (option, before, after), and what is uneven."""

    columns: tuple[tuple[str, int, int], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What publishing would do.

    `problems` are those of the versions themselves, `refusals` what publishing says
    of pages it would break. `needs` are the claims that texts show and that must
    become public in the same step; the rehearsal published them too.
    """

    problems: Found
    refusals: Found
    needs: tuple[ClaimVersion, ...]
    shown: tuple[Shown, ...]
    pages: tuple[Page, ...]
    balance: Balance | None

    @property
    def publishable(self) -> bool:
        """True if nothing but approval is missing."""
        return not self.refusals and not any(problem.is_error for _, problem in self.problems)


def rehearse(versions: Sequence[Version], by: User, at: datetime) -> Rehearsal:
    """Find out what publishing open versions together would do; takes approval for granted."""
    needs = needed_by(versions)
    together = [*needs, *versions]
    claims = [version for version in together if isinstance(version, ClaimVersion)]
    prefetch_related_objects(claims, "positions__source")
    also = [*readiness.coming(), *claims]
    shown = tuple(_shown(version, also) for version in versions)
    problems = tuple(readiness.problems_of(together, also))
    with transaction.atomic():
        # First, as every release does: else the two could wait for each other for ever.
        releasing.take_turn()
        before = scenes_of(together)
        refusals = _perform(together, by, at)
        after = before if refusals else scenes_of(together)
        transaction.set_rollback(True)
    pages = tuple(_pages(before, after))
    return Rehearsal(problems, refusals, needs, shown, pages, _balance(before, after))


def needed_by(versions: Sequence[Version]) -> tuple[ClaimVersion, ...]:
    """Give the claims that texts show and readers do not know yet, apart from those given."""
    given = {version.claim_id for version in versions if isinstance(version, ClaimVersion)}
    known = ClaimVersion.objects.filter(state__in=PUBLIC_STATES).values("claim")
    coming = readiness.coming().exclude(claim__in=known).exclude(claim__in=given)
    by_key = {version.claim.key: version for version in coming}
    articles = [version for version in versions if isinstance(version, ArticleVersion)]
    if not by_key or not articles:
        return ()
    knows = knowledge(by_key.values())
    texts = (text for article in articles for text in (article.summary, article.body))
    keys = dict.fromkeys(item.claim.key for text in texts for item in explain(text, knows).claims)
    return tuple(by_key[key] for key in keys if key in by_key)


def _shown(version: Version, also: Sequence[ClaimVersion]) -> Shown:
    held = version.siblings.published().first()
    if isinstance(held, ClaimVersion):
        prefetch_related_objects([held], "positions__source")
    was = words.public_words_of(held) if held else {}
    return Shown(
        version,
        side_of(held, (), "before-") if held else None,
        side_of(version, also, "after-"),
        field_diffs(was, words.public_words_of(version)),
    )


def _perform(versions: Sequence[Version], by: User, at: datetime) -> Found:
    """Publish copies of the versions, as `releasing.release` would; give what is refused."""
    try:
        with transaction.atomic():
            copies = [_approved(version, by, at) for version in versions]
            rows = [copy for copy in copies if isinstance(copy, ReferenceVersion)]
            texts = [copy for copy in copies if isinstance(copy, ClaimVersion | ArticleVersion)]
            if rows:
                publishing.publish_rows(versions=rows, by=by, reason="-", at=at)
            if texts:
                publishing.publish(versions=texts, by=by, reason="-", at=at)
    except CannotPublish as refused:
        return refused.problems
    except (IntegrityError, DataError, ValueError):
        # The database and the nouns refuse what lacks a part; its problems say which.
        message = "This is not complete yet, so it is not known what it would change."
        return tuple((version.subject, Problem("not-complete", message)) for version in versions)
    return ()


def _approved(version: Version, by: User, at: datetime) -> Version:
    """Give a copy that the database lets become public, as if somebody else had written it.

    It is undone with everything else, so nobody approved it.
    """
    own = version.siblings.open().filter(pk=version.pk)
    day = at.date()
    own.update(
        author=None,
        approved_by=by,
        approved_at=at,
        reviewed_by="-",
        reviewer_qualification="-",
        reviewed_at=day,
        review_due=day + timedelta(days=1),
    )
    found = own.first()
    if not isinstance(found, Version):
        raise ValueError(f"{version} is not open, so it cannot be published.")
    return found


def _pages(before: Mapping[str, Scene], after: Mapping[str, Scene]) -> Iterator[Page]:
    nothing = Scene()
    for address in dict.fromkeys([*after, *before]):
        was, now = before.get(address, nothing), after.get(address, nothing)
        if was != now:
            yield Page(
                now.title or was.title,
                address,
                gained=dict(Counter(now.labels) - Counter(was.labels)),
                lost=dict(Counter(was.labels) - Counter(now.labels)),
                pieces=tuple(_near(word_diff(was.text, now.text))),
                is_new=address not in before,
            )


def _near(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Leave out what stays the same, but for some words beside what changes."""
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.kind is not PieceKind.SAME or len(text) <= 2 * BESIDE:
            yield piece
            continue
        before = text[:BESIDE] if place else ""
        after = text[-BESIDE:] if place < len(pieces) - 1 else ""
        yield Piece(piece.kind, f"{before} … {after}")


def _balance(before: Mapping[str, Scene], after: Mapping[str, Scene]) -> Balance | None:
    """Weigh the comparison's columns, if it changes."""
    for address, now in after.items():
        was = before.get(address, Scene())
        if now.columns and was != now:
            options = dict.fromkeys([*was.columns, *now.columns])
            columns = ((o, was.columns.get(o, 0), now.columns.get(o, 0)) for o in options)
            return Balance(tuple(columns), now.uneven)
    return None
