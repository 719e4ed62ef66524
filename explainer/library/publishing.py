"""The only code that changes what the public sees.

Each verb is one transaction with an actor, a time and a reason, and raises the
edition. What would leave an article with untagged words, unknown keys or a
broken rendering is refused as a whole (requirements R6, R11, D5).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.lint import sentences
from explainer.evidence.pipeline import Explanation, explain
from explainer.evidence.problems import Problem, Refused
from explainer.library import images
from explainer.library.models import (
    Action,
    Appearance,
    Article,
    ArticleVersion,
    Change,
    Claim,
    ClaimVersion,
    Edition,
    ReferenceVersion,
    State,
)
from explainer.library.models.reference import Reference
from explainer.library.models.versions import Version, VersionQuerySet
from explainer.library.nouns import claim_noun, knowledge, public_versions
from explainer.library.words import REFERENCES, part_of_row, row_words

Actor = User | None
"""Who changes something; None stands for the content files."""


class CannotPublish(Exception):
    """The change would break a public page; nothing was changed.

    `problems` holds (article key, problem) pairs.
    """

    def __init__(self, problems: Sequence[tuple[str, Problem]]) -> None:
        self.problems = tuple(problems)
        lines = [f"{key}: line {problem.line}: {problem.message}" for key, problem in problems]
        super().__init__("\n".join(lines))


@transaction.atomic
def publish(
    *,
    versions: Sequence[ClaimVersion | ArticleVersion],
    by: Actor,
    reason: str,
    at: datetime,
) -> None:
    """Make open versions public, each in place of the one published before.

    Checks every article the change touches. Raises `CannotPublish` (and changes
    nothing) if one of them would be broken, ValueError if a version is not open.
    """
    claims = [version for version in versions if isinstance(version, ClaimVersion)]
    articles = [version for version in versions if isinstance(version, ArticleVersion)]
    for version in versions:
        _replace(version, by, reason, at)
    check_labels()
    _settle(articles, [version.claim_id for version in claims])
    Edition.objects.rise(action=Action.PUBLISH, by=by, reason=reason, at=at)


@transaction.atomic
def withdraw(*, what: Claim | Article, by: Actor, reason: str, at: datetime) -> None:
    """Take what is published from the public, for a reason readers will see.

    A claim keeps its address, struck through; an article's address answers 410.
    Raises ValueError if nothing is published, or the reason is empty or praises.
    """
    if not reason.strip():
        raise ValueError("A withdrawal needs a reason: readers will see it.")
    if refused := sentences.plain_words(reason):
        raise ValueError(f"The reason of a withdrawal: {refused[0].message}")
    model = ClaimVersion if isinstance(what, Claim) else ArticleVersion
    own: VersionQuerySet = model.objects.filter(**{model.IDENTITY: what})
    at = _after_it_began(own, at)
    moved = own.published()._transition(
        to=State.WITHDRAWN, ended_at=at, ended_by=by, ended_because=reason
    )
    if not moved:
        raise ValueError(f"'{what.key}' is not published, so it cannot be withdrawn.")
    if isinstance(what, Article):
        what.appearances.all().delete()
        what.image_uses.all().delete()
    Edition.objects.rise(action=Action.WITHDRAW, by=by, reason=reason, at=at)


def _after_it_began(own: VersionQuerySet, at: datetime) -> datetime:
    """Give a time that is not before what is published began, if the clock was set back since.

    The change then has a moment of its own, by which readers' history finds it.
    """
    began: datetime | None = own.published().values_list("published_at", flat=True).first()
    return at if began is None or at >= began else began + timedelta(microseconds=1)


@transaction.atomic
def revise(
    *, rows: Iterable[Reference], by: Actor, reason: str, at: datetime, more_follows: bool = False
) -> None:
    """Store new or changed reference rows: treatments, sources, glossary terms.

    Raises `CannotPublish` (and changes nothing) if a public claim could not stand
    as it is any more, as when its source turns out to be a laboratory study.
    `more_follows` leaves that question to the caller, who asks it by `publish` or
    `check_labels` later in the same transaction.
    """
    stored = [_stored(row) for row in rows]
    _keep_versions(stored, by, reason, at)
    if not more_follows:
        check_labels()
    Edition.objects.rise(action=Action.REVISE, by=by, reason=reason, at=at)


@transaction.atomic
def publish_rows(
    *, versions: Sequence[ReferenceVersion], by: User, reason: str, at: datetime
) -> None:
    """Make open versions of reference rows public: their words become the rows'.

    Raises `CannotPublish` (and changes nothing) if a row can't hold them or a
    public claim could not stand any more.
    """
    for version in versions:
        _put(version)
        _replace(version, by, reason, at)
    check_labels()
    Edition.objects.rise(action=Action.REVISE, by=by, reason=reason, at=at)


@transaction.atomic
def derive(
    *, articles: Iterable[Article], rows: Iterable[ReferenceVersion], reason: str, at: datetime
) -> None:
    """Make anew what publishing derives: what articles show, and what reference rows say.

    Changes no version. An article that is not public shows nothing; `rows` are the
    public versions whose words their rows are to have. Raises `CannotPublish` (and
    changes nothing) if a row can't hold them.
    """
    for version in rows:
        _put(version)
    known, ids = knowledge(), dict(Claim.objects.values_list("key", "pk"))
    for article in articles:
        article.appearances.all().delete()
        article.image_uses.all().delete()
        for public in ArticleVersion.objects.published().filter(article=article):
            _index(public, explain(public.summary, known), explain(public.body, known), ids)
    # The next number is the one after the last change, even if the edition fell behind it.
    last = Change.objects.aggregate(Max("edition"))["edition__max"] or 0
    Edition.objects.filter(number__lt=last).update(number=last)
    Edition.objects.rise(action=Action.REVISE, by=None, reason=reason, at=at)


def _put(version: ReferenceVersion) -> None:
    """Put the words of a version into its row."""
    part, _, key = version.subject.partition("/")
    model, _ = REFERENCES[part]
    row = model._default_manager.filter(key=key).first() or model(key=key)
    for name, value in version.words.items():
        setattr(row, name, value)
    # A file's text that waited as a draft is dumped as that file again.
    row.edited, row.file_text = not version.file_text, version.file_text or row.file_text
    _stored(row)


def _stored(row: Reference) -> Reference:
    try:
        row.full_clean(validate_unique=False)
    except ValidationError as refused:
        problems = [
            (f"{part_of_row(row)}/{row.key}", Problem("not-storable", message, field=field))
            for field, messages in refused.message_dict.items()
            for message in messages
        ]
        raise CannotPublish(problems) from None
    row.save()
    return row


def _keep_versions(rows: Sequence[Reference], by: Actor, reason: str, at: datetime) -> None:
    """Keep what rows say now as their newest published versions, in four queries."""
    subjects = [f"{part_of_row(row)}/{row.key}" for row in rows]
    held = ReferenceVersion.objects.filter(what__in=subjects)
    numbers = dict(held.order_by().values_list("what").annotate(Max("number")))
    held.published()._transition(
        to=State.SUPERSEDED, ended_at=at, ended_by=by, ended_because=reason
    )
    made = ReferenceVersion.objects.bulk_create(
        ReferenceVersion(
            what=subject,
            number=numbers.get(subject, 0) + 1,
            words=row_words(row),
            file_text="" if row.edited else row.file_text,
            author=by,
            created_at=at,
            note=reason,
        )
        for subject, row in zip(subjects, rows, strict=True)
    )
    ReferenceVersion.objects.filter(pk__in=[version.pk for version in made])._transition(
        to=State.PUBLISHED, published_at=at, published_by=by, published_because=reason
    )


def check_labels() -> None:
    """Raise `CannotPublish` if a public claim's label is not what its positions give."""
    if found := list(_misjudged()):
        raise CannotPublish(found)


def _misjudged() -> Iterator[tuple[str, Problem]]:
    """Find public claims whose label is not the one their positions give."""
    for key, version in public_versions().items():
        try:
            level = adjudicate(claim_noun(version)).level
        except Refused as refused:
            yield f"claims/{key}", refused.problem()
            continue
        if level != version.level:
            message = f"The label is stored as '{version.level}', its positions give '{level}'."
            message = f"{message} Save the claim again."
            yield f"claims/{key}", Problem("label-stale", message, field="level")


def _replace(version: Version, by: Actor, reason: str, at: datetime) -> None:
    before = version.siblings.published()
    before._transition(to=State.SUPERSEDED, ended_at=at, ended_by=by, ended_because=reason)
    moved = (
        version.siblings.open()
        .filter(pk=version.pk)
        ._transition(to=State.PUBLISHED, published_at=at, published_by=by, published_because=reason)
    )
    if not moved:
        raise ValueError(f"{version} is not open, so it cannot be published.")
    version.refresh_from_db()


def _settle(published: Sequence[ArticleVersion], claim_ids: Sequence[int]) -> None:
    """Check every article the change touches, and note what those it publishes show."""
    known = knowledge()
    own = {version.article_id for version in published}
    touched = (
        ArticleVersion.objects.published()
        .filter(article__appearances__claim__in=claim_ids)
        .exclude(article__in=own)
    )
    ids = dict(Claim.objects.values_list("key", "pk"))
    problems: list[tuple[str, Problem]] = []
    for version in (*published, *touched.select_related("article").distinct()):
        shown = explain(version.summary, known), explain(version.body, known)
        found = _broken(version, *shown)
        problems += [(version.article.key, problem) for problem in found]
        if version.article_id in own and not found:
            _index(version, *shown, ids)
    if problems:
        raise CannotPublish(problems)


def _broken(version: ArticleVersion, summary: Explanation, body: Explanation) -> list[Problem]:
    return [
        *(problem for problem in (*summary.problems, *body.problems) if problem.is_error),
        *images.lost(summary.figures, version.summary),
        *images.lost(body.figures, version.body),
    ]


def _index(
    version: ArticleVersion, summary: Explanation, body: Explanation, ids: Mapping[str, int]
) -> None:
    """Note which claims and images a published version shows, in place of the one before."""
    claims, figures = shows(summary, body)
    Appearance.objects.filter(article_id=version.article_id).delete()
    Appearance.objects.bulk_create(
        Appearance(article_id=version.article_id, claim_id=ids[key], order=order)
        for order, key in enumerate(claims)
    )
    images.index(version.article_id, figures)


def shows(*texts: Explanation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the keys of the claims and of the images that texts show, each once, in order."""
    claims = dict.fromkeys(item.claim.key for text in texts for item in text.claims)
    return tuple(claims), tuple(dict.fromkeys(key for text in texts for key in text.figures))
