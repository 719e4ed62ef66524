"""How long an article takes: parse, account, adjudicate, render, sanitise.

Run: .venv/bin/python -m tests.benchmarks.bench_pipeline
Prints the median of 200 runs on one core for an article of about 10 kB with 30
claims (issue limit: 15 ms), each step's share of it, and the hostile texts of
the tests (limit: 2 s each).
"""

import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

from explainer.evidence.context import Context, resolve
from explainer.evidence.coverage import account
from explainer.evidence.dialect import parse
from explainer.evidence.levels import Level
from explainer.evidence.pipeline import explain
from explainer.evidence.render import render
from explainer.evidence.sanitise import sanitise
from explainer.text.markdown import MAX_BYTES
from tests.evidence.invented import CLINIC, CONTEXT, REVIEW, claim
from tests.evidence.test_bounds import HOSTILE

RUNS = 200
CLAIMS = 30
SIZE = 10_000
STATEMENT = (
    "Clinics say that product number {} could make some hair a little denser, "
    "but nobody has shown it in a good study yet."
)
BACKGROUND = (
    "Hair grows in a cycle of growth, rest and shedding. The hair root sits some "
    "millimetres under the skin and needs blood to live. Each hair grows for years, then "
    "rests for some months before it falls out and a new one starts in the same place. "
)


def article() -> tuple[str, Context]:
    """Make an article of SIZE bytes with CLAIMS claims in every kind of part."""
    levels = list(Level)
    claims = {
        f"t/c{n}": claim(f"c{n}", levels[n % 3], statement=STATEMENT.format(n))
        for n in range(CLAIMS)
    }
    parts = []
    for n in range(CLAIMS):
        own = f"[Clinics say that *product {n}* could help, but no study has shown it.]"
        parts.append(f"## What is known of product {n}?" if n % 5 == 0 else "")
        parts.append(f"{'[]' if n % 2 else own}(claim:t/c{n})")
        if n % 6 == 0:
            parts.append("::: reported clinic-a\n- A visit takes 20 to 45 minutes.\n:::")
        if n % 6 == 3:
            parts.append("::: guidance\nAsk what is in the syringe, and who tested it.\n:::")
    text = "\n\n".join(parts)
    while len(text) + len(BACKGROUND) + 30 < SIZE:
        text += f"\n\n::: background\n{BACKGROUND}\n:::"
    sources = {source.key: source for source in (CLINIC, REVIEW)}
    return text, Context(claims=claims, sources=sources, terms=CONTEXT.terms)


def milliseconds(step: Callable[[], object], runs: int = RUNS) -> float:
    """Give the median time of a step."""
    times = []
    for _ in range(runs):
        # Each time as a new text: what passed once is not looked at again.
        sanitise.forget()
        start = perf_counter()
        step()
        times.append(perf_counter() - start)
    return 1000 * median(times)


def main() -> None:
    """Measure and print."""
    os.sched_setaffinity(0, {0})
    text, known = article()
    explanation = explain(text, known)
    resolved = resolve(parse(text), known)
    html, _ = render(resolved.tokens)
    if explanation.problems or len(explanation.claims) != CLAIMS:
        raise SystemExit(f"The article is not as it should be: {explanation.problems[:3]}")
    total = milliseconds(lambda: explain(text, known))
    resolved_input = parse(text)
    steps = {
        "parse": milliseconds(lambda: parse(text)),
        "resolve and adjudicate": milliseconds(lambda: resolve(resolved_input, known)),
        "account": milliseconds(lambda: account(resolved.tokens)),
        "render": milliseconds(lambda: render(resolved.tokens)),
        "sanitise": milliseconds(lambda: sanitise(html)),
    }
    print(f"article: {len(text.encode())} bytes, {CLAIMS} claims, {len(html)} characters of HTML")
    print(f"explain: {total:.1f} ms (median of {RUNS}, one core)")
    for name, time in steps.items():
        print(f"  {name}: {time:.1f} ms ({time / total:.0%})")
    slowest = max(
        (milliseconds(lambda t=t: explain(t[:MAX_BYTES], CONTEXT), runs=3), name)
        for name, t in HOSTILE.items()
    )
    print(f"slowest of {len(HOSTILE)} hostile texts: {slowest[1]}, {slowest[0]:.0f} ms")


if __name__ == "__main__":
    main()
