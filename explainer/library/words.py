"""The words of a version as plain fields by name, whatever it is a version of.

Forms, saves, comparisons and merges all speak of these fields; the names are
those of the content files. Nothing is judged here; a draft may hold nonsense.
"""

from collections.abc import Mapping
from typing import Any

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.problems import Refused
from explainer.library import columns
from explainer.library.models import (
    ArticleVersion,
    ClaimVersion,
    GlossaryTerm,
    Position,
    ReferenceVersion,
    Source,
    Treatment,
)
from explainer.library.models.reference import Reference
from explainer.library.models.versions import Version
from explainer.library.nouns import claim_noun

Words = dict[str, Any]
"""Fields by name: text, yes or no, a number, or for positions a list of such fields."""

ARTICLE = ("title", "summary", "body")
CLAIM = (
    "statement", "topic", "kind", "bearing", "product", "reason", "level", "level_reason",
    "would_change", "ask", "why",
)  # fmt: skip
REFERENCES: Mapping[str, tuple[type[Reference], tuple[str, ...]]] = {
    "treatments": (Treatment, ("name", "also", "role", "products")),
    "sources": (
        Source,
        (
            "title", "authors", "publisher", "kind", "year", "url", "doi",
            "sells_treatment", "seen", "appraisal",
        ),
    ),
    "glossary": (GlossaryTerm, ("term", "also", "definition")),
}  # fmt: skip
"""The kinds of reference rows, as subjects name them, with their columns."""

ABOUT = ("note", "correction")
"""What an author says about the change itself; part of every save."""


def words_of(version: Version) -> Words:
    """Give the words of a version, with its note; positions should be loaded."""
    about = {name: getattr(version, name) for name in ABOUT}
    return {**public_words_of(version), **about}


def public_words_of(version: Version) -> Words:
    """Give what a public page can show of a version: its words without the note."""
    if isinstance(version, ClaimVersion):
        values, why = columns.claim_values(version)
        return {**values, "why": why}
    if isinstance(version, ArticleVersion):
        return {name: getattr(version, name) for name in ARTICLE}
    if isinstance(version, ReferenceVersion):
        return dict(version.words)
    raise TypeError(f"{type(version).__name__} has no words.")


def row_words(row: Reference) -> Words:
    """Give the words of a reference row, as its versions hold them."""
    return {name: getattr(row, name) for name in REFERENCES[part_of_row(row)][1]}


def part_of_row(row: Reference) -> str:
    """Say which kind of reference row this is, as subjects name it."""
    return next(part for part, (model, _) in REFERENCES.items() if isinstance(row, model))


def as_columns(version: Version, words: Words) -> dict[str, Any]:
    """Give the columns that hold these words in a version's row, its positions apart."""
    about = {name: words[name] for name in ABOUT if name in words}
    if isinstance(version, ClaimVersion):
        names = {name: name for name in CLAIM} | {
            "level": "override",
            "level_reason": "override_reason",
        }
        held = {names[name]: words[name] for name in CLAIM if name in words}
        return {**held, **about}
    if isinstance(version, ArticleVersion):
        return {name: words[name] for name in ARTICLE if name in words} | about
    if isinstance(version, ReferenceVersion):
        fields = REFERENCES[version.subject.partition("/")[0]][1]
        changed = {name: words[name] for name in fields if name in words}
        return {"words": {**version.words, **changed}, **about}
    raise TypeError(f"{type(version).__name__} has no words.")


def put_positions(version: ClaimVersion, positions: list[Words]) -> None:
    """Replace the positions of an open version; raises KeyError for an unknown source."""
    sources = {
        row.key: row for row in Source.objects.filter(key__in=[p["source"] for p in positions])
    }
    version.positions.all().delete()
    Position.objects.bulk_create(
        Position(
            version=version,
            order=order,
            source=sources[position["source"]],
            level=position["level"],
            product=position["product"] or version.product,
            says=position["says"],
        )
        for order, position in enumerate(positions)
    )


def level_of(version: ClaimVersion) -> str:
    """Give the level that a version's positions lead to, or nothing if they lead nowhere yet."""
    try:
        return str(adjudicate(claim_noun(version)).level)
    except (Refused, ValueError):
        return ""
