"""Whether the words of a wording are a whole statement; what they say is held by `evidence.lint`.

It knows few verbs, so a sentence with a full stop is taken for whole.
"""

from collections.abc import Iterator

from explainer.evidence.lint import vocabulary
from explainer.text.folding import fold
from explainer.text.problems import Problem

FEWEST_WORDS = 4
FRAGMENT = (
    "'{words}' is no whole statement. A wording is read alone: write a sentence of at least "
    f"{FEWEST_WORDS} words, with a verb and a full stop."
)
_STOPS = (".", "!", ".”", "!”", '."', '!"')


def check_whole(text: str) -> Iterator[Problem]:
    """Refuse a heading, a cell of a table or some words of a sentence as a wording."""
    words = " ".join(text.replace("*", "").split())
    begins = words.lstrip("“‘\"'(")[:1]
    is_sentence = words.endswith(_STOPS) or vocabulary.FINITE.search(fold(words))
    is_begun = begins.isupper() or begins.isdigit()
    if not (is_begun and is_sentence and len(words.split()) >= FEWEST_WORDS):
        shown = words if len(words) <= 60 else f"{words[:60]}…"
        yield Problem("wording-fragment", FRAGMENT.format(words=shown), params={"words": words})
