"""A walk through the untagged sentences of a page: which is next, and what is proposed for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from explainer.search.index import Index
from explainer.search.proposals.nearest import Drafts
from explainer.search.proposals.proposal import Proposal, propose, treatment_of
from explainer.search.proposals.sentences import Sentence, untagged

TEXTS = ("summary", "body")
"""The texts of a page, in its order."""


@dataclass(frozen=True, slots=True)
class Place:
    """An untagged sentence and the text it is in."""

    text: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Page:
    """The page whose texts are walked through, by field; its key and title say what it is about."""

    key: str
    title: str
    texts: Mapping[str, str]

    @property
    def places(self) -> list[Place]:
        return places_in(self.texts)

    def proposals(self, places: Sequence[Place], index: Index) -> list[tuple[Place, Proposal]]:
        """Propose for some sentences of the page, in their order."""
        drafts = Drafts.now(index)
        about = treatment_of(self.key, "\n".join((self.title, *self.texts.values())), index)
        texts = self.texts
        return [
            (it, propose(texts[it.text], it.sentence, self.key, about, index, drafts))
            for it in places
        ]


def places_in(texts: Mapping[str, str]) -> list[Place]:
    """Give each untagged sentence of a page's texts, in the order of the page."""
    return [Place(name, it) for name in TEXTS if name in texts for it in untagged(texts[name])]


def chosen(places: Sequence[Place], page: Page, text: str, at: int, *, back: bool) -> int:
    """Give which sentence is at or after a place, or the last before it; all of them in a ring.

    `at` is counted as JavaScript does, and so are all places that `told` gives.
    """
    here = (text == TEXTS[-1], from_units(page.texts.get(text, ""), at))
    before = sum((it.text == TEXTS[-1], it.sentence.end) <= here for it in places)
    return (before - 1 if back else before) % len(places)


def told(place: Place, made: Proposal, text: str) -> dict[str, Any]:
    """Give a proposal as a script reads it."""
    found, sentence = asdict(made), made.sentence
    del found["sentence"]
    for edit in filter(None, (action["edit"] for action in _actions(found))):
        edit |= {name: to_units(text, edit[name]) for name in ("start", "end")}
        edit["caret"] = to_units(edit["words"], edit["caret"])
    start, end = (to_units(text, max(at, 0)) for at in (sentence.start, sentence.end))
    at = {"field": place.text, "line": sentence.line, "start": start, "end": end}
    return {**found, **at, "words": sentence.words, "is_block_first": made.is_block_first}


def _actions(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from found["actions"]
    for choice in found["choices"]:
        yield from choice["actions"]


def to_units(text: str, place: int) -> int:
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def from_units(text: str, place: int) -> int:
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * max(place, 0)]
    return len(units.decode("utf-16-le", "ignore"))
