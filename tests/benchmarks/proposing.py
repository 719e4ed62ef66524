"""What a proposal costs, and how often the right claim is proposed.

Run: .venv/bin/python -m tests.benchmarks.proposing
Fills a fresh SQLite database with all of content/. Prints the CPU time of a live answer for the
longest page with its marks taken away: at first, and after a sentence was changed (goal: 100 ms);
then of how many sentences of `tests/search/proposals/aftercare.md` the claim that a person chose
for it (`aftercare.tsv`) is proposed first, and among three; and what stands in front without one.
Last, of the sentences of `judged.tsv` (that text, and every fourth sentence of four clinics'
pages), each alone: what stands first, and if a person who read both would take it.
"""

import csv
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from time import process_time, sleep

TEXTS = Path(__file__).parents[1] / "search" / "proposals"
CONTENT = Path(__file__).parents[2] / "content"
GOAL = 100
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS
TITLE = "After your mesotherapy session"


def main() -> None:
    """Print the figures; exit with 1 if a second answer misses its goal."""
    from django.test import Client
    from django.urls import reverse

    from tests.library import people

    author = Client(SERVER_NAME="127.0.0.1")
    author.force_login(people.staff("ana", *people.ALL))
    bare = bare_text()

    def ask(body: str, at: int, article: str = "mesotherapy/safety") -> dict:
        form = {"body": body, "title": TITLE, "article": article, "field": "body", "at": at}
        while (answer := author.post(reverse("live-proposals"), form)).status_code == TOO_MANY:
            sleep(1)
        return answer.json()

    ask("Ask a doctor.", 0)
    middle = len(bare) // 2
    first = cost(lambda: ask(bare, middle))
    again = [cost(lambda n=n: ask(f"{bare} More {n}.", middle + 200 * n)) for n in range(8)]
    print(
        f"{len(bare)} characters, {ask(bare, 0)['total']} sentences: {first:.0f} ms at first, then"
    )
    print(f"{', '.join(f'{it:.0f}' for it in sorted(again))} ms")
    score(ask)
    judge(ask)
    sys.exit(max(again) > GOAL)


def bare_text() -> str:
    """Give the longest page without its marks, as a text that was pasted."""
    pages = [*CONTENT.glob("articles/**/*.md"), *CONTENT.glob("pages/*.md")]
    longest = max(pages, key=lambda page: page.stat().st_size).read_text(encoding="utf-8")
    body = longest.split("\n---\n", 1)[-1]
    marks = re.sub(r"\[([^\]]*)\]\((?:claim|background|record|term|source):[^)]*\)", r"\1 ", body)
    words = re.sub(r"^:::.*$", "", marks, flags=re.MULTILINE)
    filler = " Nobody knows how long it lasts, and clinics say several things about it."
    return re.sub(r"\n(?=\n)", lambda _: f"{filler}\n", words)[:17_000]


def cost(do: Callable[[], object]) -> float:
    begun = process_time()
    do()
    return 1000 * (process_time() - begun)


def score(ask: Callable[..., dict]) -> None:
    """Walk through the text and count where the chosen claims stand."""
    text = (TEXTS / "aftercare.md").read_text(encoding="utf-8")
    with (TEXTS / "aftercare.tsv").open(encoding="utf-8", newline="") as rows:
        chosen = {r["sentence"]: r["claims"].split() for r in csv.DictReader(rows, delimiter="\t")}
    at, seen, first, among, wrong, front = 0, 0, 0, 0, [], 0
    while True:
        told = ask(text, at, "mesotherapy-aftercare")
        if told["number"] <= seen:
            break
        at, seen = told["end"], told["number"]
        front += bool(told["best"])
        keys = [one["near"]["key"] for one in told["choices"]]
        right = chosen.get(told["words"], [])
        first += bool(set(keys[:1]) & set(right))
        among += bool(set(keys) & set(right))
        if told["best"].startswith("claim") and not set(keys[:1]) & set(right):
            wrong.append(f"{told['words']} -> {told['best']}")
        print(f"- {told['words']} | {told['best'] or '-'} | {' '.join(keys)}")
    print(f"{seen} sentences, {len(chosen)} with a claim: {first} first, {among} among three;")
    print(f"{front} with something in front, of these wrong claims: {wrong}")


OTHERS = {"guidance": "advice", "all-guidance": "advice", "all-background": "background"}
SHAPES = {"list": "- {}", "table": "| a |\n| --- |\n| {} |"}


def judge(ask: Callable[..., dict]) -> None:
    """Say what stands first for each judged sentence, and what Enter takes."""
    first: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    with (TEXTS / "judged.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            page = row["text"] if row["text"] != "aftercare" else "mesotherapy"
            text = SHAPES.get(row["shape"], "{}").format(row["sentence"])
            told = ask(text, 0, f"{page}/safety")
            right = {*row["claims"].split(), *row["else"].split()}
            stands = first_of(told)
            kind = "claim" if "/" in stands else "other"
            first[f"{kind}, {'right' if stands in right else 'wrong'}"] += 1
            best = OTHERS.get(told["best"], told["best"].split(" ")[-1])
            taken["nothing" if not best else "right" if best in right else "wrong"] += 1
            print(f"- {row['sentence'][:90]} | {stands} | {stands in right}")
    print(f"stands first: {dict(first)}; Enter takes: {dict(taken)}")


def first_of(told: dict) -> str:
    """Name what stands above all else: a claim's key, or what the sentence may be."""
    own = [one["name"] for one in told["actions"] if one["edit"] and one["name"] != "out"]
    fitting = [one["near"]["key"] for one in told["choices"] if one["fits"]]
    if not told["is_block_first"]:
        return fitting[0]
    name = told["best"] or next(iter(own), "new")
    return OTHERS.get(name, name)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="proposing-") as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "explainer.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_content", verbosity=0)
        main()
