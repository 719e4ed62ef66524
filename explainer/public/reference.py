"""What the claims rest on: sources with their positions, and the words explained."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString

from explainer.evidence.context import Context
from explainer.evidence.levels import Bearing, Level, SourceKind
from explainer.evidence.text import visible_text
from explainer.kinds import CLAIM, SOURCE, TERM, TREATMENT
from explainer.library import rendering
from explainer.library.models import Document, Position, Revision
from explainer.public.labels import Label, label_of

ANY_PRODUCT_WORDS = "The treatment in general"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sources of one kind, each with the number of claims it speaks to."""

    kind: SourceKind
    sources: tuple[tuple[Revision, int], ...]


@dataclass(frozen=True, slots=True)
class PositionSheet:
    """A position a source takes, next to the label its claim ended up with."""

    revision: Revision
    says: str
    position: Label
    claim: Label

    @property
    def url(self) -> str:
        return self.revision.document.get_absolute_url()


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A word of the glossary with its definition, ready to show."""

    revision: Revision
    definition: SafeString

    @property
    def anchor(self) -> str:
        return f"term-{self.revision.document.key}"

    @property
    def text(self) -> str:
        return visible_text(self.definition)


def published_source(key: str) -> Revision | None:
    found = Revision.objects.published().of(SOURCE).filter(document__key=key)
    return found.select_related("document").first()


def sources_by_kind() -> tuple[Shelf, ...]:
    """List every source under its kind, in two queries; kinds without a source are left out."""
    claims = Revision.objects.published().of(CLAIM)
    positions = Position.objects.filter(revision__in=claims).order_by()
    counted = positions.values_list("source").annotate(Count("revision", distinct=True))
    numbers = dict(counted)
    rows = Revision.objects.published().of(SOURCE).select_related("document").defer("file_text")
    by_kind: dict[str, list[tuple[Revision, int]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.title, row.document.key)):
        by_kind[row.fields["kind"]].append((row, numbers.get(row.document_id, 0)))
    return tuple(Shelf(kind, tuple(by_kind[kind])) for kind in SourceKind if kind in by_kind)


def positions_of(source: Document) -> tuple[PositionSheet, ...]:
    """List the positions a source takes in published claims, in two queries."""
    # Two look-ups by key instead of a join: right after a load, before it has counted its
    # rows, PostgreSQL chose a plan for the join that took seconds.
    named = set(Position.objects.filter(source=source).values_list("revision", flat=True))
    claims = Revision.objects.published().filter(pk__in=named).select_related("document")
    return tuple(
        _position(claim, position)
        for claim in sorted(claims.defer("file_text"), key=lambda claim: claim.document.key)
        for position in claim.fields["positions"]
        if position["source"] == source.key
    )


def treatment_of(claim: Revision) -> Revision | None:
    """Give the published words of a claim's treatment, in one query."""
    treatments = Revision.objects.published().of(TREATMENT)
    found = treatments.filter(document=claim.document.treatment_id)
    return found.select_related("document").first()


def product_of(claim: Revision, treatment: Revision | None) -> str:
    """Name what is in the syringe, in the treatment's own words for it."""
    names = dict(treatment.fields["products"]) if treatment else {}
    return str(names.get(claim.fields["product"], ANY_PRODUCT_WORDS))


def appraisal_of(source: Revision) -> SafeString:
    """Give our appraisal of a source, ready to show, in one query."""
    context = Context(terms=rendering.terms())
    return rendering.explain_markdown(source.fields["appraisal"], context)


def terms() -> tuple[TermSheet, ...]:
    """Give every word of the glossary in the order of the alphabet, in one query."""
    rows = Revision.objects.published().of(TERM).select_related("document").defer("file_text")
    return tuple(
        TermSheet(row, rendering.explain_markdown(row.fields["definition"]))
        for row in sorted(rows, key=lambda row: row.title.lower())
    )


def _position(claim: Revision, position: Mapping[str, Any]) -> PositionSheet:
    bearing = Bearing(claim.fields["bearing"])
    own = label_of(Level(position["level"]), bearing)
    return PositionSheet(claim, position["says"], own, label_of(Level(claim.level), bearing))
