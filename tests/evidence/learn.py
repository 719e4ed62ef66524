"""Learns the weights of `explainer.evidence.lint.likeness`: `python -m tests.evidence.learn`.

Logistic regression with a quadratic penalty, both verdicts weighing alike, by AdaGrad in a fixed
order, so that the same sentences give the same file. `unseen.tsv` is never read here.
"""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from explainer.evidence.lint import likeness
from explainer.text.folding import fold

SENTENCES = Path(__file__).parent / "sentences"
WEIGHTS = Path(likeness.__file__).with_name("likeness.tsv")
LEARNED_FROM = ("tuned.tsv", "site.tsv")
EPOCHS, RATE, PENALTY = 30, 0.5, 1 / 3
LEAST = 8  # hundredths below which a weight says nothing


def sentences(name: str) -> list[dict[str, str]]:
    with (SENTENCES / name).open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def learned() -> str:
    """Give the text of the file of weights."""
    rows = [row for name in LEARNED_FROM for row in sentences(name)]
    found = [likeness.runs(row["part"], " ".join(fold(row["sentence"]).split())) for row in rows]
    often = Counter(run for runs in found for run in runs)
    known = [sorted(run for run in runs if often[run] > 1) for runs in found]
    claims = [row["verdict"] == "claim" for row in rows]
    weights = _fitted(known, claims)
    kept = {run: round(100 * weight) for run, weight in weights.items()}
    lines = (f"{w}\t{run}\n" for run, w in sorted(kept.items()) if abs(w) >= LEAST or not run)
    return "".join(lines)


def _fitted(known: list[list[str]], claims: list[bool]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    seen: dict[str, float] = defaultdict(float)
    share = len(claims) / 2
    weigh = {True: share / sum(claims), False: share / (len(claims) - sum(claims))}
    for order in _orders(len(claims)):
        for at in order:
            runs = known[at]
            score = weights[""] + sum(weights[run] for run in runs)
            error = (1 / (1 + math.exp(-score)) - claims[at]) * weigh[claims[at]]
            for run in ("", *runs):
                slope = error + (PENALTY * weights[run] / len(claims) if run else 0)
                seen[run] += slope * slope
                weights[run] -= RATE * slope / math.sqrt(seen[run] + 1e-9)
    return weights


def _orders(number: int) -> Iterator[list[int]]:
    # A fixed stride visits every sentence once and mixes the verdicts.
    for epoch in range(EPOCHS):
        stride = next(s for s in range(997 + 2 * epoch, 2 * number, 2) if math.gcd(s, number) == 1)
        yield [at * stride % number for at in range(number)]


if __name__ == "__main__":
    WEIGHTS.write_text(learned(), encoding="utf-8")
