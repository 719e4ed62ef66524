"""Whether headings and questions take an effect as given."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from explainer.evidence.lint import lexicon, vocabulary
from explainer.text.folding import fold
from explainer.text.problems import Problem
from explainer.text.remembered import remembered_anywhere

_REACH = 200  # characters before a word in which its clause is looked for

YES_NO = re.compile(
    r"\W*(?:and |but |or )?(?:is|are|am|was|were|do|does|did|can|could|will|would|has|have|had"
    r"|should|may|might|must)\b(?!n't| it true| (?:you|i) aware"
    r"| you (?:really )?(?:know|want|like|love|wish|dream|ready)\b)"
)
FIGURE = re.compile(
    # Not in a name (B12, 5-alpha), a p value, a number of people, or "The first 24 hours" alone.
    r"(?!(?<=^the first )\d+ (?:hour|day|week)s$)"
    r"(?<![\w.,-])(?<!no\. )(?<![<>=] )\d+(?:[.,]\d+)*(?!\d|[\w.,]*-?[a-z])"
    r"(?! (?:\w+ )?(?:men|women|people|patients|adults|children)\b)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|most) (?:out of|in|of) (?:\w+ )?"
    r"(?:ten|two|three|four|five|men|women|people)\b"
)
YEAR = re.compile(r"(?:19|20)\d\d$")
HEADING_BREAK = re.compile(r"[.,;:!?](?=\s|$)|\s-\s|\b(?:but|because|so|since|although|though)\b")
_HEAD_ENDS = re.compile(r"[.!?](?=\s)|[.!]$")
_TOLD = (vocabulary.HARM_COUNTED, vocabulary.YOURS, vocabulary.STRONG, vocabulary.EFFECT)


@remembered_anywhere
def check_heading(text: str, *, line: int = 0, what: str = "heading") -> tuple[Problem, ...]:
    """Check that a heading takes no effect as given; `what` names it, as "question" does.

    A yes-or-no question passes, and so does a heading that leaves the effect open.
    """
    words = " ".join(fold(text).split())
    is_open = words.endswith("?") and YES_NO.match(words)
    if is_open or (assumed := _assumed(words)) is None:
        return ()
    message = f"The {what} '{text[:_REACH].strip()}' takes an effect as given: '{assumed}'."
    cure = "Ask openly, as in: Does it work? Do any results last? How is it said to work?"
    params = {"effect": assumed}
    return (Problem("effect-assumed", f"{message} {cure}", line, params=params),)


_JUDGES = (
    vocabulary.COMFORT, vocabulary.COMFORTING, vocabulary.CHANCE, vocabulary.TIME,
    vocabulary.TESTIMONY, vocabulary.HEAD_VERDICT,
)  # fmt: skip


@remembered_anywhere
def check_matter(text: str, *, line: int = 0) -> tuple[Problem, ...]:
    """Check that a heading, or a head of a column or row, names a matter and judges nothing.

    It stands beside claims, where a reader takes "Safe in pregnancy" for what they say.
    """
    words = " ".join(fold(text).split())
    found = _HEAD_ENDS.search(words)
    if found is None and not words.endswith("?"):
        found = next(filter(None, (rule.search(words) for rule in _JUDGES)), None)
        if found is None and not vocabulary.HEAD_OPENER.match(words):
            found = vocabulary.FINITE.search(words)
    if found is None:
        return ()
    message = (
        f"The heading '{text[:_REACH].strip()}' says more than what it is about: '{found[0]}'."
    )
    cure = "Name the matter alone, as in: Pain, Pregnancy, Fluid without cells."
    params = {"words": found[0]}
    return (Problem("heading-judges", f"{message} {cure}", line, params=params),)


def _assumed(words: str) -> str | None:
    for piece in _pieces(words):
        if piece.endswith("?") and YES_NO.match(piece):
            continue
        if not (vocabulary.LEFT_OPEN.search(piece) or vocabulary.ATTRIBUTION.search(piece)):
            told = () if piece.endswith("?") else _TOLD
            for match in chain.from_iterable(
                rule.finditer(piece) for rule in (vocabulary.GRANTED, *told)
            ):
                if not lexicon.DENIED.search(piece[max(0, match.start() - _REACH) : match.start()]):
                    return str(match[0])
        for figure in FIGURE.finditer(piece):
            if not YEAR.match(figure[0]):
                return figure[0]
    return None


def _pieces(words: str) -> Iterator[str]:
    ends = (mark.end() for mark in HEADING_BREAK.finditer(words))
    return (words[start:end].strip() for start, end in pairwise((0, *ends, len(words))))
