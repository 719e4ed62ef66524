"""The seam: published rows become the explanations a page shows.

The only place where words of the library turn into HTML for a template; its
`trusted` is the one caller of `mark_safe`, on what the sanitiser returned.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from explainer.evidence import claims as nouns
from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.pipeline import Explanation, Judged, Knowledge, explain
from explainer.evidence.render import anchor
from explainer.library.models import ArticleVersion, Claim, ClaimVersion, Source, State
from explainer.library.nouns import (
    claim_noun,
    knowledge,
    public_versions,
    source_noun,
    term_nouns,
)

SUMMARY_PREFIX = "short-"
"""Keeps the ids of a short answer apart from those of the body below it."""


@dataclass(frozen=True, slots=True)
class PositionEntry:
    """A position as a page lists it: with its source's row, and whether it decided."""

    position: nouns.Position
    source: Source
    decides: bool
    borrowed: bool


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim as a page lists it, with everything a reader may ask of it."""

    version: ClaimVersion
    judged: Judged
    why_html: SafeString
    positions: tuple[PositionEntry, ...]

    @property
    def key(self) -> str:
        """The claim's key, treatment/slug."""
        return self.judged.claim.key

    @property
    def anchor(self) -> str:
        """The id that the labels of a page link to."""
        return anchor(self.key)

    @property
    def url(self) -> str:
        """The claim's own address."""
        return f"/claims/{self.key}/"

    @property
    def withdrawn(self) -> bool:
        """True if the claim was public once and no longer stands."""
        return self.version.state == State.WITHDRAWN


@dataclass(frozen=True, slots=True)
class ArticleExplanation:
    """A version of an article, explained: short answer, body, claims and sources."""

    version: ArticleVersion
    summary: Explanation
    body: Explanation
    claims: tuple[ClaimEntry, ...]
    sources: tuple[Source, ...]

    @property
    def summary_html(self) -> SafeString:
        """The short answer for a template."""
        return trusted(self.summary)

    @property
    def body_html(self) -> SafeString:
        """The body for a template."""
        return trusted(self.body)


def trusted(explanation: Explanation) -> SafeString:
    """Hand sanitised HTML to a template."""
    return mark_safe(explanation.html)  # noqa: S308 - the sanitiser is the last step before this


def explain_article(version: ArticleVersion) -> ArticleExplanation:
    """Explain a version of an article.

    `version.article` must be loaded. Takes a fixed number of queries, whatever
    the number of claims: a published version loads the claims that publishing
    found in it, a draft everything that is published.
    """
    published = version.state == State.PUBLISHED
    shown = Claim.objects.filter(appearances__article=version.article) if published else None
    versions = public_versions(shown)
    rows = {row.key: row for row in Source.objects.defer("appraisal", "file_text")}
    known = Knowledge(
        claims={key: claim_noun(row) for key, row in versions.items()},
        sources={key: source_noun(row) for key, row in rows.items()},
        terms=term_nouns(),
    )
    summary = explain(version.summary, known, prefix=SUMMARY_PREFIX)
    body = explain(version.body, known)
    judged = {item.claim.key: item for item in (*summary.claims, *body.claims)}
    entries = tuple(_entry(versions[key], item, known) for key, item in judged.items())
    return ArticleExplanation(
        version, summary, body, entries, _sources(rows, summary, body, entries)
    )


def explain_claim(version: ClaimVersion) -> ClaimEntry:
    """Explain one version of a claim; its claim, positions and sources should be loaded."""
    claim = claim_noun(version)
    known = Knowledge(terms=term_nouns())
    return _entry(version, Judged(claim, adjudicate(claim)), known)


def explain_markdown(text: str, known: Knowledge | None = None) -> SafeString:
    """Turn a text that stands under its own claim or source into HTML."""
    return trusted(explain(text, known or Knowledge()))


def preview(text: str) -> Explanation:
    """Explain a text of the dialect against everything that is published."""
    return explain(text, knowledge())


def _entry(version: ClaimVersion, judged: Judged, known: Knowledge) -> ClaimEntry:
    positions = tuple(
        PositionEntry(
            position,
            row.source,
            decides=position in judged.verdict.deciding,
            borrowed=judged.claim.borrows(position),
        )
        for position, row in zip(judged.claim.positions, version.positions.all(), strict=True)
    )
    return ClaimEntry(version, judged, explain_markdown(version.why, known), positions)


def _sources(
    rows: dict[str, Source],
    summary: Explanation,
    body: Explanation,
    entries: Iterable[ClaimEntry],
) -> tuple[Source, ...]:
    keys = {*summary.sources, *body.sources}
    keys |= {item.source.key for entry in entries for item in entry.positions}
    return tuple(sorted((rows[key] for key in keys), key=lambda row: row.title.lower()))
