"""The seam: published rows become the explanations a page shows.

The only place where words of the library turn into HTML for a template; its
`trusted` is the one caller of `mark_safe`, on what the sanitiser returned.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from explainer.evidence import claims as nouns
from explainer.evidence import comparison
from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.coverage import Block
from explainer.evidence.pipeline import (
    AssessedClaim,
    Context,
    Explanation,
    Figure,
    PartKind,
    Term,
    explain,
)
from explainer.evidence.render import anchor
from explainer.library.images import figures
from explainer.library.models import ArticleVersion, Claim, ClaimVersion, Source, State
from explainer.library.nouns import claim_noun, knowledge, public_versions, source_noun, term_nouns

SUMMARY_PREFIX = "short-"
"""Keeps the ids of a short answer apart from those of the body below it."""

GLOSSARIES = 2
"""Glossaries whose texts are remembered: the one in force, and the one it replaces."""

TEXTS = 4096
"""Reasons remembered under one glossary; a site of ten treatments has fewer."""


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
    judged: AssessedClaim
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


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of the comparison for a template."""

    option: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class TableRow:
    """A question of the comparison, with a cell for each option."""

    id: str
    question: str
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison for a template; `opening` is what stands before its first question."""

    opening: SafeString
    options: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """What a reader can ask, as plain words, and the heading it stands under."""

    title: str
    asked: tuple[str, ...]


def trusted(explanation: Explanation | comparison.Cell | comparison.Comparison) -> SafeString:
    """Hand sanitised HTML, or a piece that was cut from it whole, to a template."""
    return mark_safe(explanation.html)  # noqa: S308 - the sanitiser is the last step before this


def explain_table(article: ArticleExplanation) -> Table | None:
    """Cut an explained article into a comparison, or None if it cannot be cut."""
    cut = comparison.read(article.body)
    if not cut.rows:
        return None
    rows = (
        TableRow(
            row.id, row.question, tuple(TableCell(cell.option, trusted(cell)) for cell in row.cells)
        )
        for row in cut.rows
    )
    return Table(trusted(cut), cut.options, tuple(rows))


def explain_article(version: ArticleVersion) -> ArticleExplanation:
    """Explain a version of an article.

    `version.article` must be loaded. Takes a fixed number of queries, whatever
    the number of claims: a published version loads the claims that publishing
    found in it, a draft everything that is published. Images get the address that
    answers whoever may see the version: a draft's are for staff.
    """
    published = version.state == State.PUBLISHED
    shown = Claim.objects.filter(appearances__article=version.article) if published else None
    versions = public_versions(shown)
    rows = {row.key: row for row in Source.objects.defer("appraisal", "file_text")}
    known = Context(
        claims={key: claim_noun(row) for key, row in versions.items()},
        sources={key: source_noun(row) for key, row in rows.items()},
        terms=term_nouns(),
        figures=_figures(version),
    )
    summary = explain(version.summary, known, prefix=SUMMARY_PREFIX, linked=())
    body = explain(version.body, known, linked=summary.linked)
    judged = {item.claim.key: item for item in (*summary.claims, *body.claims)}
    write = _writer(known.terms)
    entries = tuple(_entry(versions[key], item, write) for key, item in judged.items())
    return ArticleExplanation(
        version, summary, body, entries, _sources(rows, summary, body, entries)
    )


def _figures(version: ArticleVersion) -> dict[str, Figure]:
    """Give what a version may show; most show nothing, and take no query for it."""
    if "![" not in version.summary + version.body:
        return {}
    published = version.state == State.PUBLISHED
    return figures(for_staff=not published, shown_by=version.article if published else None)


def explain_questions(version: ArticleVersion) -> tuple[Questions, ...]:
    """Give the questions that a page tells its readers to ask, under their headings.

    They are the paragraphs and list items of its guidance that end with a
    question mark. Takes one query; the page's claims are not needed for it.
    """
    title, asked = "", dict[str, list[str]]()
    for block in explain(version.body, Context(terms=term_nouns())).blocks:
        if block.kind is PartKind.HEADING:
            title = block.text
        elif _is_question_to_ask(block):
            asked.setdefault(title, []).append(" ".join(block.text.split()))
    return tuple(Questions(title, tuple(questions)) for title, questions in asked.items())


def _is_question_to_ask(block: Block) -> bool:
    # A claim's words would stand on the sheet without their label.
    tagged = any(segment.assessed for segment in block.segments)
    return block.kind is PartKind.GUIDANCE and block.text.endswith("?") and not tagged


def explain_claim(version: ClaimVersion) -> ClaimEntry:
    """Explain one version of a claim; its claim, positions and sources should be loaded.

    Glossary words of its reason are linked, for the claim has this page to itself.
    """
    claim = claim_noun(version)
    known = Context(terms=term_nouns())

    def write(why: str) -> SafeString:
        return trusted(explain(why, known, linked=()))

    return _entry(version, AssessedClaim(claim, adjudicate(claim)), write)


def explain_markdown(text: str, known: Context | None = None) -> SafeString:
    """Turn a text that stands under its own claim or source into HTML."""
    return trusted(explain(text, known or Context()))


def preview(text: str) -> Explanation:
    """Explain a text of the dialect against everything that is published."""
    return explain(text, knowledge())


def _writer(terms: Mapping[str, Term]) -> Callable[[str], SafeString]:
    """Give the function that turns a claim's reason into HTML under a glossary."""
    return _writer_of(tuple(terms.values()))


@lru_cache(maxsize=GLOSSARIES)
def _writer_of(terms: tuple[Term, ...]) -> Callable[[str], SafeString]:
    # Sanitising forty reasons costs more than all else on a page. Text and glossary are the
    # whole key and the HTML depends on nothing else, so what is remembered cannot be stale.
    known = Context(terms={term.key: term for term in terms})

    @lru_cache(maxsize=TEXTS)
    def write(text: str) -> SafeString:
        return explain_markdown(text, known)

    return write


def _entry(
    version: ClaimVersion, judged: AssessedClaim, write: Callable[[str], SafeString]
) -> ClaimEntry:
    positions = tuple(
        PositionEntry(
            position,
            row.source,
            decides=position in judged.verdict.deciding,
            borrowed=judged.claim.borrows(position),
        )
        for position, row in zip(judged.claim.positions, version.positions.all(), strict=True)
    )
    return ClaimEntry(version, judged, write(version.why), positions)


def _sources(
    rows: dict[str, Source],
    summary: Explanation,
    body: Explanation,
    entries: Iterable[ClaimEntry],
) -> tuple[Source, ...]:
    keys = {*summary.sources, *body.sources}
    keys |= {item.source.key for entry in entries for item in entry.positions}
    return tuple(sorted((rows[key] for key in keys), key=lambda row: row.title.lower()))
