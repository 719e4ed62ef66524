"""What the editing room costs the server, on the longest article of all content.

Run: .venv/bin/python -m tests.benchmarks.desk [name ...]
Fills a fresh SQLite database with all of content/, begins a draft of the longest article, and asks
as its author and its reviewer do, past no middleware. Prints milliseconds of CPU of the thread that
answers: "first" the first time in this process, "new words" the median of ROUNDS with another
sentence changed before each, "again" the median with nothing changed. Names choose among the walks.
Exits with 1 if "new words" misses a goal.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from time import thread_time
from typing import Any, NamedTuple

ROUNDS = 9
TYPED = " This is sentence {number}, which nobody has read before."


class Walk(NamedTuple):
    """Something that is asked with the texts of a draft, and the most that it is meant to take."""

    goal: int | None
    ask: Callable[[Mapping[str, Any]], object]


def main(names: list[str]) -> None:
    missed = []
    draft, walks = begin()
    body = draft.fields["body"]
    print(f"{draft.document.key}: {len(body)} characters, {body.count('](claim:')} marks of claims")
    print("\n| Asked | first | new words | again | Goal |\n|---|---|---|---|---|")
    for name, walk in walks:
        if names and not any(part in name for part in names):
            continue
        number = iter(range(2 * ROUNDS + 2))
        first = cost(walk, changed(draft, next(number)))
        new = median(cost(walk, changed(draft, next(number))) for _ in range(ROUNDS))
        same = changed(draft, 0)
        again = median(cost(walk, same) for _ in range(ROUNDS))
        print(f"| {name} | {first:.0f} | {new:.0f} | {again:.0f} | {walk.goal or ''} |")
        missed += [name] if walk.goal and new > walk.goal else []
    sys.exit(f"More than the goal: {', '.join(missed)}" if missed else 0)


def begin() -> tuple[Any, Iterator[tuple[str, Walk]]]:
    """Begin a draft of the longest article; give it, and the walks in their order."""
    from explainer.kinds import ARTICLE
    from explainer.library.models import Revision
    from tests.library import people

    ana, ben = (people.staff(name, *people.ALL) for name in ("ana", "ben"))
    rows = Revision.objects.published().of(ARTICLE).select_related("document")
    longest = max(rows, key=lambda row: len(row.fields["summary"]) + len(row.fields["body"]))
    draft = people.drafted(longest.document, ana)
    return draft, walks_of(draft, ana, ben)


def walks_of(draft: Any, ana: Any, ben: Any) -> Iterator[tuple[str, Walk]]:
    from django.test import Client
    from django.urls import reverse

    from explainer.library import workflow
    from tests.library import people
    from tests.staff.rows import at, posted

    author, reviewer = Client(), Client()
    author.force_login(ana)
    reviewer.force_login(ben)
    key, subject = draft.document.key, draft.document.subject
    edit, review = at("edit", subject), at("review", subject)

    def live(name: str, **more: str) -> Callable[[Mapping[str, Any]], object]:
        def ask(fields: Mapping[str, Any]) -> object:
            texts = {name: fields[name] for name in ("summary", "body")}
            return author.post(reverse(name), {**texts, "article": key, **more})

        return ask

    def preview(fields: Mapping[str, Any]) -> object:
        return author.post(edit, posted(draft, preview="1", **fields))

    place = {"title": draft.fields["title"], "field": "body", "at": "0"}
    yield "opening the editor", Walk(100, lambda _: author.get(edit))
    yield "live: the text", Walk(100, live("live-text"))
    yield "live: a proposal", Walk(100, live("live-proposals", **place))
    yield "preview", Walk(None, preview)
    stored(draft, draft.fields)
    workflow.submit(revision=draft, expected=draft.lock_version, actor=ana, now=people.AT)
    yield "the review page", Walk(150, lambda _: reviewer.get(review))


def changed(draft: Any, number: int) -> dict[str, Any]:
    """Add a sentence to one paragraph of the draft, another for each number, and store it."""
    paragraphs = draft.fields["body"].split("\n\n")
    plain = [at for at, words in enumerate(paragraphs) if words.startswith("[")]
    paragraphs[plain[number % len(plain)]] += TYPED.format(number=number)
    fields = {**draft.fields, "body": "\n\n".join(paragraphs)}
    stored(draft, fields)
    return fields


def stored(draft: Any, fields: Mapping[str, Any]) -> None:
    from explainer.library.models import Revision

    Revision.objects.filter(pk=draft.pk).update(fields=fields)


def cost(walk: Walk, fields: Mapping[str, Any]) -> float:
    """Give the milliseconds of CPU of one answer, which has to be one."""
    begun = thread_time()
    response: Any = walk.ask(fields)
    took = 1000 * (thread_time() - begun)
    assert response.status_code == 200, response.status_code
    return took


if __name__ == "__main__":
    from tests.benchmarks.bench_queries import with_real_content

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "explainer.settings", "DATABASE_URL": ""}
        os.environ["VAR_DIR"] = folder
        with_real_content()
        main(sys.argv[1:])
