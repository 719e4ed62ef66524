"""From a text to an explanation: the one way words become a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markdown_it.token import Token

from explainer.evidence.claims import Record
from explainer.evidence.context import AssessedClaim, Context, Figure, resolve
from explainer.evidence.coverage import Account, Block, account
from explainer.evidence.dialect import PartKind, parse
from explainer.evidence.glossary_links import Vocabulary, link_terms
from explainer.evidence.render import Heading, render
from explainer.evidence.sanitise import sanitise
from explainer.text.problems import Problem
from explainer.text.visible import Section, sections, visible_text

__all__ = ["Explanation", "Figure", "Heading", "PartKind", "explain"]

MAX_GROWTH = 20  # characters of HTML for each character of text
SMALLEST_LIMIT = 40_000  # one empty claim prints a sentence, so short texts grow more


@dataclass(frozen=True)
class Explanation:
    """A text, labelled and safe: `raw` is what was rendered, for `html` alone.

    `claims` and `records` stand in order of first appearance; `sources` and `figures` are keys;
    `linked` are the glossary terms linked so far on the page; `words` counts the visible words by
    part; `problems` are those of form, keys and accounting. Words are accounted when asked for.
    """

    raw: str
    claims: tuple[AssessedClaim, ...]
    records: tuple[Record, ...]
    headings: tuple[Heading, ...]
    sources: tuple[str, ...]
    figures: tuple[str, ...]
    linked: tuple[str, ...]
    found: tuple[Problem, ...]
    tokens: tuple[Token, ...] = field(repr=False, compare=False)

    @cached_property
    def _accounted(self) -> Account:
        return account(self.tokens)

    @property
    def words(self) -> Mapping[PartKind, int]:
        return self._accounted.words

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self._accounted.blocks

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        every = (*self.found, *self._accounted.problems)
        return tuple(sorted(every, key=lambda problem: problem.line))

    @cached_property
    def html(self) -> str:
        return sanitise(self.raw)  # most of what a text takes, and who judges it does not look

    @property
    def text(self) -> str:
        return visible_text(self.html)

    @property
    def sections(self) -> tuple[Section, ...]:
        return sections(self.html)


def explain(
    text: str,
    context: Context,
    *,
    prefix: str | None = "",
    linked: Iterable[str] | None = None,
    judged: bool = True,
) -> Explanation:
    """Turn a text of the dialect into labelled, safe HTML.

    `prefix` keeps heading ids apart when several texts share a page (None: no ids, for any number
    of texts, and labels that lead to the claims' own pages); `linked` are the glossary terms the
    page has linked so far (None: link none); `judged` is False for readers, whose text was judged
    before it was public. Never raises for what an author typed: a text that cannot be rendered
    comes back empty with the problem that says why.
    """
    parsed = parse(text, judged=judged)
    resolved = resolve(parsed, context)
    if linked is not None:
        linked = link_terms(resolved.tokens, Vocabulary.of(tuple(context.terms.values())), linked)
    html, headings = render(resolved.tokens, prefix=prefix)
    problems = (*parsed.problems, *resolved.problems)
    limit = max(MAX_GROWTH * len(text), SMALLEST_LIMIT)
    if len(html) > limit:
        message = f"The page would have {len(html)} characters; at most {limit} for this text."
        html, headings = "", ()
        problems = (*problems, Problem("page-too-big", f"{message} Repeat fewer claims or cells."))
    return Explanation(
        raw=html,
        claims=tuple(resolved.claims.values()),
        records=tuple(resolved.records.values()),
        headings=headings,
        sources=tuple(resolved.sources),
        figures=tuple(resolved.figures),
        linked=tuple(linked or ()),
        found=problems,
        tokens=resolved.tokens,
    )
