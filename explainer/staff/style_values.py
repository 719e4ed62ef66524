"""What the samples of the search, the check, the map and the trials' numbers are made of.

What was found stands in the search's own classes; nothing was searched for it.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from explainer.evidence.context import AssessedClaim
from explainer.evidence.labels import SCALE, Label
from explainer.evidence.levels import Bearing, Topic
from explainer.search.first_pages import First
from explainer.search.found_claims import FoundClaim
from explainer.search.items import Item
from explainer.search.pasted import LONGEST, Found, Piece, Result
from explainer.search.results import Group, Row

MARKED = [("Sample words about a ", False), ("pebble", True)]
SAID = [(" that ", False), ("shines", True), (" each day", False)]


def finds(claims: Sequence[AssessedClaim]) -> dict[str, Any]:
    """Give what a pasted text and a query would find; a mark for each label and one for two."""
    standing = [assessed for assessed in claims if not assessed.claim.withdrawn]
    known = [_found(assessed) for assessed in standing]
    said = (("makes it shine", "gives it a glow"), ("shiny", ""))
    found = tuple(Found(number, claim, said) for number, claim in enumerate(known, 1))
    pieces = [Piece("Sample words of a shop: ")]
    for one in found:
        numbers = (1, 2) if one.number == 1 else (one.number,)
        pieces += [Piece("makes it shine", numbers, one.claim.label), Piece(", ")]
    risks = [claim for claim in known if claim.is_risk]
    rows = (
        Row(_item(Group.CLAIM), MARKED, known[0], [(MARKED, False), (SAID, True)]),
        Row(_item(Group.TERM), MARKED, meaning=MARKED),
        Row(_item(Group.PAGE), MARKED),
    )
    return {
        "result": Result(tuple(pieces), found, {"Pebbles": risks}, shares=("95 %",)),
        "first": (
            First("A sample card: do this", (_item(Group.PAGE),)),
            First("", (_item(Group.PAGE),)),
        ),
        "most": LONGEST,
        "rows": rows,
        "kinds": list(Group),
    }


def _found(assessed: AssessedClaim) -> FoundClaim:
    claim = assessed.claim
    return FoundClaim(
        claim.key, claim.name, list(claim.pieces), assessed.label, "sample", "Pebbles",
        claim.topic, "Sample words: one line why.", "A sample question?",
    )  # fmt: skip


def _item(group: Group) -> Item:
    return Item(group, "sample", "#main", "A sample", "A sample", place="A sample page")


def counts(claims: Sequence[AssessedClaim], entry: SimpleNamespace) -> dict[str, Any]:
    """Give the grids of the map, its bars, and trials small enough to be drawn and too large."""
    backers = ("A shop says so", "Looked into in sand")
    promises = [label for label in SCALE if label.bearing is Bearing.PROMISE]
    bars = [{"number": 4, "length": 80}, {"number": 0, "length": 0}]
    named = list(zip(backers, bars, strict=True))
    numbers = {"source": "sample-study", "outcome": "Sample pebbles that shine"}
    trials = ({"with": "63 of 100", "without": "18 of 97"}, {"with": "9 of 300", "without": "none"})
    return {
        "grids": [_grid(bearing, claims) for bearing in Bearing],
        "backers": backers,
        "backed": [{"label": label, "number": 5, "named": named} for label in promises],
        "trials": [SimpleNamespace(**vars(entry) | {"numbers": numbers | it}) for it in trials],
    }


def _grid(bearing: Bearing, claims: Sequence[AssessedClaim]) -> dict[str, Any]:
    labels = [label for label in SCALE if label.bearing is bearing]
    own = [it for it in claims if it.label.bearing is bearing and not it.claim.withdrawn]
    rows: list[dict[str, Any]] = [
        {"url": "#main", "name": it.claim.name, "label": it.label} for it in own
    ]

    def cells(topic: Topic) -> list[tuple[Label, list[dict[str, Any]]]]:
        here = rows if topic is Topic.SAFETY else []
        return [
            (label, [row for row in here if row["label"].level is label.level]) for label in labels
        ]

    lines = [{"topic": topic, "cells": cells(topic)} for topic in (Topic.SAFETY, Topic.FAQ)]
    return {"title": f"Sample {bearing}s", "labels": labels, "lines": lines}
