"""Whether words say no more than the evidence carries.

Rules, not style: verbs follow the label, marketing words are refused in our
own voice, headings and questions assume nothing (evidence method, sections 3
and 4). What is looked for stands in `phrases`; here is when it is a problem.
The rules know words, not meaning: they catch what slips in, and a second
person still reads every text.
"""

import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from explainer.evidence import phrases
from explainer.evidence.levels import Bearing, Level
from explainer.evidence.phrases import fold
from explainer.evidence.problems import Problem, Severity
from explainer.evidence.readability import sentences

_EXAMPLES = {
    Level.PLAUSIBLE: (
        "Use could, might, may, in theory, early results suggest, seems to or appears to, as in: "
        "Injected dutasteride might slow hair loss in some men."
    ),
    Level.UNDER_INVESTIGATION: (
        "Use is being studied, is not known yet, is not clear, studies differ or small trials, "
        "as in: Whether the effect lasts is not known yet."
    ),
    Level.UNSUPPORTED: (
        "Name whose promise it is, then deny it support, as in: Clinics say that vitamin mixes "
        "make hair denser, but no study of a vitamin mix alone has shown it."
    ),
}

_CURES = {
    "proven": "Write what was tested, in whom, and what was found; or that it is not proven.",
    "safe": "Write how often harm was seen, and in whom; or say safe for whom.",
    "natural": "Write what it is made of.",
    "painless": "Write how many people felt pain.",
}

_LEFT_OUT = "Leave it out or write what was seen."

_REACH = 200
"""Characters to each side of a word in which its sentence is looked for."""
STATEMENT_LIMIT = 400
"""Characters above which no text is one sentence of at most 25 words."""


def check_statement(
    text: str, *, level: Level, bearing: Bearing, line: int = 0
) -> tuple[Problem, ...]:
    """Check that the wording of a claim says how sure we are (method, section 4).

    `text` is a claim's statement or the words in a claim's brackets, `level`
    the label the claim ends up with. A promise must hedge, or name its owner
    and be denied; a warning must not be worded as certain comfort. Marketing
    words are not looked for here: `refused_words` reads every text of ours.
    """
    if len(text) > STATEMENT_LIMIT:
        cure = "Write one sentence of at most 25 words."
        return (Problem(f"'{_opening(text)}' has {len(text)} characters. {cure}", line),)
    # A statement is no question, so "May" within it is a month and no hedge.
    words = " ".join(fold(text.replace("May ", "")).split())
    if bearing is Bearing.WARNING:
        found = _comfort(words)
    elif level is Level.UNSUPPORTED:
        found = _unsupported(words, _opening(text))
    else:
        found = _hedged(words, level, _opening(text))
    return tuple(Problem(message, line) for message in found)


def refused_words(
    text: str, *, line: int = 0, line_of: Callable[[int], int] | None = None
) -> tuple[Problem, ...]:
    """Find marketing words in our own voice (method, section 4).

    Passes: words in double quotation marks, straight or curly, within one
    paragraph (a clinic's word, reported); words denied in their clause ("not
    proven", "no known cure", "no study has shown that it is safe"); and
    "proven", "cure", "guaranteed", "safe" and "painless" when doubted or asked
    ("whether it is safe", "how safe", "Is it safe?"). "Safe" is bare unless
    "for" or "in" somebody follows; "safe for everyone" and "safe in general" are
    bare too. "Safely", "safest" and "safer" without "than" count as "safe";
    "unsafe", "safety" and "naturally" are other words.

    `line_of` gives the line of a place in `text`; without it all are on `line`.
    """
    words = fold(text)
    problems = []
    for match in phrases.REFUSED.finditer(words):
        if not _is_fair(words, match):
            place = line_of(match.start()) if line_of else line
            problems.append(Problem(_refusal(text[match.start() : match.end()]), place))
    return tuple(problems)


def check_heading(text: str, *, line: int = 0) -> tuple[Problem, ...]:
    """Check that a heading takes no effect as given (method, section 3).

    A heading that is a yes-or-no question passes, and so does one that leaves
    the effect open ("what trials found", "said to", "might"). Marketing words
    are not looked for here: that is `refused_words`.
    """
    return _presumption(text, "heading", line)


def check_question(text: str, *, line: int = 0) -> tuple[Problem, ...]:
    """Check that a question takes no effect as given; as `check_heading`."""
    return _presumption(text, "question", line)


def effect_in_plain_part(
    text: str, *, names: Collection[str], line: int = 0
) -> tuple[Problem, ...]:
    """Warn of sentences that belong in a claim, not in an unlabelled part.

    `text` is a block of a background, practice or guidance part, `names` are the
    names of treatments ("MSC therapy", "mesotherapy"). A sentence that names one
    together with an effect is a warning for the editor; a question, or a
    sentence that asks whether, is not.
    """
    words = fold(text)
    named = _name_pattern(tuple(sorted(names)))
    if not (named and named.search(words) and phrases.EFFECTS.search(words)):
        return ()
    return tuple(
        Problem(
            f"'{_opening(sentence)}' names '{name[0]}' together with '{effect[0]}' in a part "
            "without a label. Make it a claim, or take the effect out.",
            line,
            severity=Severity.WARNING,
        )
        for sentence in sentences(text)
        for name, effect in _effects(fold(sentence), named)
    )


def _hedged(words: str, level: Level, opening: str) -> Iterator[str]:
    if not phrases.HEDGES[level].search(words):
        yield f"'{opening}' does not say that this is {_said(level)}. {_EXAMPLES[level]}"
    attribution = None
    if level is Level.UNDER_INVESTIGATION:
        attribution = phrases.ATTRIBUTION.search(words)
    start = end = 0
    if attribution:
        start = attribution.start()
        stop = phrases.CLAUSE_BREAK.search(words, attribution.end())
        end = stop.start() if stop else len(words)
    yield from _certain(words, level, start, end)


def _unsupported(words: str, opening: str) -> Iterator[str]:
    level = Level.UNSUPPORTED
    if phrases.BARE_NO_EVIDENCE.match(words):
        yield (
            "'There is no evidence that' reads as a double negative under the label "
            f"'Unsupported'. {_EXAMPLES[level]}"
        )
        return
    attribution = phrases.ATTRIBUTION.search(words)
    if not attribution:
        yield f"'{opening}' does not say whose promise this is. {_EXAMPLES[level]}"
        return
    denial = _denial(words, attribution.end())
    if denial is None:
        yield (
            f"'{opening}' does not deny the promise after naming whose it is. {_EXAMPLES[level]}"
        )
    end = len(words) if denial is None else denial
    yield from _certain(words, level, attribution.start(), end)


def _denial(words: str, start: int) -> int | None:
    denial = phrases.DENIAL.search(words, start)
    if denial:
        return denial.start()
    for countered in phrases.COUNTERED.finditer(words, start):
        if not phrases.DENIED.search(words[countered.start() : countered.start("harm")]):
            return countered.start()
    return None


def _certain(words: str, level: Level, start: int, end: int) -> Iterator[str]:
    """Name the words that are too sure, outside what is attributed (start to end)."""
    for match in phrases.CERTAIN[level].finditer(words):
        attributed = start <= match.start() < end
        if not attributed and not _is_limited(words, match):
            yield (
                f"'{match[0]}' is too sure for a promise that is {_said(level)}. {_EXAMPLES[level]}"
            )


def _is_limited(words: str, match: re.Match[str]) -> bool:
    before, after = words[: match.start()], words[match.end() :]
    clause = _clause(before)
    if phrases.DENIED.search(clause) or phrases.DOUBTED.search(clause):
        return True
    if match[0].endswith(("not", "n't")):
        # "Will not hurt" promises; "might slow it but will not bring it back" limits.
        return bool(phrases.LIMITING.search(before) or phrases.WILL_BE_KNOWN.match(after))
    return bool(phrases.EMBEDDED.search(clause) and phrases.UNKNOWN.search(words))


def _comfort(words: str) -> Iterator[str]:
    for match in phrases.COMFORT.finditer(words):
        before = words[: match.start()]
        attributed = phrases.ATTRIBUTION.search(before) and _denial(words, match.end()) is not None
        clause = _clause(before)
        if not (attributed or phrases.DENIED.search(clause) or phrases.DOUBTED.search(clause)):
            yield (
                f"'{match[0]}' comforts with certainty, and this is a warning. Write what was "
                "looked for, in how many people, and what was seen."
            )


def _is_fair(words: str, match: re.Match[str]) -> bool:
    if _is_quoted(words, match.start()):
        return True
    if match[0].startswith("safe") and phrases.SAFE_FOR.match(words, match.end()):
        return True
    clause = _clause(words[max(0, match.start() - _REACH) : match.start()])
    if phrases.DENIED.search(clause):
        return True
    if not phrases.DEBATABLE.match(match[0]):
        return False
    return bool(phrases.DOUBTED.search(clause)) or _is_asked(words, match)


def _is_asked(words: str, match: re.Match[str]) -> bool:
    first, last = max(0, match.start() - _REACH), match.end() + _REACH
    end = phrases.SENTENCE_END.search(words, match.end(), last)
    if end is None or end[0] != "?":
        return False
    start = max(words.rfind(mark, first, match.start()) for mark in ".!?\n")
    return phrases.YES_NO.match(words, max(start + 1, first)) is not None


def _is_quoted(words: str, place: int) -> bool:
    starts, ends = _quotations(words)
    before = bisect(starts, place) - 1
    return before >= 0 and place < ends[before]


@lru_cache(maxsize=8)
def _quotations(words: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    spans = [
        match.span()
        for match in phrases.QUOTED.finditer(words)
        if not phrases.PARAGRAPH_END.search(match[0])
    ]
    return tuple(start for start, _ in spans), tuple(end for _, end in spans)


def _refusal(word: str) -> str:
    stem = "safe" if word.lower().startswith("safe") else word.lower()
    return (
        f"'{word}' is refused in our own voice. {_CURES.get(stem, _LEFT_OUT)} "
        "A clinic's own word goes in double quotation marks."
    )


def _presumption(text: str, what: str, line: int) -> tuple[Problem, ...]:
    words = " ".join(fold(text[:_REACH]).split())
    if words.endswith("?") and phrases.YES_NO.match(words):
        return ()
    if phrases.OPEN.search(words) or phrases.ATTRIBUTION.search(words):
        return ()
    for match in phrases.ASSUMED.finditer(words):
        if not phrases.DENIED.search(_clause(words[: match.start()])):
            return (
                Problem(
                    f"The {what} '{text[:_REACH].strip()}' takes an effect as given: '{match[0]}'. "
                    "Ask openly, as in: Does it work? Do any results last? How is it said to work?",
                    line,
                ),
            )
    return ()


def _effects(words: str, named: re.Pattern[str]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    name, effect = named.search(words), phrases.EFFECTS.search(words)
    if name and effect and not words.endswith("?") and not phrases.DOUBTED.search(words):
        yield name, effect


@lru_cache(maxsize=16)
def _name_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    return re.compile(rf"\b(?:{'|'.join(re.escape(fold(name)) for name in names)})s?\b")


def _clause(before: str) -> str:
    """Give the part of the text that belongs to the clause of what follows it."""
    end = 0
    for mark in phrases.CLAUSE_BREAK.finditer(before):
        end = mark.end()
    return before[end:]


def _said(level: Level) -> str:
    return level.word.lower()


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" ..." if len(words) > 6 else "")
