"""From the fields of one file to its record, given which keys there are.

A builder gives a record, or every problem that keeps it from being one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from explainer.evidence.claims import Claim, Position, Source
from explainer.evidence.context import Term
from explainer.evidence.levels import ANY_PRODUCT, Topic
from explainer.evidence.problems import Problem, Refused, did_you_mean
from explainer.files.records import (
    ArticleFile,
    ClaimFile,
    Origin,
    SourceFile,
    TermFile,
    TreatmentFile,
)
from explainer.library.schema import Part

Record = ArticleFile | ClaimFile | SourceFile | TermFile | TreatmentFile


@dataclass(frozen=True, slots=True)
class Keys:
    """Which keys files have (broken files too), and the records built so far."""

    files: Mapping[Part, frozenset[str]]
    records: dict[Part, dict[str, Any]] = field(default_factory=dict)


def build(
    part: Part, origin: Origin, key: str, values: dict[str, Any], body: str, keys: Keys
) -> Record | list[Problem]:
    """Build the record of a file whose fields are right by themselves.

    What the nouns of the evidence core refuse becomes a problem at its field.
    """
    try:
        return _BUILDERS[part](origin, key, values, body, keys)
    except Refused as refused:
        return [origin.refusal(refused)]


def _treatment(
    origin: Origin, key: str, values: dict[str, Any], body: str, _keys: Keys
) -> TreatmentFile:
    return TreatmentFile(origin, key, body=body, **values)


def _term(origin: Origin, key: str, values: dict[str, Any], body: str, _keys: Keys) -> TermFile:
    return TermFile(origin, Term(key, **values), body)


def _source(origin: Origin, key: str, values: dict[str, Any], body: str, _keys: Keys) -> SourceFile:
    core = {name: values.pop(name) for name in ("title", "kind", "seen", "sells_treatment")}
    return SourceFile(origin, Source(key, **core), appraisal=body, **values)


def _article(
    origin: Origin, key: str, values: dict[str, Any], body: str, _keys: Keys
) -> ArticleFile:
    treatment, _, topic = key.partition("/")
    return ArticleFile(origin, key, treatment, Topic(topic), body=body, **values)


def _page(
    origin: Origin, key: str, values: dict[str, Any], body: str, keys: Keys
) -> ArticleFile | list[Problem]:
    if key in keys.files[Part.TREATMENTS]:
        message = f"'{key}' is a treatment's address. Rename the page or the treatment."
        return [Problem("address-taken", message, 1)]
    return ArticleFile(origin, key, None, None, body=body, **values)


def _claim(
    origin: Origin, key: str, values: dict[str, Any], body: str, keys: Keys
) -> ClaimFile | list[Problem]:
    given = values.pop("positions")
    for position in given:
        position["product"] = position["product"] or values["product"]
    treatment = keys.records[Part.TREATMENTS].get(key.partition("/")[0])
    problems = [
        *_unknown_products(treatment, values["product"], given, origin),
        *_unknown_sources(keys, given, origin),
        *_said_twice(given, origin),
    ]
    if problems:
        return problems
    sources = keys.records[Part.SOURCES]
    positions = []
    for order, p in enumerate(given):
        try:
            positions.append(
                Position(sources[p["source"]].source, p["level"], p["says"], p["product"])
            )
        except Refused as refused:
            problems.append(origin.refusal(refused, f"positions.{order}."))
    claim = Claim(key, positions=tuple(positions), **values)
    return problems or ClaimFile(origin, claim, body)


def _unknown_products(
    treatment: TreatmentFile | None,
    product: str,
    positions: Iterable[dict[str, Any]],
    origin: Origin,
) -> Iterator[Problem]:
    if treatment is None:
        return
    known = {ANY_PRODUCT, *treatment.products}
    places = {f"positions.{at}.product": p["product"] for at, p in enumerate(positions)}
    for place, key in {"product": product, **places}.items():
        # A position without a product of its own has the claim's, which is said once.
        if key not in known and place in {"product", *origin.lines}:
            hint = did_you_mean(key, known) or f" Known: {', '.join(sorted(known))}."
            message = f"'{key}' is not a product in {treatment.origin.path}.{hint}"
            yield Problem("unknown-product", message, origin.line(place), place)


def _unknown_sources(
    keys: Keys, positions: Iterable[dict[str, Any]], origin: Origin
) -> Iterator[Problem]:
    for order, key in enumerate(position["source"] for position in positions):
        place = f"positions.{order}.source"
        if key not in keys.files[Part.SOURCES]:
            hint = did_you_mean(key, keys.files[Part.SOURCES])
            message = f"'{key}' is not in sources/.{hint} Add its file or correct the key."
            yield Problem("unknown-source", message, origin.line(place), place)
        elif key not in keys.records[Part.SOURCES]:
            message = f"'{key}' has problems in its own file. Put those right first."
            yield Problem("source-unreadable", message, origin.line(place), place)


def _said_twice(positions: Iterable[dict[str, Any]], origin: Origin) -> Iterator[Problem]:
    seen = set()
    for order, position in enumerate(positions):
        spoken = (position["source"], position["product"])
        if spoken in seen:
            place = f"positions.{order}.source"
            message = f"'{spoken[0]}' already takes a position on '{spoken[1]}'. Join the two."
            yield Problem("position-twice", message, origin.line(place), place)
        seen.add(spoken)


_BUILDERS: Mapping[Part, Callable[..., Record | list[Problem]]] = {
    Part.TREATMENTS: _treatment,
    Part.SOURCES: _source,
    Part.CLAIMS: _claim,
    Part.ARTICLES: _article,
    Part.GLOSSARY: _term,
    Part.PAGES: _page,
}
