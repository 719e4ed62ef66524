"""Whether the statement of a claim says no more than its label.

Every clause that tells an effect needs its own hedge, denial, doubt or owner:
one hedge somewhere in the sentence does not excuse the rest of it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from explainer.evidence.levels import Bearing, Level
from explainer.evidence.lint import lexicon, vocabulary
from explainer.evidence.lint.lexicon import clause, opening
from explainer.text.folding import fold
from explainer.text.problems import Problem

STATEMENT_LIMIT = 400  # characters above which no text is one sentence of at most 25 words


def check_statement(
    text: str, *, level: Level, bearing: Bearing, line: int = 0
) -> tuple[Problem, ...]:
    """Check that a claim's statement, or the words in its brackets, say how sure we are.

    A promise must hedge, or name its owner and be denied; a warning must not be worded as certain
    comfort.
    """
    if len(text) > STATEMENT_LIMIT:
        message = f"'{opening(text)}' has {len(text)} characters."
        cure = "Write one sentence of at most 25 words."
        return (Problem("statement-too-long", f"{message} {cure}", line),)
    # A statement is no question, so "May" within it is a month and no hedge.
    words = " ".join(fold(text.replace("May ", "")).split())
    if bearing is Bearing.WARNING:
        found = _warned(words)
    elif level.spec.hedges:
        found = _hedged(words, level, opening(text), level.spec.hedges)
    else:
        found = _denied(words, level, opening(text))
    return tuple(replace(problem, line=line) for problem in found)


def _unsure(code: str, message: str, level: Level, words: str = "") -> Problem:
    params = {"level": level, "words": words}
    return Problem(code, f"{message} {level.spec.example}", params=params)


def _hedged(words: str, level: Level, start_of: str, hedges: re.Pattern[str]) -> Iterator[Problem]:
    if not hedges.search(words):
        message = f"'{start_of}' does not say that this is {level.word.lower()}."
        yield _unsure("hedge-missing", message, level)
    start = end = 0
    if level.spec.may_report and (attribution := vocabulary.ATTRIBUTION.search(words)):
        start = attribution.start()
        stop = lexicon.CLAUSE_BREAK.search(words, attribution.end())
        end = stop.start() if stop else len(words)
    yield from _certain(words, level, start, end)
    yield from _bare(words, level)


def _denied(words: str, level: Level, start_of: str) -> Iterator[Problem]:
    if lexicon.BARE_NO_EVIDENCE.match(words):
        message = f"reads as a double negative under the label '{level.word}'."
        yield _unsure("double-negative", f"'There is no evidence that' {message}", level)
        return
    attribution = vocabulary.ATTRIBUTION.search(words)
    if not attribution:
        message = f"'{start_of}' does not say whose promise this is."
        yield _unsure("owner-missing", message, level)
        return
    denial = _denial(words, attribution.end())
    if denial is None:
        message = f"'{start_of}' does not deny the promise after naming whose it is."
        yield _unsure("denial-missing", message, level)
    end = len(words) if denial is None else denial
    yield from _certain(words, level, attribution.start(), end)
    owned = [
        mark.end() for mark in vocabulary.STATEMENT_BREAK.finditer(words[: attribution.start()])
    ]
    yield from _bare(words[: owned[-1] if owned else 0], level)
    yield from _bare(words[end:], level)


def _denial(words: str, start: int) -> int | None:
    for denial in vocabulary.DENIAL.finditer(words, start):
        stop = lexicon.CLAUSE_BREAK.search(words, denial.end())
        near = clause(words[: denial.start()]) + words[denial.start() : stop and stop.start()]
        if not vocabulary.HOLLOW.search(near):
            return denial.start()
    return _named_harm(words, start)


def _bare(words: str, level: Level) -> Iterator[Problem]:
    """Name the first effect whose own clause does not say how sure we are."""
    start = 0
    ends = [mark.end() for mark in vocabulary.STATEMENT_BREAK.finditer(words)]
    for end in [*ends, len(words)]:
        piece, start = words[start:end], end
        for match in vocabulary.STATED.finditer(piece):
            if not _is_excused(piece, match, level):
                message = f"'{match[0]}' stands in a clause that does not say that this is"
                message += f" {level.word.lower()}."
                yield _unsure("clause-without-hedge", message, level, match[0])
                return


def _is_excused(piece: str, match: re.Match[str], level: Level) -> bool:
    hedge = level.spec.hedges or vocabulary.DENIAL.pattern
    if any(said.search(piece) for said in (hedge, lexicon.UNKNOWN, vocabulary.ATTRIBUTION.pattern)):
        return True
    # "40 out of 100 see none": of a number the denial may follow.
    before = piece if lexicon.COUNTED.match(match[0]) else piece[: match.start()]
    return bool(lexicon.DENIED.search(before) or lexicon.DOUBTED.search(before))


def _certain(words: str, level: Level, start: int, end: int) -> Iterator[Problem]:
    """Name the words that are too sure, outside what is attributed (start to end)."""
    for match in level.spec.too_sure.finditer(words):
        attributed = start <= match.start() < end
        if not attributed and not _is_limited(words, match):
            message = f"'{match[0]}' is too sure for a promise that is {level.word.lower()}."
            yield _unsure("too-sure", message, level, match[0])


def _is_limited(words: str, match: re.Match[str]) -> bool:
    before, after = words[: match.start()], words[match.end() :]
    near = clause(before)
    if lexicon.DENIED.search(near) or lexicon.DOUBTED.search(near):
        return True
    if match[0].endswith(("not", "n't")):
        # "Will not hurt" promises; "might slow it but will not bring it back" limits.
        return bool(lexicon.LIMITING.search(before) or lexicon.WILL_BE_KNOWN.match(after))
    return bool(lexicon.EMBEDDED.search(near) and lexicon.UNKNOWN.search(words))


def _warned(words: str) -> Iterator[Problem]:
    for match in vocabulary.COMFORTING.finditer(words):
        if not (_is_denied(words, match) or _named_harm(words, match.end()) is not None):
            message = f"'{match[0]}' comforts with certainty, and this is a warning."
            cure = "Write what was looked for, in how many people, and what was seen."
            yield Problem("too-comforting", f"{message} {cure}", params={"words": match[0]})
    for match in vocabulary.ACTED.finditer(words):
        if not (_is_denied(words, match) or _is_hedged_near(words, match)):
            message = f"'{match[0]}' promises an effect, and this is a warning."
            cure = "Take the effect out, or make it a claim of its own that promises."
            yield Problem("warning-promises", f"{message} {cure}", params={"words": match[0]})


def _is_denied(words: str, match: re.Match[str]) -> bool:
    before = words[: match.start()]
    if vocabulary.ATTRIBUTION.search(before) and _denial(words, match.end()) is not None:
        return True
    near = clause(before)
    return bool(lexicon.DENIED.search(near) or lexicon.DOUBTED.search(near))


def _named_harm(words: str, start: int) -> int | None:
    for countered in vocabulary.COUNTERED.finditer(words, start):
        if not lexicon.DENIED.search(words[countered.start() : countered.start("harm")]):
            return countered.start()
    return None


def _is_hedged_near(words: str, match: re.Match[str]) -> bool:
    near = clause(words[: match.start()])
    hedges = (level.spec.hedges for level in Level if level.spec.hedges)
    return any(hedge.search(near) for hedge in (*hedges, lexicon.STOPPING))
