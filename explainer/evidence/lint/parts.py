"""What an author is told about the wording of a text or of a claim.

Puts the rules of `wording` and `readability` to the right words: a claim's own
wording against its label, headings and questions against assumptions, every
word of ours against marketing (method, sections 3, 4 and 6).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Claim
from explainer.evidence.context import AssessedClaim, Context, resolve
from explainer.evidence.coverage import Block, Segment, count_words
from explainer.evidence.dialect import CONTAINERS, PartKind, parse
from explainer.evidence.levels import Bearing, Level
from explainer.evidence.lint import readability, sentences
from explainer.evidence.problems import Problem, Refused

MAX_HEADING_WORDS = 16
"""Longest heading, question heading or head of a table's column."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


def check_blocks(blocks: Sequence[Block], context: Context) -> Iterator[Problem]:
    """Check the wording of an accounted text, block by block."""
    for block in blocks:
        own = "".join(segment.text if segment.own else "\n" for segment in block.segments)
        yield from sentences.refused_words(own, line=block.line)
        if block.kind is PartKind.HEADING:
            yield from _check_heading(block)
        for kind, segments in groupby(block.segments, key=_part):
            yield from _check_run(kind[0], list(segments), context)


def check_claim_texts(claim: Claim, why: str, context: Context) -> Iterator[Problem]:
    """Check every text of a claim; `why` is Markdown, the rest plain sentences."""
    try:
        level = adjudicate(claim).level
    except Refused as refused:
        yield refused.problem()
        return
    statement = sentences.check_statement(claim.statement, level=level, bearing=claim.bearing)
    yield from _in_field("statement", statement)
    yield from _check_plain("statement", claim.statement, context)
    if len(readability.sentences(claim.statement)) > 1:
        message = "A statement is one sentence. Split the claim or join it."
        yield Problem("statement-not-one-sentence", message, field="statement")
    for order, position in enumerate(claim.positions):
        yield from _check_plain(f"positions.{order}.says", position.says, context)
    yield from _check_plain("would_change", claim.would_change, context)
    yield from _check_ask(claim, level, context)
    if claim.level_reason:
        yield from _check_plain("level_reason", claim.level_reason, context)
    yield from check_prose(why, context)


def _check_ask(claim: Claim, level: Level, context: Context) -> Iterator[Problem]:
    # Section 6: after every unsupported promise the reader finds something to ask.
    if not claim.ask:
        if level is Level.UNSUPPORTED and claim.bearing is Bearing.PROMISE:
            message = "An unsupported promise needs 'ask': what a reader can ask a clinic about it."
            yield Problem("ask-needed", message, field="ask")
        return
    if not claim.ask.endswith("?"):
        message = f"'{claim.ask}' is not a question. End it with '?'."
        yield Problem("ask-not-question", message, field="ask", params={"ask": claim.ask})
    yield from _in_field("ask", sentences.check_question(claim.ask))
    yield from _check_plain("ask", claim.ask, context)


def check_prose(text: str, context: Context) -> Iterator[Problem]:
    """Check a text that stands under its own claim or source: form, keys, words, sentences.

    For a claim's why, a source's appraisal and a glossary definition, which the
    method (section 3) exempts from tagging.
    """
    parsed = parse(text)
    yield from parsed.problems
    resolved = resolve(parsed, context)
    yield from resolved.problems
    for key in resolved.figures:
        line = next((n for n, words in enumerate(text.split("\n"), 1) if key in words), 0)
        message = f"Only articles show figures. Take out 'figure:{key}'."
        yield Problem("figure-outside-article", message, line, params={"key": key})
    for line, paragraph in _paragraphs(text):
        yield from sentences.refused_words(paragraph, line=line)
    yield from readability.check(_measure(_paragraphs(text), context))


def _check_plain(field: str, text: str, context: Context) -> Iterator[Problem]:
    yield from _in_field(field, sentences.refused_words(text, line=0))
    yield from _in_field(field, readability.check(_measure([(0, text)], context)))


def _measure(blocks: Sequence[tuple[int, str]], context: Context) -> readability.Readability:
    return readability.measure(blocks, terms=glossary_words(context))


def glossary_words(context: Context) -> tuple[str, ...]:
    """Give every word and other word of the glossary."""
    return tuple(word for term in context.terms.values() for word in (term.term, *term.also))


def _in_field(field: str, problems: Sequence[Problem]) -> Iterator[Problem]:
    for problem in problems:
        yield replace(problem, field=field)


def _check_heading(block: Block) -> Iterator[Problem]:
    words = count_words(block.text)
    if words > MAX_HEADING_WORDS:
        yield Problem(
            "heading-too-long",
            f"A heading or head of a column of {words} words; at most {MAX_HEADING_WORDS}. Say it "
            "in a claim or a block below.",
            block.line,
            params={"words": str(words)},
        )
    check = (
        sentences.check_question if block.text.rstrip().endswith("?") else sentences.check_heading
    )
    yield from check(block.text, line=block.line)


def _part(segment: Segment) -> tuple[PartKind, int]:
    return segment.kind, segment.mark


def _check_run(kind: PartKind, segments: list[Segment], context: Context) -> Iterator[Problem]:
    text = "".join(segment.text for segment in segments)
    first = segments[0]
    if kind is PartKind.QUESTION:
        yield from sentences.check_question(text.strip(), line=first.line)
    elif (
        kind is PartKind.CLAIM and first.assessed and any(s.own for s in segments if s.text.strip())
    ):
        yield from _check_own_words(text.strip(), first.assessed, first.line)
    elif kind in CONTAINERS and text.strip():
        yield from sentences.effect_in_plain_part(
            text, names=context.treatment_names, line=first.line
        )


def _check_own_words(text: str, assessed: AssessedClaim, line: int) -> Iterator[Problem]:
    """Check words in a claim's brackets: they may never say more than the statement."""
    claim = assessed.claim
    yield from sentences.check_statement(
        text, level=assessed.verdict.level, bearing=claim.bearing, line=line
    )
    if len(readability.sentences(text)) > 1:
        message = f"The brackets of '{claim.key}' hold more than one sentence."
        cure = "Give each its own claim."
        params = {"key": claim.key}
        yield Problem("brackets-not-one-sentence", f"{message} {cure}", line, params=params)
    added = set(_FIGURE.findall(text)) - set(_FIGURE.findall(claim.statement))
    if added:
        figures = ", ".join(sorted(added))
        yield Problem(
            "brackets-add-figures",
            f"The brackets of '{claim.key}' say {figures}, which its statement does not. "
            "Use empty brackets, or put the figure into the statement.",
            line,
            params={"key": claim.key, "figures": figures},
        )


def _paragraphs(text: str) -> list[tuple[int, str]]:
    found, line = [], 1
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            lead = len(paragraph) - len(paragraph.lstrip("\n"))
            found.append((line + lead, paragraph.strip()))
        line += paragraph.count("\n") + 2
    return found
