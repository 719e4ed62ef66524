"""The seam's first half: rows become the evidence core's nouns.

Nothing is decided here; the nouns check themselves and `adjudicate` decides.
"""

from collections.abc import Iterable, Iterator

from explainer.evidence import claims as nouns
from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.context import Context, Term
from explainer.evidence.levels import Bearing, Kind, Level, Reason, Seen, SourceKind, Topic
from explainer.evidence.problems import Refused
from explainer.library.images import figures
from explainer.library.models import (
    Claim,
    ClaimVersion,
    GlossaryTerm,
    Position,
    Source,
    State,
    Treatment,
)

PUBLIC_STATES = (State.PUBLISHED, State.WITHDRAWN)
"""States of a claim that a page may show: withdrawn ones stand struck through."""


def source_noun(row: Source) -> nouns.Source:
    """Give the evidence core's source for a row."""
    return nouns.Source(
        row.key, row.title, SourceKind(row.kind), Seen(row.seen), row.sells_treatment
    )


def position_noun(row: Position) -> nouns.Position:
    """Give the evidence core's position for a row whose source is loaded."""
    return nouns.Position(source_noun(row.source), Level(row.level), row.says, row.product)


def claim_noun(version: ClaimVersion) -> nouns.Claim:
    """Give the evidence core's claim for a version whose positions are loaded."""
    withdrawn = version.ended_because if version.state == State.WITHDRAWN else ""
    return nouns.Claim(
        key=version.claim.key,
        statement=version.statement,
        topic=Topic(version.topic),
        kind=Kind(version.kind),
        bearing=Bearing(version.bearing),
        positions=tuple(position_noun(row) for row in version.positions.all()),
        product=version.product,
        reason=Reason(version.reason) if version.reason else None,
        level=Level(version.override) if version.override else None,
        level_reason=version.override_reason,
        would_change=version.would_change,
        ask=version.ask,
        withdrawn=withdrawn,
    )


def public_versions(claims: Iterable[Claim] | None = None) -> dict[str, ClaimVersion]:
    """Give each claim's version that a page may show, by key, in three queries.

    A claim that was withdrawn and published again shows its published version.
    """
    versions = ClaimVersion.objects.filter(state__in=PUBLIC_STATES)
    if claims is not None:
        versions = versions.filter(claim__in=claims)
    rows = (
        versions.select_related("claim")
        .prefetch_related("positions__source")
        .order_by("claim__key", "number")
    )
    return {version.claim.key: version for version in rows}


def term_nouns() -> dict[str, Term]:
    """Give every term of the glossary, by key."""
    return {row.key: Term(row.key, row.term, tuple(row.also)) for row in GlossaryTerm.objects.all()}


def knowledge(also: Iterable[ClaimVersion] = ()) -> Context:
    """Give everything published, for checks, previews and publishing.

    `also` are versions that stand in for the public ones, or beside them, as if
    they were published; those whose label cannot be decided yet are left out.
    Its figures are all images there are, at the addresses that answer staff alone:
    readers' pages are made by `explanations`, which asks for theirs.
    """
    names = [name for row in Treatment.objects.all() for name in (row.name, *row.also)]
    return Context(
        claims={key: claim_noun(version) for key, version in public_versions().items()}
        | dict(_decidable(also)),
        sources={row.key: source_noun(row) for row in Source.objects.all()},
        terms=term_nouns(),
        figures=figures(for_staff=True),
        treatment_names=tuple(names),
    )


def _decidable(versions: Iterable[ClaimVersion]) -> Iterator[tuple[str, nouns.Claim]]:
    for version in versions:
        try:
            claim = claim_noun(version)
            adjudicate(claim)
        except (Refused, ValueError):
            # A draft may leave open what decides its label.
            continue
        yield claim.key, claim
