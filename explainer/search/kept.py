"""What was read of public documents, in a folder beside the database, or in memory.

Nothing depends on it: what is lost, broken or was left unfinished is made anew. Whoever opens it
reads one moment of it until it is closed, whatever another process writes meanwhile. Here it is
written; `asked` asks it.
"""

import json
import sqlite3
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from explainer.kinds import TERM
from explainer.search import rows
from explainer.search.candidates import OUT_OF_DATE, Candidates
from explainer.search.counts import Counts
from explainer.search.facts import Facts, Stems
from explainer.search.items import PAGE, Item

BOOSTS = {"names": 2.5, "said": 2.0, "body": 0.6}
PHRASE_BOOSTS = {"words": 1.0}
New = tuple[int, int, Facts]
"""A document's number, its revision's, and what was read of it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A table whose texts tantivy has too: how they are read, and what it is told of them."""

    last: str
    count: str
    texts: str
    stale: str
    shaped: Callable[[Sequence[str]], dict[str, str]]


ITEM = Written(
    "SELECT coalesce(max(id), 0) FROM item",
    "SELECT count(*) FROM item",
    "SELECT id, names, said, body FROM item WHERE id > ? ORDER BY id",
    "stale items",
    lambda texts: dict(zip(BOOSTS, texts, strict=True)),
)
PHRASE = Written(
    "SELECT coalesce(max(id), 0) FROM phrase",
    "SELECT count(*) FROM phrase",
    "SELECT id, words FROM phrase WHERE id > ? ORDER BY id",
    "stale phrases",
    lambda texts: {"words": rows.stems_of(texts[0])},
)


class Kept:
    """Facts of documents, each under its document's number."""

    def __init__(self, folder: Path | None, is_minded: Callable[[Stems], bool]) -> None:
        self._folder, self._is_minded = folder, is_minded
        if folder:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = folder / "facts.sqlite3" if folder else ":memory:"
        # Its own lock lets threads share it.
        self.rows = sqlite3.connect(
            place, isolation_level=None, check_same_thread=False, timeout=60
        )
        # It refers to itself, and would keep its moment until it is collected.
        self.close = weakref.finalize(self, self.rows.close)
        self.rows.execute("PRAGMA journal_mode = WAL")
        self.rows.execute("PRAGMA synchronous = NORMAL")
        self.rows.executescript(rows.SCHEMA)
        self.items = Candidates(BOOSTS, folder and folder / "items")
        self.phrases = Candidates(PHRASE_BOOSTS, folder and folder / "phrases")
        self.counts = Counts(self.told("counts"))

    @property
    def is_unfinished(self) -> bool:
        return bool(self._folder and (self._folder / "unfinished").exists())

    def settle(self) -> None:
        """Read nothing that is written from now on."""
        self.rows.execute("BEGIN")
        self.rows.execute("SELECT count(*) FROM told").fetchone()

    def told(self, name: str) -> str:
        row = self.rows.execute("SELECT words FROM told WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def tell(self, name: str, words: str) -> None:
        self.rows.execute("INSERT OR REPLACE INTO told VALUES (?, ?)", (name, words))

    def revisions(self) -> dict[int, int]:
        """Give the revision that was read of each document."""
        return dict(self.rows.execute("SELECT id, revision FROM document"))

    def showing(self, names: Collection[str]) -> Iterator[tuple[int, str]]:
        """Give number and name of the documents that show some of the names."""
        yield from self.rows.execute(rows.SHOWING, (json.dumps(sorted(names)),))

    def items_of(self, numbers: Iterable[int]) -> Iterator[tuple[int, Stems]]:
        for number, *told in self.rows.execute(rows.ITEMS, (json.dumps(list(numbers)),)):
            yield number, rows.stems(*told)

    def minded(self) -> Iterator[tuple[int, Stems]]:
        """Give the items that were told to be minded."""
        found = self.rows.execute(rows.ITEMS_MINDED)
        return ((number, rows.stems(*told)) for number, *told in found)

    def page(self, key: str) -> Item | None:
        """Give a page, not a section of one."""
        found = self.rows.execute("SELECT told FROM item WHERE grp = ? AND key = ?", (PAGE, key))
        items = (rows.item_of(row[0]) for row in found)
        return next((item for item in items if not item.place), None)

    def claim_of(self, sentence: str) -> str:
        found = self.rows.execute("SELECT max(key) FROM sentence WHERE words = ?", (sentence,))
        return found.fetchone()[0] or ""

    def titles(self, words: list[str], most: int) -> list[str]:
        """Give titles that have all the words, the last one perhaps begun; the shortest first."""
        wanted = [f" {word} " for word in words[:-1]] + [f" {word}" for word in words[-1:]]
        found = self.rows.execute(rows.TITLES, (json.dumps(wanted), most))
        return [row[0] for row in found]

    def change(self, gone: Collection[int], new: Iterable[New]) -> None:
        """Take documents away and put others there, in one step for whoever opens it later."""
        mark = self._folder / "unfinished" if self._folder else None
        if mark:
            mark.touch()
        before = [self.rows.execute(written.last).fetchone()[0] for written in (ITEM, PHRASE)]
        self.rows.execute("BEGIN IMMEDIATE")
        lost = self._take(gone)
        asked = lost[2]
        for number, revision, facts in new:
            self._put(number, revision, facts)
            if facts.question:
                asked.append(_asked(facts.question))
        lost[0].extend(self._questions(dict.fromkeys(asked)))
        self.tell("counts", self.counts.told())
        self._write(self.items, lost[0], ITEM, before[0])
        self._write(self.phrases, lost[1], PHRASE, before[1])
        self.rows.execute("COMMIT")
        if mark:
            mark.unlink()

    def _take(self, gone: Collection[int]) -> tuple[list[int], list[int], list[str]]:
        """Take documents away; give the numbers of their items and phrases, and their questions."""
        items, phrases, asked = list[int](), list[int](), list[str]()
        for document in gone:
            items += self._uncounted(rows.ITEMS_OF, document)
            found = [
                rows.phrase_of(*row) for row in self.rows.execute(rows.PHRASES_OF, (document,))
            ]
            phrases += (phrase.number for phrase in found)
            brought = "SELECT asked FROM question WHERE document = ?"
            asked += (row[0] for row in self.rows.execute(brought, (document,)))
            told = self.rows.execute("SELECT reading FROM document WHERE id = ?", (document,))
            if reading := rows.reading_of(told.fetchone()[0], found):
                self.counts.weights.add(reading, -1)
            for statement in rows.FORGET:
                self.rows.execute(statement, (document,))
        return items, phrases, asked

    def _uncounted(self, statement: str, value: int | str) -> list[int]:
        found = self.rows.execute(statement, (value,)).fetchall()
        for _, told, *fields in found:
            of = rows.stems(told, *fields)
            self.counts.add_item((*of.names, *of.said, *of.body), -1)
        return [row[0] for row in found]

    def _put(self, number: int, revision: int, facts: Facts) -> None:
        add = self.rows.executemany
        reading = rows.told_reading(facts.reading)
        add("INSERT INTO document VALUES (?, ?, ?, ?)", [(number, facts.name, revision, reading)])
        add("INSERT INTO shows VALUES (?, ?)", [(number, name) for name in facts.shows])
        key = facts.name.partition(":")[2]
        add("INSERT INTO sentence VALUES (?, ?, ?)", [(number, it, key) for it in facts.sentences])
        if it := facts.question:
            told_question = (number, _asked(it), key, rows.told_item(it.item), " ".join(it.names))
            add("INSERT INTO question VALUES (?, ?, ?, ?, ?)", [told_question])
        for of in facts.items:
            self._put_item(number, of)
        titles = [of.item.title for of in facts.items if of.item.group in (PAGE, TERM.name)]
        told = [(number, title, rows.own_words(title)) for title in titles]
        add("INSERT INTO title VALUES (?, ?, ?)", told)
        if facts.reading:
            self.counts.weights.add(facts.reading)
            add(
                "INSERT INTO phrase (document, key, grp, text, words, weight)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (number, it.key, it.group, it.text, rows.words_of(it), it.weight)
                    for it in facts.reading.phrases
                ],
            )

    def _questions(self, asked: Iterable[str]) -> Iterator[int]:
        """Have one item for each question that somebody brings; give those that are gone."""
        for name in asked:
            first = self.rows.execute(
                "SELECT told, names, '', '' FROM question WHERE asked = ? ORDER BY key LIMIT 1",
                (name,),
            ).fetchone()
            now = self.rows.execute("SELECT told FROM item WHERE asked = ?", (name,)).fetchone()
            if first and now and first[0] == now[0]:
                continue
            if now:
                yield from self._uncounted(rows.ITEMS_ASKED, name)
                self.rows.execute("DELETE FROM item WHERE asked = ?", (name,))
            if first:
                self._put_item(0, rows.stems(*first), name)

    def _put_item(self, document: int, of: Stems, asked: str | None = None) -> None:
        self.counts.add_item((*of.names, *of.said, *of.body))
        item, texts = of.item, rows.texts_of(of)
        told = (document, item.group, item.key, rows.told_item(item), *texts.values())
        self.rows.execute(
            "INSERT INTO item (document, grp, key, told, names, said, body, minded, asked)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*told, self._is_minded(of), asked),
        )

    def _write(self, into: Candidates, gone: list[int], table: Written, since: int) -> None:
        """Write what is new to tantivy; all of it, if too much there is out of date."""
        stale = int(self.told(table.stale) or 0) + len(gone)
        anew = stale * OUT_OF_DATE > self.rows.execute(table.count).fetchone()[0]
        self.tell(table.stale, "0" if anew else str(stale))
        found = self.rows.execute(table.texts, (0 if anew else since,))
        texts = ((number, table.shaped(words)) for number, *words in found)
        into.change([] if anew else gone, texts, anew=anew)


def _asked(question: Stems) -> str:
    return f"{question.item.url}: {question.item.title}"
