"""The index: what it finds first, when it is made anew, and that nothing depends on it."""

import pytest
from django.db import OperationalError

from explainer.kinds import TERM
from explainer.library.models import SiteVersion
from explainer.search import index
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db):
    shop.build()
    shop.claim("roots", name="Sleeping roots", statement="It may wake sleeping roots.",
               heard=["kick-starts lazy follicles"])  # fmt: skip
    shop.claim("harm", name="Sore skin", statement="It can hurt.", bearing="warning")
    shelf.publish(shelf.draft(TERM, "placebo", term="placebo", definition="A fake treatment."))


def found(query: str) -> list[str]:
    return [hit.item.url for hit in index.shelf.current().search(query)]


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("sleeping roots", "/claims/t/roots/"),
        ("LAZY follicle", "/claims/t/roots/"),
        ("does it hurt", "/claims/t/harm/"),
        ("painful", "/claims/t/harm/"),
        ("sleping roots", "/claims/t/roots/"),
        ("what is a placebo", "/glossary/#term-placebo"),
    ],
)
def test_words_find_what_is_meant_by_them(query, url):
    assert found(query)[0] == url


@pytest.mark.parametrize(
    "query", ["", "the", "???", "(hair", 'hair AND "', "no: pain", "\x00", "x" * 9999]
)
def test_no_query_breaks_it(query):
    assert isinstance(found(query), list)


def test_it_is_made_anew_when_the_version_rises_and_the_old_one_serves_meanwhile(monkeypatch):
    old = index.shelf.current()
    waiting = []
    monkeypatch.setattr(index, "in_background", waiting.append)
    shop.claim("new", name="Brand new", statement="It may shine brighter.")

    assert index.shelf.current() is old
    assert found("brighter") == []

    waiting[0]()
    assert index.shelf.current() is not old
    assert found("brighter") == ["/claims/t/new/"]


def test_it_is_made_once_a_version(monkeypatch):
    made = []
    make = index.make
    monkeypatch.setattr(index, "make", lambda: made.append(1) or make())

    for _ in range(3):
        index.shelf.current()
    assert len(made) == 1

    shop.claim("new", name="Brand new", statement="It may shine brighter.")
    for _ in range(3):
        index.shelf.current()
    assert len(made) == 2


def test_what_cannot_be_made_is_told_once_and_tried_again_at_the_next_version(monkeypatch, caplog):
    make = index.make
    monkeypatch.setattr(index, "make", lambda: 1 / 0)

    assert index.shelf.current() is None
    assert index.shelf.current() is None
    assert [record.message for record in caplog.records] == ["The search index could not be made"]

    monkeypatch.setattr(index, "make", make)
    shop.claim("new", name="Brand new", statement="It may shine brighter.")
    assert index.shelf.current() is not None


def test_a_broken_word_list_stops_the_index_and_names_the_line(settings, tmp_path):
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "words.tsv").write_text("use\twords\nbodies\tknee\n")
    settings.CONTENT_DIR = tmp_path

    with pytest.raises(ValueError, match=r"search/words.tsv:2: 'bodies' is no use of words"):
        index.make()


def test_what_is_withdrawn_is_not_in_the_next_index():
    shop.withdraw("claims/t/roots")

    assert "/claims/t/roots/" not in found("sleeping roots")
    assert SiteVersion.objects.current().number > 1


def test_one_that_broke_is_made_anew_once_a_version(monkeypatch):
    first = index.shelf.current()

    index.shelf.broke()
    second = index.shelf.current()
    index.shelf.broke()

    assert second is not first
    assert index.shelf.current() is second


def test_it_waits_for_a_database_that_is_not_there_yet(monkeypatch, caplog):
    def away() -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(index, "_version", away)

    index.shelf.warm()

    assert [record.message for record in caplog.records] == [
        "The search index waits for the database"
    ]


def test_nobody_waits_long_for_the_first_one(monkeypatch):
    monkeypatch.setattr(index, "PATIENCE", 0.01)

    with index.shelf._lock:
        assert index.shelf.current() is None
    assert index.shelf.current() is not None
