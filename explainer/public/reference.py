"""What the claims rest on: sources with their positions, and the words explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from explainer.evidence.labels import Label
from explainer.evidence.levels import Finding, SourceKind
from explainer.kinds import CLAIM, SOURCE, TERM, TREATMENT
from explainer.library import rendering
from explainer.library.models import Document, Position, Revision

ANY_PRODUCT_WORDS = "The treatment in general"


@dataclass(frozen=True, slots=True)
class PositionSheet:
    """A position a source takes: what it did to find out, and the label of its claim."""

    revision: Revision
    says: str
    finding: Finding
    claim: Label | None


Term = tuple[Revision, SafeString]
"""A word of the glossary with its definition, ready to show."""


def sources_by_kind() -> dict[SourceKind, list[Revision]]:
    """Shelve the sources; no shelf is empty."""
    rows = Revision.objects.published().of(SOURCE).with_document()
    shelves: dict[SourceKind, list[Revision]] = {kind: [] for kind in SourceKind}
    for row in sorted(rows, key=lambda row: (row.title, row.document.key)):
        shelves[row.fields["kind"]].append(row)
    return {kind: shelf for kind, shelf in shelves.items() if shelf}


def positions_of(source: Document) -> tuple[PositionSheet, ...]:
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


def subject_of(claim: Revision) -> tuple[str, str]:
    """Name the treatment, and what is in the syringe in the treatment's own words for it."""
    public = Revision.objects.published().of(TREATMENT).select_related("document")
    treatment = public.filter(document=claim.document.treatment_id).first()
    if treatment is None:
        return CLAIM.treatment(claim.document.key), ANY_PRODUCT_WORDS
    products = dict(treatment.fields["products"])
    return treatment.title, products.get(claim.fields["product"], ANY_PRODUCT_WORDS)


def terms() -> tuple[Term, ...]:
    rows = Revision.objects.published().of(TERM).with_document()
    return tuple(
        (row, rendering.explain_markdown(row.fields["definition"]))
        for row in sorted(rows, key=lambda row: row.title.lower())
    )


def _position(claim: Revision, position: Mapping[str, Any]) -> PositionSheet:
    finding = Finding(position.get("finding") or Finding.ASSERTS)
    return PositionSheet(claim, position["says"], finding, claim.label)
