"""What a page, a publishing, a search and a check of a promise take when the library grows.

Run: .venv/bin/python -m tests.benchmarks.growth [SMALL LARGE] [--without-search]
Fills a fresh SQLite database with content/ and copies of its articles and claims, first up to SMALL
articles (100), keeps a copy of it, then fills it up to LARGE (10,000, with about ten claims each).
Then it measures both in turn, each time in a process of its own, so that other work on the machine
weighs on both: the least milliseconds of CPU of all. Copies have words of their own, stand in no
menu, and a third of an article's claims is new with each. Exits with 1 if a ratio misses its goal.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.benchmarks.made_pages import ROUNDS, asking, milliseconds

GOALS = {
    "stored page": 1.1,
    "made article": 1.3,
    "made claim": 1.3,
    "publish one article": 1.2,
    "submit an article by staff": 1.2,
    "publish a claim": 1.2,
    "search": 2.0,
    "check of a promise": 2.0,
}
TURNS = 3  # measurings of each size
SHARED = 3  # copies of an article that show the same copies of its claims
BATCH = 500
WORDS = 3_000
MOST_KEPT = 5_000  # rows of the page cache, where a page is found by its address
QUERY = "pain after needles"
PROMISE = "Our clients see thicker hair in six weeks, without pain and without time off work."
REASON = "Copies, to measure."


@dataclass
class Copies:
    """Makes copies of real articles and of the claims that they show, each once."""

    articles: list[Any]
    made: dict[str, int] = field(default_factory=dict)
    chance: Random = field(default_factory=lambda: Random(13))  # noqa: S311 - the same each time
    marks: dict[int, list[Any]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        parts = ["ba", "de", "fi", "go", "lu", "mar", "nes", "pir", "tol", "vun"]
        for article in self.articles:
            rows = article.live.mentions.select_related("document__live")
            self.marks[article.pk] = list(rows)
        self.words = ["".join(self.chance.choices(parts, k=4)) for _ in range(WORDS)]

    def varied(self, text: str) -> str:
        """Give a text with a word of its own at its end, before the last stop."""
        word = self.chance.choice(self.words)
        return f"{text[:-1]} {word}{text[-1]}" if text.endswith((".", "?")) else f"{text} {word}"

    def claims(self, shown: list[Any], copy: int) -> Iterator[tuple[Any, str, dict[str, Any]]]:
        for claim in shown:
            key = f"{claim.key}-{copy}"
            if key not in self.made:
                fields = claim.live.fields
                own = {name: self.varied(fields[name]) for name in ("name", "statement", "why")}
                heard = [self.varied(phrase) for phrase in fields["heard"]]
                yield claim, key, {**fields, **own, "heard": heard, "twin": ""}

    def article(self, number: int, shown: list[Any]) -> tuple[Any, str, dict[str, Any]]:
        article, copy = self.articles[number % len(self.articles)], number // len(self.articles)
        keys = "|".join(re.escape(claim.key) for claim in shown)
        renamed = re.compile(rf"\(claim:({keys})\)")
        fields = {
            name: renamed.sub(rf"(claim:\1-{copy // SHARED})", article.live.fields[name])
            for name in ("summary", "body")
        }
        title = self.varied(article.live.fields["title"])
        key = f"{article.key.replace('/', '-')}-{copy}"
        return article, key, {**fields, "title": title, "menu": "none"}


def grow(copies: Copies, articles: int) -> None:
    """Publish copies until there are so many articles, in one change."""
    from django.db import transaction
    from django.utils import timezone

    from explainer.kinds import CLAIM, PAGES
    from explainer.library.models import Action, Document, Revision, SiteVersion

    have = Revision.objects.published().of(*PAGES).count()
    began = len([key for key in copies.made if key.startswith("articles/")])
    now = timezone.now()
    for numbers in batched_numbers(began, began + articles - have):
        rows, mentions = [], []
        for number in numbers:
            article = copies.articles[number % len(copies.articles)]
            copy = number // len(copies.articles) // SHARED
            marks = copies.marks[article.pk]
            shown = [mark.document for mark in marks if mark.document.kind is CLAIM]
            for claim, key, fields in copies.claims(shown, copy):
                copies.made[key] = 0
                rows.append((claim, key, fields))
            made = copies.article(number, shown)
            copies.made[f"articles/{number}"] = 0
            rows.append(made)
            told = [
                f"{m.document.key}-{copy}" if m.document in shown else m.document for m in marks
            ]
            mentions.append((made[1], told))
        with transaction.atomic():
            publish(rows, mentions, copies.made, now)
    SiteVersion.objects.bump(action=Action.PUBLISH, actor=None, reason=REASON, now=now)
    print(f"{Document.objects.filter(kind=CLAIM).count()} claims, ", end="")
    print(f"{Revision.objects.published().of(*PAGES).count()} articles and pages", flush=True)


def batched_numbers(first: int, last: int) -> Iterator[range]:
    for start in range(first, last, BATCH // 10):
        yield range(start, min(start + BATCH // 10, last))


def publish(rows: list[Any], mentions: list[Any], made: dict[str, int], now: Any) -> None:
    """Store copies as publishing leaves them: drafts first, for a public row takes no change."""
    from django.db.models import OuterRef, Subquery

    from explainer.kinds import ARTICLE, CLAIM
    from explainer.library.models import Document, Mention, Position, Revision, State

    derived = ("status", "level", "bearing", "reason", "product", "review_due")
    documents = Document.objects.bulk_create(
        Document(
            kind=CLAIM if of.kind is CLAIM else ARTICLE,
            key=key,
            treatment=of.treatment if of.kind is CLAIM else None,
            title=CLAIM.title(fields) if of.kind is CLAIM else fields["title"],
            topic=of.topic if of.kind is CLAIM else "",
            first_published_at=now,
            **{name: getattr(of, name) for name in derived},
        )
        for of, key, fields in rows
    )
    made.update({document.key: document.pk for document in documents})
    revisions = Revision.objects.bulk_create(
        Revision(
            document=document,
            number=1,
            fields=fields,
            level=of.live.level,
            ground=of.live.ground,
            created_at=now,
            note=REASON,
            changed_on=now.date(),
        )
        for document, (of, _, fields) in zip(documents, rows, strict=True)
    )
    sources = {d.key: d.pk for d in Document.objects.filter(kind="source").only("key")}
    Position.objects.bulk_create(
        Position(
            revision=revision,
            order=order,
            source_id=sources[position["source"]],
            product=position["product"] or revision.fields["product"],
        )
        for revision in revisions
        for order, position in enumerate(revision.fields.get("positions", ()))
    )
    own = Revision.objects.filter(pk__in=[revision.pk for revision in revisions])
    own.update(state=State.PUBLISHED, published_at=now, published_because=REASON)
    live = Subquery(Revision.objects.filter(document=OuterRef("pk")).values("pk")[:1])
    Document.objects.filter(pk__in=[d.pk for d in documents]).update(live=live, newest=live)
    by_document = {revision.document_id: revision.pk for revision in revisions}
    Mention.objects.bulk_create(
        Mention(
            revision_id=by_document[made[key]],
            document_id=made[at] if isinstance(at, str) else at.pk,
            order=order,
        )
        for key, told in mentions
        for order, at in enumerate(told)
    )


def measured(*, search: bool) -> Mapping[str, float]:
    from explainer.library.models import Document

    copies = Document.objects.exclude(key__contains="/").filter(kind="article", key__endswith="-0")
    claims = Document.objects.filter(kind="claim", key__endswith="-0")
    article, claim = copies.order_by("key")[0], claims.order_by("key")[0]
    ask = asking()
    steps: dict[str, Callable[[], object]] = {
        "stored page": stored(Document.objects.count()),
        "made article": lambda: ask(f"/{article.key}/"),
        "made claim": lambda: ask(f"/claims/{claim.key}/"),
        "publish one article": publishing("article", article.key),
        "submit an article by staff": submitting(article),
        "publish a claim": publishing("claim", claim.key),
    }
    if search:
        steps |= searching()
    found = {}
    for name, step in steps.items():
        step()
        # The least: what other work on the machine adds would hide a ratio.
        found[name] = min(milliseconds(step) for _ in range(ROUNDS))
    return found


def stored(pages: int) -> Callable[[], object]:
    """Keep many pages, and give what finds one of them a hundred times."""
    from django.core.wsgi import get_wsgi_application

    from explainer.web.page_cache.encodings import IDENTITY
    from explainer.web.page_cache.site import page_cache

    # Not as `wsgi` starts Django: the search index, made beside it, would be measured too.
    cache = page_cache(get_wsgi_application)
    address = "/mesotherapy/safety/"
    ask = asking(cache)
    ask(address)
    page, edition = cache.store.find(address, IDENTITY), cache.store.edition()
    for number in range(min(pages, MOST_KEPT)):
        words = {"edition": edition, "until": 2e10, "quality": 1}
        cache.store.keep(f"/kept-{number}/", page, **words)
    return lambda: [ask(address) for _ in range(100)]


def publishing(kind: str, key: str) -> Callable[[], object]:
    from django.utils import timezone

    from explainer.library import publishing as library
    from explainer.library.models import Document

    def again() -> None:
        document = Document.objects.select_related("live").get(kind=kind, key=key)
        live, now = document.live, timezone.now()
        words = {"number": live.number + 1, "fields": live.fields, "created_at": now}
        words |= {"level": live.level, "ground": live.ground}
        draft = document.revisions.create(**words, changed_on=now.date())
        library.publish(revisions=[draft], actor=None, reason=REASON, now=now)

    return again


def submitting(document: Any) -> Callable[[], object]:
    """Give what judges an article as it is handed over, approved and published by staff."""
    from explainer.library.models import Revision
    from explainer.library.validation import all_problems, coming

    fields = document.live.fields

    def again() -> None:
        revision = Revision(document=document, number=99, fields=fields, note=REASON)
        all_problems([revision], coming())

    return again


def searching() -> Mapping[str, Callable[[], object]]:
    from explainer.public.navigation import navigation
    from explainer.search import index, pasted, results

    made: list[index.Index] = []
    took = milliseconds(lambda: made.append(index.make()))
    print(f"index made in {took / 1000:.0f} s", flush=True)
    names = navigation().names
    return {
        "search": lambda: results.find(QUERY, made[0], names, treatment="", kind=""),
        "check of a promise": lambda: pasted.check(PROMISE, "", made[0], names),
    }


def fill(folder: Path, small: int, large: int) -> tuple[Path, Path]:
    """Make two libraries, each in a folder of its own."""
    from django.core.management import call_command
    from django.db import connection

    from explainer.kinds import ARTICLE
    from explainer.library.models import Document
    from explainer.web.staticfiles import collect

    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    collect()
    rows = Document.objects.filter(kind=ARTICLE, key__contains="/").select_related("live")
    copies, smaller, larger = Copies(list(rows)), folder / "small", folder / "large"
    grow(copies, small)
    connection.close()
    shutil.copytree(larger, smaller)
    grow(copies, large)
    connection.close()
    return smaller, larger


def in_turn(folders: tuple[Path, Path], options: list[str]) -> list[Mapping[str, float]]:
    """Measure two libraries one after the other, again and again; gives the least of each."""
    found: list[dict[str, float]] = [{}, {}]
    for turn in range(TURNS):
        for least, folder in zip(found, folders, strict=True):
            line = [sys.executable, "-m", "tests.benchmarks.growth", "--measure", *options]
            environment = {**os.environ, "VAR_DIR": str(folder)}
            told = json.loads(subprocess.check_output(line, env=environment).splitlines()[-1])
            least |= {name: min(taken, least.get(name, taken)) for name, taken in told.items()}
        print(f"measured {turn + 1} of {TURNS} times", flush=True)
    return found


def main(arguments: argparse.Namespace, folder: Path) -> None:
    folders = fill(folder, arguments.small, arguments.large)
    found = in_turn(folders, ["--without-search"] if arguments.without_search else [])
    print(f"\n| Milliseconds | {arguments.small} | {arguments.large} | ratio | Goal |")
    print("|---|---|---|---|---|")
    missed = []
    for name, before in found[0].items():
        after, goal = found[1][name], GOALS[name]
        print(f"| {name} | {before:.2f} | {after:.2f} | {after / before:.2f} | {goal} |")
        missed += [name] if after > goal * before else []
    sys.exit(f"More than the goal: {', '.join(missed)}" if missed else 0)


def setup(folder: Path) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "explainer.settings", "VAR_DIR": str(folder)}
    import django

    django.setup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("small", type=int, nargs="?", default=100)
    parser.add_argument("large", type=int, nargs="?", default=10_000)
    parser.add_argument("--without-search", action="store_true")
    parser.add_argument("--measure", action="store_true", help="the library of VAR_DIR, as JSON")
    given = parser.parse_args()
    if given.measure:
        setup(Path(os.environ["VAR_DIR"]))
        print(json.dumps(measured(search=not given.without_search)))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            (Path(temporary) / "large").mkdir()
            setup(Path(temporary) / "large")
            main(given, Path(temporary))
