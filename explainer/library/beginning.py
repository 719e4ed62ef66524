"""How drafts begin: a new version of what there is, or the first of something new.

Each verb is one transaction with an actor and a time and writes an audit entry
(requirements D2 and D9). What happens to a draft then is `desk`. Nothing here
changes what the public sees.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from explainer.evidence.problems import Refused
from explainer.library import words
from explainer.library.drafts import AlreadyOpen, Stale, begin
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    ReferenceVersion,
    Save,
    Treatment,
)
from explainer.library.models.versions import OPEN, Version
from explainer.library.permissions import Right, demand
from explainer.library.words import Words

Identity = Claim | Article | str
"""What a version is a version of; text is a reference row's subject, "sources/KEY"."""


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
            origin = like if isinstance(like, Save) else None
            action = "restore" if like else "start"
            begun = begin(_blank(identity), given, by, at, action, origin)
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
        raise Refused(
            "key",
            f"There is no treatment '{key.partition('/')[0]}'. Publish it first.",
            "unknown-treatment",
        )
    taken = Refused(
        "key", f"The claim '{key}' exists already. Open it, or choose another key.", "key-taken"
    )
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
    taken = Refused(
        "key", f"An article '{key}', or one on its topic, exists already. Open that.", "key-taken"
    )
    if ArticleVersion.objects.filter(article__key=key).exists():
        raise taken
    known = Treatment.objects.filter(key=key.partition("/")[0]).first()
    if "/" in key and known is None:
        raise Refused(
            "key",
            f"There is no treatment '{key.partition('/')[0]}'. Publish it first.",
            "unknown-treatment",
        )
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
        raise Refused(
            "key", f"'{subject}' exists already. Open it, or choose another key.", "key-taken"
        )
    return begin(ReferenceVersion(what=subject, words={}), given, by, at, "start")


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
