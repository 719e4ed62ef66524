"""The reference shelves: sources with their positions, and the words explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Count, Q
from django.utils.safestring import SafeString

from explainer.evidence.context import Context
from explainer.evidence.levels import Bearing, Level, Seen, SourceKind
from explainer.evidence.text import visible_text
from explainer.library.models import ClaimVersion, GlossaryTerm, Position, Source, State
from explainer.library.nouns import term_nouns
from explainer.library.rendering import explain_markdown
from explainer.public.labels import Label, label_of

ANY_PRODUCT_WORDS = "The treatment in general"


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """A source's row with its closed words spelt out; `claims` counts those it speaks to."""

    row: Source
    claims: int = 0

    @property
    def kind(self) -> str:
        """What sort of document it is."""
        return SourceKind(self.row.kind).words

    @property
    def seen(self) -> str:
        """How far we read it."""
        return Seen(self.row.seen).words

    @property
    def host(self) -> str:
        """The name of the site its address leads to."""
        return urlsplit(self.row.url).netloc

    @property
    def doi_address(self) -> str:
        """Where the document's identifier leads, or nothing."""
        return f"https://doi.org/{self.row.doi}" if self.row.doi else ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sources of one kind."""

    kind: SourceKind
    sources: tuple[SourceSheet, ...]


@dataclass(frozen=True, slots=True)
class PositionSheet:
    """A position a source takes, next to the label its claim ended up with."""

    row: Position
    position: Label
    claim: Label

    @property
    def url(self) -> str:
        """The claim's address."""
        return f"/claims/{self.row.version.claim.key}/"


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A word of the glossary with its definition, ready to show."""

    row: GlossaryTerm
    definition: SafeString

    @property
    def anchor(self) -> str:
        """The id that links to a term lead to."""
        return f"term-{self.row.key}"

    @property
    def text(self) -> str:
        """The definition as a reader sees it."""
        return visible_text(self.definition)


def sheets(sources: Iterable[Source]) -> tuple[SourceSheet, ...]:
    """Spell out the closed words of sources, for a list."""
    return tuple(SourceSheet(source) for source in sources)


def sources_by_kind() -> tuple[Shelf, ...]:
    """List every source under its kind, in one query; kinds without a source are left out."""
    public = Q(positions__version__state=State.PUBLISHED)
    rows = Source.objects.annotate(
        spoken_to=Count("positions__version", filter=public, distinct=True)
    ).order_by("title")
    by_kind: dict[str, list[SourceSheet]] = {}
    for row in rows.defer("appraisal", "file_text"):
        by_kind.setdefault(row.kind, []).append(SourceSheet(row, row.spoken_to))
    return tuple(Shelf(kind, tuple(by_kind[kind])) for kind in SourceKind if kind in by_kind)


def positions_of(source: Source) -> tuple[PositionSheet, ...]:
    """List the positions a source takes in published claims, in two queries."""
    # Two look-ups by key instead of a join: right after a load, before it has counted its
    # rows, PostgreSQL chose a plan for the join that took seconds.
    rows = list(Position.objects.filter(source=source).order_by("version", "order"))
    public = ClaimVersion.objects.published().filter(pk__in=[row.version_id for row in rows])
    versions = public.select_related("claim__treatment").in_bulk()
    shown = [row for row in rows if row.version_id in versions]
    for row in shown:
        row.version = versions[row.version_id]
    return tuple(map(_position, sorted(shown, key=lambda row: row.version.claim.key)))


def product_of(version: ClaimVersion) -> str:
    """Name what is in the syringe, in the treatment's own words for it."""
    names: dict[str, str] = version.claim.treatment.product_names
    return names.get(version.product, ANY_PRODUCT_WORDS)


def appraisal_of(source: Source) -> SafeString:
    """Give our appraisal of a source, ready to show."""
    return explain_markdown(source.appraisal, Context(terms=term_nouns()))


def terms() -> tuple[TermSheet, ...]:
    """Give every word of the glossary in the order of the alphabet, in one query."""
    rows = sorted(GlossaryTerm.objects.all(), key=lambda row: row.term.lower())
    return tuple(TermSheet(row, explain_markdown(row.definition)) for row in rows)


def _position(row: Position) -> PositionSheet:
    bearing = Bearing(row.version.bearing)
    return PositionSheet(
        row, label_of(Level(row.level), bearing), label_of(Level(row.version.level), bearing)
    )
