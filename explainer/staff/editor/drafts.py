"""A version with other words than the stored ones, in memory.

For previews, live answers and "what this change would do". Stores nothing.
"""

from collections.abc import Iterable
from copy import copy

from explainer.library import words
from explainer.library.models import ClaimVersion, Position, Source
from explainer.library.models.versions import Version
from explainer.library.words import Words


def with_words(version: Version, given: Words) -> Version:
    """Give a copy of a version that says these words; the stored one keeps its own."""
    made = copy(version)
    for name, value in words.as_columns(version, given).items():
        setattr(made, name, value)
    if isinstance(made, ClaimVersion) and "positions" in given:
        held = made.positions.none()
        held._result_cache = list(_positions(made, given["positions"]))
        made._prefetched_objects_cache = {"positions": held}  # type: ignore[attr-defined]
        made.level = words.level_of(made)
    return made


def _positions(version: ClaimVersion, given: list[Words]) -> Iterable[Position]:
    keys = [position["source"] for position in given]
    sources = {row.key: row for row in Source.objects.filter(key__in=keys)}
    for order, position in enumerate(given):
        yield Position(
            version=version,
            order=order,
            source=sources[position["source"]],
            level=position["level"],
            product=position["product"] or version.product,
            says=position["says"],
        )
