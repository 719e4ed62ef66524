"""How much a sentence reads like a claim, by words learned from sentences that people judged.

The second net under the word lists of `contracts`, for what they do not know. `likeness.tsv` holds
a weight for each run of one to three words; `python -m tests.evidence.learn` makes it from
`tests/evidence/sentences`. A sentence's weights add up to the odds that it is a claim.
"""

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from explainer.text.remembered import remembered

LONGEST_RUN = 3
_TOKEN = re.compile(r"[\w'-]+|[?!,]")
_SCALE = 100  # weights are kept as whole hundredths


def runs(part: str, words: str) -> frozenset[str]:
    """Give what is weighed of a folded sentence: the part it stands in, and its runs of words."""
    tokens = [f"<{part}>", *_TOKEN.findall(words)]
    places = ((at, at + long) for at in range(len(tokens)) for long in range(1, LONGEST_RUN + 1))
    return frozenset(" ".join(tokens[at:end]) for at, end in places if end <= len(tokens))


@remembered
def likeness(part: str, words: str) -> float:
    """Say how likely a folded sentence is a claim, from 0 to 1."""
    weights = _weights()
    score = sum(weights.get(run, 0) for run in runs(part, words)) + weights[""]
    return 1 / (1 + math.exp(-score / _SCALE))


def telling(part: str, words: str) -> str:
    """Give the words that speak most for a claim, in the order of the sentence."""
    weights = _weights()
    known = (run for run in runs(part, words) if weights.get(run, 0) > 0 and run in words)
    found = sorted(known, key=lambda run: -weights[run])[:3]
    return "', '".join(sorted(found, key=words.find))


@cache
def _weights() -> Mapping[str, int]:
    text = (files(__package__) / "likeness.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {run: int(weight) for weight, run in rows}
