"""The index that is kept: what changed alone is read again, and answers are those of a new one."""

import shutil
import sqlite3
import stat

import pytest

from explainer.kinds import TERM
from explainer.search import making
from explainer.text import matching
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db
QUERIES = ("sleeping roots", "does it hurt", "what is a placebo", "safety", "papers", "shine")


@pytest.fixture(autouse=True)
def site(db):
    shop.build()
    shop.claim("roots", name="Sleeping roots", statement="It may wake sleeping roots.",
               heard=["kick-starts lazy follicles"], ask="May I see the papers?")  # fmt: skip
    shop.claim("harm", name="Sore skin", statement="It can hurt.", bearing="warning",
               ask="May I see the papers?")  # fmt: skip
    shelf.publish(shelf.draft(TERM, "placebo", term="placebo", definition="A fake treatment."))


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "folder", lambda: tmp_path / "search")
    return tmp_path / "search"


@pytest.fixture
def read(monkeypatch):
    """Give the names of what is read, in a list that grows."""
    names, facts_of = [], making.facts_of

    def noted(entries, *rest):
        names.extend(f"{entry.kind.name}:{entry.key}" for entry in entries)
        return facts_of(entries, *rest)

    monkeypatch.setattr(making, "facts_of", noted)
    return names


def answers(index):
    hits = {q: [(h.item.url, h.item.title, h.score) for h in index.search(q)] for q in QUERIES}
    said = {q: matching.ranked(index.book, q) for q in QUERIES}
    return hits, said, [index.suggestions(q, 8) for q in ("saf", "plac")], index.names


def anew(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(making, "folder", lambda: None)
        return making.make()


def urls(index, query):
    return [hit.item.url for hit in index.search(query)]


def test_nothing_is_read_again_while_nothing_changed(read):
    making.make()
    read.clear()

    assert urls(making.make(), "sleeping roots")[0] == "/claims/t/roots/"
    assert read == []


def test_a_new_claim_alone_is_read(read):
    making.make()
    read.clear()
    shop.claim("new", name="Brand new", statement="It may shine brighter.")

    assert urls(making.make(), "brighter") == ["/claims/t/new/"]
    assert read == ["claim:t/new"]


def test_pages_that_show_a_changed_claim_or_one_whose_source_changed_are_read_again(read):
    making.make()
    read.clear()
    shop.claim("hope", statement="It may grow feathers.")
    assert "/t/" in urls(making.make(), "feathers")
    assert {"claim:t/hope", "treatment:t"} <= {*read}

    read.clear()
    shop.source("clinic-a", title="Another title")
    making.make()
    assert "treatment:t" in read
    assert "claim:t/roots" not in read


def test_answers_after_changes_are_those_of_a_new_index(monkeypatch):
    making.make()
    shop.claim("roots", name="Sleeping roots", statement="It may shine.", heard=["a gleam"])
    shop.withdraw("claims/t/harm")
    changed = making.make()
    shop.claim("new", name="Brand new", statement="It may shine.", ask="May I see the papers?")

    assert answers(making.make()) == answers(anew(monkeypatch))
    assert answers(changed) != answers(making.make())


def test_a_question_stays_while_somebody_brings_it():
    shop.withdraw("claims/t/harm")
    assert "/questions/t/" in urls(making.make(), "papers")

    shop.claim("roots", name="Sleeping roots", statement="It may wake sleeping roots.")
    assert urls(making.make(), "papers") == []


def test_an_index_goes_on_with_its_moment_while_the_next_is_written():
    old = making.make()
    before = answers(old)
    shop.claim("roots", name="Other", statement="It may shine.", heard=["a gleam"])
    making.make()

    assert answers(old) == before


@pytest.mark.parametrize("harm", ["facts.sqlite3", "items/meta.json", "unfinished"])
def test_what_is_broken_or_unfinished_is_made_anew(root, read, harm):
    making.make()
    place = next(root.glob("*/"))
    (place / harm).write_bytes(b"\x00nothing that anybody can read" * 400)
    read.clear()

    assert urls(making.make(), "sleeping roots")[0] == "/claims/t/roots/"
    assert "claim:t/roots" in read


def test_what_is_lost_is_made_anew(root, read):
    making.make()
    shutil.rmtree(root)
    read.clear()

    assert urls(making.make(), "sleeping roots")
    assert "claim:t/roots" in read


def test_an_index_of_another_database_is_not_believed(root, read):
    making.make()
    read.clear()
    (facts,) = root.glob("*/facts.sqlite3")
    with sqlite3.connect(facts) as rows:
        rows.execute("UPDATE told SET words = '[3, \"another day\"]' WHERE name = 'since'")

    making.make()
    assert "claim:t/roots" in read


def test_other_code_or_lists_make_another_and_take_the_old_one_away(root, monkeypatch, read):
    making.make()
    (old,) = root.glob("*/")
    read.clear()
    monkeypatch.setattr(making, "build_of", lambda *_: "other")
    making.make()

    assert [place.name for place in root.glob("*/")] == ["other"] != [old.name]
    assert "claim:t/roots" in read


def test_nobody_else_may_look_into_it(root):
    making.make()

    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert sqlite3.connect(next(root.glob("*/facts.sqlite3"))).execute("SELECT 1").fetchone()
