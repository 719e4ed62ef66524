"""Whether words in a claim's brackets are the claim's, and whether its wordings add nothing.

A wording is another sentence for the same claim, kept and reviewed with it (method, section 5).
"""

import re
from collections.abc import Iterator

from explainer.evidence.claims import Claim
from explainer.evidence.levels import Level
from explainer.evidence.lint.lexicon import opening
from explainer.evidence.lint.statements import check_statement
from explainer.text.ends import last_words
from explainer.text.folding import fold
from explainer.text.problems import Problem, Severity
from explainer.text.readability import sentences

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_TO_TWELVE = "two three four five six seven eight nine ten eleven twelve"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"
_BY_WORD = {word: str(number) for number, word in enumerate(_TO_TWELVE.split(), 2)} | {
    word: str(number * 10) for number, word in enumerate(_TENS.split(), 2)
}
_WORD = re.compile(r"[a-z]+")
_SHARE = re.compile(r"\b(half|third|quarter|dozen|twice|double)s?\b|(?:per ?cent\b|[%\u066a])")


def check_brackets(text: str, claim: Claim, *, line: int = 0) -> Iterator[Problem]:
    """Refuse words in a claim's brackets that are neither its statement nor one of its wordings."""
    known = {compared(words) for words in (claim.statement, *claim.wordings)}
    if compared(text) not in known:
        message = f"'{opening(text)}' is neither the statement of '{claim.key}' nor one of its "
        message += "wordings. Leave the brackets empty, or add the words to the claim as a wording."
        params = {"key": claim.key, "words": text}
        yield Problem("wording-unknown", message, line, params=params)


def check_wording(text: str, claim: Claim, level: Level) -> Iterator[Problem]:
    """Hold a wording to every check of a statement, and to the figures of its statement."""
    yield from check_statement(text, level=level, bearing=claim.bearing)
    first, *more = sentences(text) or ("",)
    if more:
        message = f"A wording is one sentence, and one ends after '{last_words(first)}'."
        yield Problem("wording-not-one-sentence", f"{message} Make two of it.")
    if added := figures(text) - figures(claim.statement):
        shown = ", ".join(sorted(added))
        message = (
            f"'{opening(text)}' says {shown}, which the statement does not. Take it out, or put "
        )
        yield Problem("wording-adds-figures", f"{message}it there.", params={"figures": shown})


def check_marks(text: str, statement: str) -> Iterator[Problem]:
    """Warn of a wording that does not mark what somebody says, as its statement does with `*`.

    "This promise" follows a wording too. No error: words that are added to a claim from a text come
    without signs, and the claim's draft is where they are set.
    """
    if "*" in statement and "*" not in text:
        message = "The wording does not mark what somebody says, as the statement does. "
        message += "Put * before and after those words."
        yield Problem("wording-unmarked", message, severity=Severity.WARNING)


def figures(text: str) -> set[str]:
    """Give the figures and shares of a text, however they are written: 1,480, nine, a third, %."""
    words = fold(text)
    found = {figure.replace(",", "") for figure in _FIGURE.findall(words)}
    found |= {_BY_WORD[word] for word in _WORD.findall(words) if word in _BY_WORD}
    return found | {share[1] or "%" for share in _SHARE.finditer(words)}


def compared(text: str) -> str:
    """Give words as two wordings are compared: without letters of another form, or a last stop."""
    return " ".join(fold(text).split()).rstrip(".")
