"""What was public at a moment, read from versions: the material of past pages.

Changes nothing; what it hands out are rows of versions, put back in memory alone.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Q

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.pipeline import AssessedClaim, Context, Term
from explainer.library.images import figures
from explainer.library.models import ArticleVersion, ClaimVersion, ReferenceVersion, Source, State
from explainer.library.models.versions import FIXED, VersionQuerySet
from explainer.library.nouns import claim_noun, source_noun
from explainer.library.past.shown import PastClaim
from explainer.library.words import Words


def public(versions: VersionQuerySet, at: datetime) -> VersionQuerySet:
    """Keep what was public at a moment: from its publication up to its end, the end left out."""
    return versions.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), published_at__lte=at)


def article(key: str, at: datetime) -> ArticleVersion | None:
    """Give the article's version that was public then."""
    versions = ArticleVersion.objects.filter(article__key=key)
    return public(versions, at).select_related("article__treatment").first()


def rows(part: str, at: datetime) -> dict[str, Words]:
    """Give the words of the reference rows that were public then, by key, in its order."""
    held = public(ReferenceVersion.objects.filter(what__startswith=f"{part}/"), at)
    return {
        version.what.partition("/")[2]: version.words for version in held.order_by("what", "number")
    }


def claims(at: datetime, key: str = "") -> dict[str, ClaimVersion]:
    """Give each claim's version that a page could show then: published, or withdrawn last."""
    versions = ClaimVersion.objects.filter(claim__key=key) if key else ClaimVersion.objects.all()
    withdrawn = versions.filter(state=State.WITHDRAWN, ended_at__lte=at)
    shown = (public(versions, at) | withdrawn).select_related("claim__treatment")
    shown = shown.prefetch_related("positions__source")
    found = {version.claim.key: version for version in shown.order_by("claim__key", "number")}
    known = _sources(at)
    for version in found.values():
        _put_back(version, known, at)
    return found


def standing(at: datetime) -> tuple[PastClaim, ...]:
    """Give the claims that stood then, judged, by key; withdrawn ones are left out."""
    return tuple(
        judged(version) for version in claims(at).values() if version.state == State.PUBLISHED
    )


def judged(version: ClaimVersion) -> PastClaim:
    """Give a claim's version with the label it had."""
    claim = claim_noun(version)
    return PastClaim(version, AssessedClaim(claim, adjudicate(claim)))


def knowledge(shown: Mapping[str, ClaimVersion], at: datetime) -> Context:
    """Give what texts could refer to then.

    Images never change, so a text shows those that it showed; their addresses are
    the staff's, because readers may no longer be able to see them.
    """
    return Context(
        claims={key: claim_noun(version) for key, version in shown.items()},
        sources={key: source_noun(row) for key, row in _sources(at).items()},
        terms=terms(at),
        figures=figures(for_staff=True),
    )


def terms(at: datetime) -> dict[str, Term]:
    """Give the words that were explained then."""
    return {
        key: Term(key, words["term"], tuple(words["also"])) for key, words in _first("glossary", at)
    }


def _put_back(version: ClaimVersion, known: Mapping[str, Source], at: datetime) -> None:
    """Turn a version, in memory alone, into what it was: its state then and its sources."""
    if version.ended_at is not None and version.ended_at > at:
        version.state = State.PUBLISHED
    for position in version.positions.all():
        position.source = known.get(position.source.key, position.source)


def _sources(at: datetime) -> dict[str, Source]:
    return {key: Source(key=key, **words) for key, words in _first("sources", at)}


def _first(part: str, at: datetime) -> Iterator[tuple[str, Words]]:
    """Give the words of reference rows then; a row without a version of then, its first."""
    held: dict[str, ReferenceVersion] = {}
    versions = ReferenceVersion.objects.filter(what__startswith=f"{part}/", state__in=FIXED)
    for version in versions.order_by("what", "number"):
        key = version.what.partition("/")[2]
        if key not in held or (version.published_at and version.published_at <= at):
            held[key] = version
    return ((key, version.words) for key, version in held.items())
