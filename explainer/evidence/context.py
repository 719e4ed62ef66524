"""What a text may refer to, and the step that puts it there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

from explainer.evidence.adjudicate import Verdict, adjudicate
from explainer.evidence.claims import Claim, Record, Source
from explainer.evidence.dialect import Parsed, PartKind
from explainer.evidence.labels import Label, label_of
from explainer.evidence.levels import ANY_PRODUCT, Role, SourceKind
from explainer.text.problems import Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary, with the other words that mean it."""

    key: str
    term: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Treatment:
    """A treatment or option; `products` are pairs of key and name for patients."""

    key: str
    name: str
    also: tuple[str, ...] = ()
    role: Role = Role.EXPLAINED
    products: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What it and its products are called, as far as a sentence would."""
        products = {key.replace("-", " ") for key, _ in self.products} - {ANY_PRODUCT}
        return frozenset({self.name, *self.also, *products})


@dataclass(frozen=True, slots=True)
class Figure:
    """An image of the library; `src` is a path on this site, sizes are pixels."""

    key: str
    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a text may refer to, by key."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    pictures: frozenset[str] = frozenset()
    """The names of the pictures there are; what they show is not the text's business."""

    @property
    def names(self) -> tuple[str, ...]:
        """Give what treatments, options, products and sellers are called."""
        names = {name for t in self.treatments.values() for name in t.names}
        clinics = (s for s in self.sources.values() if s.kind is SourceKind.CLINIC)
        names |= {clinic.publisher.partition(",")[0] for clinic in clinics}
        return tuple(sorted(names - {""}))

    @property
    def term_words(self) -> tuple[str, ...]:
        return tuple(word for term in self.terms.values() for word in (term.term, *term.also))


@dataclass(frozen=True, slots=True)
class AssessedClaim:
    """A claim with the verdict on it."""

    claim: Claim
    verdict: Verdict

    @property
    def label(self) -> Label:
        return label_of(self.claim, self.verdict)


@dataclass(slots=True)
class Resolved:
    """A parsed text whose marks are filled, what it shows by key, and what is wrong."""

    tokens: tuple[Token, ...]
    claims: dict[str, AssessedClaim] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


_FILLED = frozenset({"claim", "record", "term", "source"})


def resolve(parsed: Parsed, context: Context) -> Resolved:
    """Fill the marks of a parsed text and judge each claim, in order of first appearance.

    Raises `Refused` only if a claim of `context` was never adjudicated.
    """
    resolved = Resolved(parsed.tokens)
    for token in parsed.tokens:
        if token.type == "part_open":
            _resolve_part(token, context, resolved)
        elif token.type == "inline":
            token.children = [*_resolve_inline(token.children or [], context, resolved)]
    return resolved


def _resolve_part(token: Token, context: Context, resolved: Resolved) -> None:
    keys = token.meta["keys"] if token.meta["kind"] is PartKind.REPORTED else ()
    known = {key: context.sources[key] for key in keys if key in context.sources}
    resolved.sources |= known
    lost = (key for key in keys if key not in known)
    resolved.problems += (
        _unknown("source", key, token.meta["at"], context.sources) for key in lost
    )
    token.meta["sources"] = tuple(known.values())
    name = token.meta.get("picture")
    token.meta["drawn"] = name in context.pictures
    if name and not token.meta["drawn"]:
        resolved.problems.append(_unknown("picture", name, token.meta["at"], context.pictures))


def _resolve_inline(
    children: Sequence[Token], context: Context, resolved: Resolved
) -> Iterator[Token]:
    for child, following in pairwise((*children, Token("", "", 0))):
        yield child
        name, _, side = child.type.partition("_")
        if name == "record" and side == "open" and following.type != "record_close":
            resolved.problems.append(_words_in_record(child, following.content))
        elif child.type == "figure" or (side == "open" and name in _FILLED):
            pieces = _fill(child, name, context, resolved)
            if pieces and following.type == f"{name}_close":
                yield from _printed(pieces, {"at": child.meta["at"], "own": False})


def _printed(pieces: Sequence[tuple[str, bool]], meta: Mapping[str, object]) -> Iterator[Token]:
    for words, said in pieces:
        text = Token("text", "", 0, content=words, meta=dict(meta))
        around = [Token("em_open", "em", 1), Token("em_close", "em", -1)] if said else []
        yield from (*around[:1], text, *around[1:])


def _fill(
    token: Token, name: str, context: Context, resolved: Resolved
) -> Sequence[tuple[str, bool]]:
    """Put what a mark stands for into it; give what an empty one prints, as `Claim.pieces`."""
    key = token.meta["key"]
    if name == "claim" and (claim := context.claims.get(key)):
        assessed = resolved.claims.get(key) or AssessedClaim(claim, adjudicate(claim))
        token.meta["assessed"] = resolved.claims[key] = assessed
        return claim.pieces
    if name == "record" and (record := context.records.get(key)):
        token.meta["record"] = resolved.records[key] = record
        resolved.sources[record.source.key] = record.source
        return [(record.statement, False)]
    if name == "term" and (term := context.terms.get(key)):
        token.meta["term"] = term
        return [(term.term, False)]
    if name == "source" and (source := context.sources.get(key)):
        token.meta["source"] = resolved.sources[key] = source
        return [(f"\u201c{source.title}\u201d", False)]
    if name == "figure" and (figure := context.figures.get(key)):
        token.meta["figure"] = resolved.figures[key] = figure
        return []
    # An image from elsewhere has no key and was reported as that.
    if key and not token.meta.get("malformed"):
        known: Mapping[str, object] = getattr(context, f"{name}s")
        resolved.problems.append(_unknown(name, key, token.meta["at"], known))
    return []


def _words_in_record(token: Token, words: str) -> Problem:
    # A record has one sentence: other words for it would stand there unreviewed.
    key = token.meta["key"]
    message = f"'{words}' stands in the brackets of the record '{key}'. Leave them empty, as in "
    message += f"'[](record:{key})': that prints its statement."
    return Problem("record-with-words", message, token.meta["at"], params={"key": key})


def _unknown(name: str, key: str, line: int, known: Collection[str]) -> Problem:
    hint = did_you_mean(key, known) or " Add it, or correct the key."
    if name == "picture":
        hint = f"{hint} There are: {', '.join(sorted(known))}."
    message = f"There is no {name} with the key '{key}'.{hint}"
    return Problem(f"unknown-{name}", message, line, params={"key": key})
