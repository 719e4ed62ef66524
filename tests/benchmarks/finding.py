"""How well the check of a promise and the search find what they should, and stay silent else.

Run: .venv/bin/python -m tests.benchmarks.finding [tuning] [held_out]
Reads content/ and the test sets of tests/search; needs no database. Nobody tunes on what
is held out, so it prints counts alone; `--rows` shows the rows of the tuning half that are missed.
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

SETS = Path(__file__).parents[1] / "search"
FIRST, FEW = 1, 3


def rows(half: str, name: str) -> Iterator[list[str]]:
    lines = (SETS / half / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if line and not line.startswith("#")]
    for line in written[1:]:
        yield [*line.split("\t"), ""][:3]


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    from django.conf import settings

    from explainer.files.collection import read_collection
    from explainer.search.index import in_memory

    begun = time.process_time()
    collection, _ = read_collection(Path(settings.CONTENT_DIR))
    entries = [file.entry for file in collection.entries.values()]
    index = in_memory(entries, Path(settings.CONTENT_DIR))
    print(f"read and indexed in {time.process_time() - begun:.1f} s of processor time")
    shown = "--rows" in arguments
    for half in [one for one in arguments if not one.startswith("-")] or ["tuning"]:
        print(f"\n{half}")
        told = shown and half == "tuning"
        phrases(index, twins(entries), half, shown=told)
        idle(index, half, shown=told)
        passages(index, half, shown=told)
        queries(index, half, shown=told)
    speed(index)


def twins(entries) -> dict[str, set[str]]:
    """Give the claims that answer the same question about the other treatment."""
    found = defaultdict(set)
    for entry in entries:
        if twin := entry.fields.get("twin"):
            found[entry.key].add(twin)
            found[twin].add(entry.key)
    return found


def phrases(index, twins, half, *, shown) -> None:
    """A phrase that names no treatment may be answered by the twin of any right claim."""
    from explainer.text import matching

    ranks = []
    for claim, phrase, others in rows(half, "phrases"):
        right = {claim, *others.split()}
        if not matching.named(index.book, phrase):
            right |= {twin for key in [*right] for twin in twins[key]}
        found = sorted(matching.find(index.book, phrase), key=lambda match: -match.score)
        keys = [match.key for match in found]
        ranks.append(_rank(keys, right))
        if shown and ranks[-1] != FIRST:
            print(f"  {claim} | {phrase} | {keys[:FEW]}")
    _print_ranks("phrases", ranks)


def idle(index, half, *, shown) -> None:
    from explainer.text import matching

    texts = [row[0] for row in rows(half, "idle")]
    spoke = {text: found for text in texts if (found := matching.find(index.book, text))}
    print(f"idle texts: silent {len(texts) - len(spoke)} of {len(texts)}")
    for text, found in spoke.items() if shown else ():
        print(f"  {text} | {[(match.key, match.phrase) for match in found]}")


def passages(index, half, *, shown) -> None:
    from explainer.text import matching

    wanted = found = told = 0
    for claims, passage, _ in rows(half, "passages"):
        right = set(claims.split())
        keys = {match.key for match in matching.find(index.book, passage)}
        wanted, found, told = wanted + len(right), found + len(right & keys), told + len(keys)
        if shown:
            print(f"  missed {sorted(right - keys)}\n  besides {sorted(keys - right)}")
    print(f"passages: found {found} of {wanted} promises, {told} told")


def queries(index, half, *, shown) -> None:
    ranks = []
    for query, address, others in rows(half, "queries"):
        hits = (hit.item for hit in index.search(query))
        # A section answers for its page; a word of the glossary has its own place in one page.
        addresses = (i.url.partition("#")[0] if i.group == "page" else i.url for i in hits)
        found = list(dict.fromkeys(addresses))
        ranks.append(_rank(found, {address, *others.split()}))
        if shown and ranks[-1] != FIRST:
            print(f"  {query} | {address} | {found[:FEW]}")
    _print_ranks("queries", ranks)


def _rank(found: list[str], right: set[str]) -> int:
    """Give the place of the first right one, counted from 1; 0 if there is none."""
    return next((place for place, key in enumerate(found, 1) if key in right), 0)


def _print_ranks(what: str, ranks: list[int]) -> None:
    first = sum(rank == FIRST for rank in ranks)
    few = sum(0 < rank <= FEW for rank in ranks)
    print(f"{what}: first {first} of {len(ranks)}, among the first {FEW} {few}")


def speed(index) -> None:
    """Time 1,000 words of adverts, the worst of 20,000 characters we know, and each query."""
    from explainer.text import matching

    adverts = " ".join(row[1] for row in rows("tuning", "passages")).split()
    letters = "bcdfghkl"
    slips = ("".join(letters[i // 8**n % 8] for n in range(4)) + "aexo" for i in range(4096))
    texts = {
        "1,000 words of adverts": " ".join((adverts * 4)[:1000]),
        "20,000 characters of adverts": " ".join(adverts * 20)[:20_000],
        "20,000 characters of slips": " ".join(slips)[:20_000],
        "20,000 characters of lists": ("without pain, scars, " * 1000)[:20_000],
    }
    print()
    for name, text in texts.items():
        begun = time.process_time()
        matching.find(index.book, text)
        print(f"{name}: {1000 * (time.process_time() - begun):.0f} ms of processor time")
    times = []
    for query, *_ in rows("tuning", "queries"):
        begun = time.process_time()
        index.search(query)
        times.append(1000 * (time.process_time() - begun))
    print(f"a query: {median(times):.1f} ms of processor time, the slowest {max(times):.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
