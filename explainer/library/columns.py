"""Content records as columns of rows, and rows as the values of a file.

Both directions stand here side by side so that neither forgets a field; the
round trip over all content is a test. Nothing is decided or stored here.
"""

from collections.abc import Mapping
from typing import Any

from explainer.evidence.adjudicate import adjudicate
from explainer.files.records import ArticleFile, ClaimFile, SourceFile, TermFile, TreatmentFile
from explainer.library import models


def treatment_columns(record: TreatmentFile) -> dict[str, Any]:
    """Give the columns of a treatment's row."""
    return {
        "name": record.name,
        "also": list(record.also),
        "role": record.role,
        "products": [list(pair) for pair in record.products.items()],
    }


def source_columns(record: SourceFile) -> dict[str, Any]:
    """Give the columns of a source's row."""
    return {
        "title": record.source.title,
        "authors": record.authors,
        "publisher": record.publisher,
        "kind": record.source.kind,
        "year": record.year,
        "url": record.url,
        "doi": record.doi,
        "sells_treatment": record.source.sells_treatment,
        "seen": record.source.seen,
        "appraisal": record.appraisal,
    }


def term_columns(record: TermFile) -> dict[str, Any]:
    """Give the columns of a glossary term's row."""
    return {
        "term": record.term.term,
        "also": list(record.term.also),
        "definition": record.definition,
    }


def article_columns(record: ArticleFile) -> dict[str, Any]:
    """Give the columns of an article's version."""
    return {"title": record.title, "summary": record.summary, "body": record.body}


def claim_columns(record: ClaimFile) -> dict[str, Any]:
    """Give the columns of a claim's version, with the level its positions give."""
    claim = record.claim
    return {
        "statement": claim.statement,
        "topic": claim.topic,
        "kind": claim.kind,
        "bearing": claim.bearing,
        "product": claim.product,
        "reason": claim.reason or "",
        "override": claim.level or "",
        "override_reason": claim.level_reason,
        "level": adjudicate(claim).level,
        "why": record.why,
        "would_change": claim.would_change,
        "ask": claim.ask,
    }


def position_rows(
    record: ClaimFile, version: models.ClaimVersion, sources: Mapping[str, models.Source]
) -> list[models.Position]:
    """Give the rows of a claim's positions, in the file's order."""
    return [
        models.Position(
            version=version,
            order=order,
            source=sources[position.source.key],
            level=position.level,
            product=position.product,
            says=position.says,
        )
        for order, position in enumerate(record.claim.positions)
    ]


def treatment_values(
    row: models.Treatment, overview: models.ArticleVersion
) -> tuple[dict[str, Any], str]:
    """Give the front matter and body of a treatment's file."""
    values = {
        "name": row.name,
        "also": row.also,
        "role": row.role,
        "products": row.product_names,
        "summary": overview.summary,
    }
    return values, overview.body


def source_values(row: models.Source) -> tuple[dict[str, Any], str]:
    """Give the front matter and body of a source's file."""
    names = (
        "title", "authors", "publisher", "kind", "year", "url", "doi", "sells_treatment", "seen",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}, row.appraisal


def term_values(row: models.GlossaryTerm) -> tuple[dict[str, Any], str]:
    """Give the front matter and body of a glossary term's file."""
    return {"term": row.term, "also": row.also}, row.definition


def article_values(version: models.ArticleVersion) -> tuple[dict[str, Any], str]:
    """Give the front matter and body of an article's or page's file."""
    return {"title": version.title, "summary": version.summary}, version.body


def claim_values(version: models.ClaimVersion) -> tuple[dict[str, Any], str]:
    """Give the front matter and body of a claim's file; its positions should be loaded."""
    names = ("statement", "topic", "kind", "bearing", "product", "reason", "would_change", "ask")
    values = {name: getattr(version, name) for name in names}
    values |= {"level": version.override, "level_reason": version.override_reason}
    values["positions"] = [
        {
            "source": position.source.key,
            "level": position.level,
            # A position's product is written only if it is not the claim's.
            "product": "" if position.product == version.product else position.product,
            "says": position.says,
        }
        for position in version.positions.all()
    ]
    return values, version.why
