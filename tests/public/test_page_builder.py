"""Pages made ahead, and made again to be compared."""

import sqlite3

import brotli
import pytest
from django.core.management import CommandError, call_command

from explainer.public.management.commands import build_pages, check_pages
from explainer.public.sitemap import addresses
from explainer.web.page_cache.asking import asked
from explainer.web.page_cache.builder import MostLinked, build
from explainer.web.page_cache.store import SHARED, Store
from tests.public import shop
from tests.public.page_caches import cache_in, connections_stay


@pytest.fixture
def cache(db, tmp_path, settings, monkeypatch):
    settings.VAR_DIR = tmp_path
    shop.build()
    cache, _ = cache_in(tmp_path)
    for command in (build_pages, check_pages):
        monkeypatch.setattr(command, "page_cache", lambda django: cache)
    with connections_stay():
        yield cache


def test_every_page_is_made_before_anybody_asks_and_none_twice(cache, capsys):
    call_command("build_pages")
    assert f"{len(addresses())} pages made." in capsys.readouterr().out
    assert cache.store.addresses() == sorted([*addresses(), *SHARED])

    call_command("build_pages")
    assert "0 pages made." in capsys.readouterr().out


def test_what_was_stopped_goes_on_where_it_was(cache):
    def two(paths):
        yield from list(paths)[:2]

    build(cache, addresses(), two)
    assert len({*cache.store.addresses()} - {*SHARED}) == 2
    assert build(cache, addresses()) == len(addresses()) - 2


def test_the_answers_that_many_addresses_share_are_made_before_any_page(cache):
    kept = []

    def none(paths):
        kept.append({*cache.store.addresses()})
        return ()

    build(cache, addresses(), none)

    assert kept[0] == {*SHARED}


def test_what_was_compressed_while_a_reader_waited_is_compressed_again(cache):
    asked(cache, "/t/")
    assert cache.store.hurried() == ["/t/"]
    hurried = cache.store.find("/t/", "br")

    build(cache, addresses())

    assert cache.store.hurried() == []
    kept = Store(cache.store.path, cache.store.build, cache.store._edition).find("/t/", "br")
    assert len(kept.body) < len(hurried.body)
    assert brotli.decompress(kept.body) == brotli.decompress(hurried.body)


def test_the_page_that_most_pages_lead_to_is_the_next(cache):
    turns = MostLinked(["/", "/a/", "/b/", "/c/"])
    order = []
    for path in turns:
        order.append(path)
        if path == "/":
            turns.saw(b'<a href="/c/#part">C</a> <a href="/b/">B</a> <a href="/c/">C</a>')
            turns.saw(b"<a href=/c/>C</a> <a href='https://elsewhere.example/a/'>not ours</a>")

    assert order == ["/", "/c/", "/b/", "/a/"]
    assert len(turns) == 4


def test_machines_find_their_pages_made_too(cache):
    paths = addresses()

    assert {"/", "/t/", "/claims/t/hope/", "/robots.txt", "/sitemap.xml"} <= {*paths}
    assert {"/index.md", "/t.md", "/claims/t/hope.md"} <= {*paths}
    assert len(paths) == len(set(paths))


def test_kept_pages_are_what_would_be_made_now(cache, capsys):
    call_command("build_pages")
    call_command("check_pages")

    assert "pages are what would be made now" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("status = 410", "status"),
        ('headers = \'[["X-Frame-Options", "ALLOW"]]\'', "headers"),
        ("gzip = (SELECT gzip FROM page WHERE address = '/')", "body"),
    ],
)
def test_a_page_that_differs_is_named(cache, capsys, change, what):
    call_command("build_pages")
    sqlite3.connect(cache.store.path, isolation_level=None).execute(
        f"UPDATE page SET {change} WHERE address = '/t/'"  # noqa: S608 - our own words
    )

    with pytest.raises(CommandError, match="1 differences"):
        call_command("check_pages")
    assert f"/t/: its {what} is not what is made now." in capsys.readouterr().out
