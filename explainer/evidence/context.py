"""What a text may refer to, and the step that puts it there.

`resolve` fills the dialect's marks with what they stand for: a claim's
statement and verdict, a term's word, a source's title. Unknown keys become
problems with a suggestion; their words count as untagged (requirement R5).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from explainer.evidence.adjudicate import Verdict, adjudicate
from explainer.evidence.claims import Claim, Source
from explainer.evidence.dialect import Parsed, PartKind
from explainer.evidence.levels import explanation, label_words
from explainer.evidence.problems import Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary, with the other words that mean it."""

    key: str
    term: str
    also: tuple[str, ...] = ()


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
    treatment_names: tuple[str, ...] = ()

    @property
    def term_words(self) -> tuple[str, ...]:
        """Every word and other word of the glossary."""
        return tuple(word for term in self.terms.values() for word in (term.term, *term.also))


@dataclass(frozen=True, slots=True)
class AssessedClaim:
    """A claim with the verdict on it."""

    claim: Claim
    verdict: Verdict

    @property
    def words(self) -> str:
        """The label as printed: "Unsupported", or "Warning: plausible"."""
        return label_words(self.verdict.level, self.claim.bearing)

    @property
    def explanation(self) -> str:
        """What a patient reads behind the label."""
        return explanation(self.verdict.level, self.claim.bearing)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A parsed text whose marks are filled, the claims it shows and what is wrong."""

    tokens: tuple[Token, ...]
    claims: Mapping[str, AssessedClaim]
    sources: tuple[str, ...]
    figures: tuple[str, ...]
    problems: tuple[Problem, ...]


def resolve(parsed: Parsed, context: Context) -> Resolved:
    """Fill the marks of a parsed text and judge each claim it shows.

    Claims come in the order of their first appearance. Raises `Refused` only if
    a claim of `context` was never adjudicated (its own check reports that).
    """
    claims: dict[str, AssessedClaim] = {}
    sources: dict[str, None] = {}
    problems: list[Problem] = []
    for token in parsed.tokens:
        if token.type == "part_open":
            problems += _resolve_part(token, context, sources)
        elif token.type == "inline":
            token.children = [*_resolve_inline(token, context, claims, sources, problems)]
    return Resolved(parsed.tokens, claims, tuple(sources), _figures(parsed.tokens), tuple(problems))


def _figures(tokens: Iterable[Token]) -> tuple[str, ...]:
    """Give the keys of the figures that a resolved text shows, each once."""
    marks = (mark for token in tokens for mark in token.children or [])
    found = (mark.meta["key"] for mark in marks if mark.meta.get("figure"))
    return tuple(dict.fromkeys(found))


def _resolve_part(token: Token, context: Context, sources: dict[str, None]) -> Iterator[Problem]:
    known = []
    for key in token.meta["keys"] if token.meta["kind"] is PartKind.PRACTICE else ():
        if source := context.sources.get(key):
            known.append(source)
            sources.setdefault(key)
        else:
            yield _unknown("source", key, token.meta["at"], context.sources)
    token.meta["sources"] = tuple(known)


def _resolve_inline(
    inline: Token,
    context: Context,
    claims: dict[str, AssessedClaim],
    sources: dict[str, None],
    problems: list[Problem],
) -> Iterator[Token]:
    children = inline.children or []
    for index, child in enumerate(children, start=1):
        yield child
        following = children[index] if index < len(children) else None
        name, _, side = child.type.partition("_")
        if child.type == "figure" or (side == "open" and name in ("claim", "term", "source")):
            words, problem = _fill(child, name, context, claims, sources)
            if problem:
                problems.append(problem)
            if words and following and following.type == f"{name}_close":
                meta = {"at": child.meta["at"], "own": False}
                yield Token("text", "", 0, content=words, meta=meta)


def _fill(
    token: Token,
    name: str,
    context: Context,
    claims: dict[str, AssessedClaim],
    sources: dict[str, None],
) -> tuple[str, Problem | None]:
    """Put what a mark stands for into it; return the words an empty mark prints."""
    key = token.meta["key"]
    if name == "claim" and (claim := context.claims.get(key)):
        token.meta["assessed"] = claims.setdefault(key, AssessedClaim(claim, adjudicate(claim)))
        return claim.statement, None
    if name == "term" and (term := context.terms.get(key)):
        token.meta["term"] = term
        return term.term, None
    if name == "source" and (source := context.sources.get(key)):
        token.meta["source"] = source
        sources.setdefault(key)
        return f"\u201c{source.title}\u201d", None
    if name == "figure" and (key in context.figures or not key):
        token.meta["figure"] = context.figures.get(key)
        return "", None
    known = {
        "claim": context.claims,
        "term": context.terms,
        "source": context.sources,
        "figure": context.figures,
    }[name]
    if token.meta.get("malformed"):
        return "", None
    return "", _unknown(name, key, token.meta["at"], known)


def _unknown(name: str, key: str, line: int, known: Mapping[str, object]) -> Problem:
    hint = did_you_mean(key, known) or " Add it, or correct the key."
    message = f"There is no {name} with the key '{key}'.{hint}"
    return Problem(f"unknown-{name}", message, line, params={"key": key})
