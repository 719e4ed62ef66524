"""What an author is told of a text or a claim; it costs too much for a page view."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Claim
from explainer.evidence.context import Context, resolve
from explainer.evidence.coverage import Block, Segment
from explainer.evidence.dialect import CONTAINERS, PartKind, parse
from explainer.evidence.levels import Bearing, Level
from explainer.evidence.lint.contracts import About, Surroundings, check_part
from explainer.evidence.lint.grounds import check_grounds, check_name
from explainer.evidence.lint.headings import check_heading, check_matter
from explainer.evidence.lint.sentences import refused_words
from explainer.evidence.lint.statements import check_statement
from explainer.evidence.lint.wordings import check_brackets, check_wording
from explainer.evidence.pipeline import Explanation, explain
from explainer.text import readability
from explainer.text.ends import last_words
from explainer.text.problems import Problem, Refused
from explainer.text.readability import Readability, paragraphs
from explainer.text.words import count_words

MAX_HEADING_WORDS = 16


@dataclass(frozen=True, slots=True)
class LintReport:
    """An explanation with everything an author is told, in order of lines."""

    explanation: Explanation
    problems: tuple[Problem, ...]
    readability: Readability


def lint_text(
    text: str, context: Context, *, about: About = About.TREATMENT, page: Explanation | None = None
) -> LintReport:
    """Judge a text; `about` is what "it" means where none says so, `page` what it became."""
    explanation = page or explain(text, context)
    prose = (block for block in explanation.blocks if block.kind is not PartKind.HEADING)
    measured = _measure(((block.line, block.text) for block in prose), context)
    blocks, around = explanation.blocks, Surroundings(context.names, about)
    wording = (*_check_blocks(blocks), *_check_parts(blocks, around))
    problems = (*explanation.problems, *wording, *readability.check(measured))
    return LintReport(explanation, tuple(sorted(problems, key=lambda it: it.line)), measured)


def unlabelled(blocks: Iterable[Block]) -> dict[PartKind, list[str]]:
    """Give every sentence that carries no label, by its part, as the second reader sees them."""
    found: dict[PartKind, list[str]] = {}
    for block in blocks:
        for kind, segments in groupby(block.segments, key=lambda segment: segment.kind):
            text = "".join(segment.text for segment in segments)
            if kind is not PartKind.CLAIM and text.strip():
                found.setdefault(kind, []).extend(readability.sentences(text))
    return found


def lint_claim(claim: Claim, why: str, context: Context) -> tuple[Problem, ...]:
    """Check a claim's own words; problems carry their field, those of `why` have lines.

    A claim whose verdict is refused yields that refusal and nothing else.
    """
    try:
        level = adjudicate(claim).level
    except Refused as refused:
        return (refused.problem(),)
    sentences = {
        **{f"positions.{at}.says": position.says for at, position in enumerate(claim.positions)},
        **{name: getattr(claim, name) for name in ("would_change", "ask", "level_reason")},
    }
    return (
        *_check_statement(claim, level, context),
        *_check_wordings(claim, level, context),
        *check_name(claim, level),
        *_check_plain("name", claim.name, context),
        *check_grounds(claim, level, context),
        *(p for name, text in sentences.items() for p in _check_plain(name, text, context)),
        *_check_ask(claim, level),
        *lint_prose(why, context),
    )


def lint_prose(text: str, context: Context) -> tuple[Problem, ...]:
    """Check a claim's why, a source's appraisal or a definition: all but tagging, with lines."""
    parsed = parse(text)
    resolved = resolve(parsed, context)
    blocks = paragraphs(text)
    return (
        *parsed.problems,
        *resolved.problems,
        *(_out_of_place("figure", key, text) for key in resolved.figures),
        *(_out_of_place("claim", key, text) for key in resolved.claims),
        *(_out_of_place("record", key, text) for key in resolved.records),
        *(p for line, paragraph in blocks for p in refused_words(paragraph, line=line)),
        *readability.check(_measure(blocks, context)),
    )


def _out_of_place(name: str, key: str, text: str) -> Problem:
    mark = f"{name}:{key}"
    line = next((n for n, words in enumerate(text.split("\n"), 1) if mark in words), 0)
    message = f"Only articles and overviews show {name}s. Take out '{mark}'."
    return Problem(f"{name}-outside-article", message, line, params={"key": key})


def _check_statement(claim: Claim, level: Level, context: Context) -> Iterator[Problem]:
    found = check_statement(claim.statement, level=level, bearing=claim.bearing)
    yield from _in_field("statement", found)
    yield from _check_plain("statement", claim.statement, context)
    first, *more = readability.sentences(claim.statement) or ("",)
    if more:
        message = f"A statement is one sentence, and one ends after '{last_words(first)}'."
        message += " Split the claim or join it."
        yield Problem("statement-not-one-sentence", message, field="statement")


def _check_wordings(claim: Claim, level: Level, context: Context) -> Iterator[Problem]:
    for place, wording in enumerate(claim.wordings):
        field = f"wordings.{place}"
        yield from _in_field(field, check_wording(wording, claim, level))
        yield from _check_plain(field, wording, context)


def _check_ask(claim: Claim, level: Level) -> Iterator[Problem]:
    if claim.ask:
        if not claim.ask.endswith("?"):
            message = f"'{claim.ask}' is not a question. End it with '?'."
            yield Problem("ask-not-question", message, field="ask", params={"ask": claim.ask})
        yield from _in_field("ask", check_heading(claim.ask, what="question"))
    elif level is Level.UNSUPPORTED and claim.bearing is Bearing.PROMISE:
        # After every unsupported promise the reader finds something to ask.
        message = "An unsupported promise needs 'ask': what a reader can ask a clinic about it."
        yield Problem("ask-needed", message, field="ask")


def _check_plain(field: str, text: str, context: Context) -> Iterator[Problem]:
    yield from _in_field(field, refused_words(text))
    yield from _in_field(field, readability.check(_measure([(0, text)], context)))


def _measure(blocks: Iterable[tuple[int, str]], context: Context) -> Readability:
    return readability.measure(blocks, terms=context.term_words)


def _in_field(field: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    for problem in problems:
        yield replace(problem, field=field)


def _check_parts(blocks: Sequence[Block], around: Surroundings) -> Iterator[Problem]:
    # Outside a block each paragraph stands for itself.
    for _, grouped in groupby(blocks, key=lambda block: (block.part, block.part or block.line)):
        group = [*grouped]
        sells = any(not source.is_independent for source in group[0].sources)
        for kind in CONTAINERS:
            found = [paragraph for block in group for paragraph in _of_kind(block, kind)]
            yield from check_part(kind, found, replace(around, sells=sells))


def _of_kind(block: Block, kind: PartKind) -> Iterator[tuple[int, str, bool]]:
    for found, segments in groupby(block.segments, key=lambda segment: segment.kind):
        if found is kind:
            run = [*segments]
            yield run[0].line, "".join(segment.text for segment in run), block.is_item


def _check_blocks(blocks: Sequence[Block]) -> Iterator[Problem]:
    for block in blocks:
        own = "".join(segment.text if segment.own else "\n" for segment in block.segments)
        yield from refused_words(own, line=block.line)
        if block.kind is PartKind.HEADING:
            yield from _check_heading(block)
        for (kind, _), segments in groupby(block.segments, key=lambda s: (s.kind, s.mark)):
            yield from _check_run(kind, list(segments))


def _check_heading(block: Block) -> Iterator[Problem]:
    words = count_words(block.text)
    if words > MAX_HEADING_WORDS:
        message = f"A heading or head of a table of {words} words; at most {MAX_HEADING_WORDS}."
        message += " Say it in a claim or a block below."
        yield Problem("heading-too-long", message, block.line, params={"words": str(words)})
    what = "question" if block.text.rstrip().endswith("?") else "heading"
    assumed = check_heading(block.text, line=block.line, what=what)
    yield from assumed or check_matter(block.text, line=block.line)


def _check_run(kind: PartKind, segments: list[Segment]) -> Iterator[Problem]:
    text, first = "".join(segment.text for segment in segments), segments[0]
    if kind is PartKind.QUESTION:
        yield from check_heading(text.strip(), line=first.line, what="question")
    elif first.assessed and any(s.own for s in segments if s.text.strip()):
        yield from check_brackets(text.strip(), first.assessed.claim, line=first.line)
