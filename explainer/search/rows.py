"""How facts lie in the rows of the index, and are read from them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, replace
from typing import Any

from explainer.search.facts import Stems
from explainer.search.items import PAGE, Item
from explainer.text.readings import Field, Phrase, Reading

SCHEMA = """
CREATE TABLE IF NOT EXISTS told (name TEXT PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS document (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, revision INTEGER NOT NULL, reading TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS document_name ON document (name);
CREATE TABLE IF NOT EXISTS shows (document INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS shows_document ON shows (document);
CREATE INDEX IF NOT EXISTS shows_name ON shows (name);
CREATE TABLE IF NOT EXISTS phrase (
  id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, key TEXT NOT NULL,
  grp TEXT NOT NULL, text TEXT NOT NULL, words TEXT NOT NULL, weight REAL NOT NULL);
CREATE INDEX IF NOT EXISTS phrase_document ON phrase (document);
CREATE TABLE IF NOT EXISTS item (
  id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, grp TEXT NOT NULL,
  key TEXT NOT NULL, told TEXT NOT NULL, names TEXT NOT NULL, said TEXT NOT NULL,
  body TEXT NOT NULL, minded INTEGER NOT NULL, asked TEXT);
CREATE INDEX IF NOT EXISTS item_document ON item (document);
CREATE INDEX IF NOT EXISTS item_key ON item (grp, key);
CREATE INDEX IF NOT EXISTS item_asked ON item (asked) WHERE asked IS NOT NULL;
CREATE INDEX IF NOT EXISTS item_minded ON item (minded) WHERE minded;
CREATE TABLE IF NOT EXISTS title (
  document INTEGER NOT NULL, title TEXT NOT NULL, own TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS title_document ON title (document);
CREATE TABLE IF NOT EXISTS sentence (document INTEGER NOT NULL, words TEXT NOT NULL, key TEXT);
CREATE INDEX IF NOT EXISTS sentence_document ON sentence (document);
CREATE INDEX IF NOT EXISTS sentence_words ON sentence (words);
CREATE TABLE IF NOT EXISTS question (
  document INTEGER NOT NULL, asked TEXT NOT NULL, key TEXT, told TEXT, names TEXT);
CREATE INDEX IF NOT EXISTS question_document ON question (document);
CREATE INDEX IF NOT EXISTS question_asked ON question (asked);
"""
FORGET = (
    "DELETE FROM phrase WHERE document = ?",
    "DELETE FROM item WHERE document = ?",
    "DELETE FROM title WHERE document = ?",
    "DELETE FROM sentence WHERE document = ?",
    "DELETE FROM question WHERE document = ?",
    "DELETE FROM shows WHERE document = ?",
    "DELETE FROM document WHERE id = ?",
)
"""What takes a document away from all tables."""
PHRASES_OF = "SELECT id, key, grp, text, words, weight FROM phrase WHERE document = ?"
PHRASES = (
    "SELECT id, key, grp, text, words, weight FROM phrase"
    " WHERE id IN (SELECT value FROM json_each(?))"
)
ITEMS_OF = "SELECT id, told, names, said, body FROM item WHERE document = ?"
ITEMS_ASKED = "SELECT id, told, names, said, body FROM item WHERE asked = ?"
ITEMS_MINDED = "SELECT id, told, names, said, body FROM item WHERE minded"
ITEMS = "SELECT id, told, names, said, body FROM item WHERE id IN (SELECT value FROM json_each(?))"
SHOWING = (
    "SELECT DISTINCT d.id, d.name FROM shows s JOIN document d ON d.id = s.document"
    " WHERE s.name IN (SELECT value FROM json_each(?))"
)
TITLES = (
    "SELECT DISTINCT title FROM title WHERE NOT EXISTS"
    " (SELECT 1 FROM json_each(?) WHERE instr(own, value) = 0)"
    " ORDER BY length(title), title LIMIT ?"
)
_DENIED = "!"


def words_of(phrase: Phrase) -> str:
    return " ".join(f"{_DENIED * denied}{word}" for word, denied in phrase.words.items())


def stems_of(words: str) -> str:
    """Give the words of a row without whether they are denied."""
    return " ".join(word.removeprefix(_DENIED) for word in words.split())


def phrase_of(number: int, key: str, group: str, text: str, words: str, weight: float) -> Phrase:
    said = {word.removeprefix(_DENIED): word.startswith(_DENIED) for word in words.split()}
    return Phrase(key, group, text, said, weight, number)


def told_reading(reading: Reading | None) -> str:
    """Give a reading as a text, without its phrases, which have rows of their own."""
    if reading is None:
        return ""
    fields = [[field.weight, field.words, field.length] for field in reading.fields]
    return json.dumps([reading.key, reading.group, fields, sorted(reading.written)])


def reading_of(told: str, phrases: Iterable[Phrase]) -> Reading | None:
    if not told:
        return None
    key, group, fields, written = json.loads(told)
    return Reading(
        key, group, tuple(phrases), tuple(Field(*of) for of in fields), frozenset(written)
    )


def told_item(item: Item) -> str:
    # Nobody reads again what a page says: its words are in the row beside it.
    return json.dumps(astuple(replace(item, body="") if item.group == PAGE else item))


def item_of(told: str) -> Item:
    return Item(*json.loads(told))


def stems(told: str, *fields: str) -> Stems:
    return Stems(item_of(told), *(tuple(words.split()) for words in fields))


def texts_of(of: Stems) -> Mapping[str, str]:
    return {"names": " ".join(of.names), "said": " ".join(of.said), "body": " ".join(of.body)}


def own_words(title: str) -> str:
    """Give the words of a title, a blank around each, so that one can be found by how it begins."""
    words: list[Any] = [word.strip("?:,.()“”\"'") for word in title.casefold().split()]
    return f" {' '.join(words)} "
