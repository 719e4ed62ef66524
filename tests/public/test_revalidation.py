"""A publishing that changed nothing a page shows leaves the page as it is, and no other."""

import sqlite3

import pytest

from explainer.library import edition
from explainer.public import middleware
from explainer.public.sitemap import addresses
from explainer.web.page_cache.asking import asked
from explainer.web.page_cache.builder import build, differences
from tests.library import shelf
from tests.public import shop
from tests.public.page_caches import cache_in, connections_stay


@pytest.fixture
def cache(db, tmp_path, settings, monkeypatch):
    """A cache of a small site that remembers what pages share, though a test is a transaction."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(middleware, "nullcontext", edition.of_this_moment)
    shop.build()
    cache, _ = cache_in(tmp_path)
    with connections_stay():
        build(cache, addresses())
        yield cache


def times(cache):
    rows = sqlite3.connect(cache.store.path).execute("SELECT address, made_at FROM page")
    return dict(rows.fetchall())


def made_anew(cache, change):
    """Change what is public, ask for every page, and give the addresses of those made again."""
    before = times(cache)
    change()
    for address in addresses():
        asked(cache, address)
    after = times(cache)
    return {address for address, at in after.items() if before.get(address) not in (None, at)}


def an_unrelated_claim():
    shop.claim("new", statement="It may help some scalps.")


CHANGES = {
    "a claim": an_unrelated_claim,
    "words of a claim": lambda: shop.claim("hope", statement="It may help some heads."),
    "a withdrawn claim": lambda: shop.withdraw("claims/t/hope"),
    "a word of the glossary": lambda: shelf.publish(shelf.term_draft("crown")),
    "a source": lambda: shop.source("one-more"),
    "a name in the menu": lambda: shelf.publish(shop.treatment("t", "Another name")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_any_change_every_answer_is_what_would_be_made_now(cache, change):
    made_anew(cache, change)

    assert list(differences(cache)) == []


def test_pages_that_read_nothing_of_what_changed_are_not_made_again(cache):
    anew = made_anew(cache, an_unrelated_claim)

    assert {"/claims/", "/claims.json", "/sitemap.xml", "/changes/"} <= anew
    assert anew.isdisjoint({"/claims/t/hope/", "/claims/t/hope.md", "/glossary/"})


def test_a_page_that_shows_what_changed_is_made_again(cache):
    anew = made_anew(cache, CHANGES["words of a claim"])

    assert {"/t/", "/t.md", "/claims/t/hope/", "/claims/t/hope.md"} <= anew


def test_a_word_of_the_glossary_makes_every_text_anew(cache):
    anew = made_anew(cache, CHANGES["a word of the glossary"])

    assert {"/t/", "/claims/t/hope/", "/glossary/"} <= anew


def test_a_name_in_the_menu_makes_every_page_anew(cache):
    anew = made_anew(cache, CHANGES["a name in the menu"])

    assert {"/t/", "/glossary/", "/claims/t/hope/", "/check/"} <= anew
