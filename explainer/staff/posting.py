"""Words as a form posts them: the one place that says what the fields of a form are called.

Forms take these names, and pages that hold what somebody typed (merging, sending
again) write them.
"""

from collections.abc import Iterator

from explainer.library.words import Words

POSITIONS = "positions"
POSITION = ("source", "level", "product", "says")


def as_posted(words: Words) -> Iterator[tuple[str, str]]:
    """Give the (name, value) pairs that a form for these words would post.

    A list of words is one to a line; pairs are one "key: name" to a line; a no is left
    out, as a box that is not ticked; positions are a formset with the prefix
    `positions`.
    """
    for name, value in words.items():
        if name == POSITIONS:
            yield from _positions(value)
        elif isinstance(value, bool):
            yield from [(name, "on")] if value else []
        elif isinstance(value, list):
            yield name, "\n".join(_line(item) for item in value)
        else:
            yield name, "" if value is None else str(value)


def _positions(positions: list[Words]) -> Iterator[tuple[str, str]]:
    yield f"{POSITIONS}-TOTAL_FORMS", str(len(positions))
    yield f"{POSITIONS}-INITIAL_FORMS", "0"
    for order, position in enumerate(positions):
        for name in POSITION:
            yield f"{POSITIONS}-{order}-{name}", str(position.get(name, ""))


def _line(item: object) -> str:
    return ": ".join(map(str, item)) if isinstance(item, list | tuple) else str(item)
