"""The file of kept pages: what it gives back, and how it stands what can happen to it."""

import sqlite3
import stat
import time

import pytest

from explainer.web.page_cache import store as module
from explainer.web.page_cache.encodings import chosen
from explainer.web.page_cache.page import Page
from explainer.web.page_cache.store import Store
from tests.web.page_cache.toy import Toy

PAGE = Page(200, (("Content-Type", "text/html"),), "digest", b"words " * 100)


@pytest.fixture
def store(tmp_path) -> Store:
    return Toy(tmp_path).store


def keep(store: Store, address: str = "/page/", page: Page = PAGE) -> None:
    store.keep(address, page, edition="1", until=time.time() + 60, quality=5)


def test_a_page_comes_back_as_it_was(store):
    keep(store)

    assert store.find("/page/", "") == PAGE
    assert store.find("/other/", "") is None


def test_a_file_of_a_build_that_kept_fewer_columns_is_made_anew(store):
    with sqlite3.connect(store.path) as older:
        older.execute("DROP TABLE IF EXISTS page")
        older.execute("CREATE TABLE page (address TEXT)")
    again = Store(store.path, store.build, store._edition)

    keep(again)

    assert again.find("/page/", "") == PAGE


def test_a_page_that_was_made_anew_meanwhile_is_not_compressed_as_the_old_one(store, monkeypatch):
    keep(store)
    newer = Page(200, PAGE.headers, "newer", b"other " * 100)

    def slowly(body, quality):
        keep(store, page=newer)
        return b"old", b"old"

    original = module.compressed
    monkeypatch.setattr(module, "compressed", lambda *a: (monkeypatch.undo(), slowly(*a))[1])
    store.compress_again("/page/")

    assert module.compressed is original
    assert store.find("/page/", "") == newer
    assert store.hurried() == ["/page/"]


def test_another_build_knows_none_of_them_and_can_forget_them(store):
    keep(store)
    other = Store(store.path, "other", store._edition)

    assert other.find("/page/", "") is None
    other.forget_other_builds()
    assert store.find("/page/", "") is None


def test_a_clock_that_was_set_back_makes_a_page_be_made_again(store, monkeypatch):
    keep(store)
    before = time.time() - 3600
    monkeypatch.setattr(module.time, "time", lambda: before)

    assert store.find("/page/", "") is None


@pytest.mark.parametrize("fault", ["gone", "empty", "rubbish", "no table", "half a row"])
def test_a_file_that_is_broken_gives_no_wrong_page_and_is_made_anew(store, fault):
    keep(store)
    sqlite3.connect(store.path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if fault == "gone":
        store.path.unlink()
    elif fault == "empty":
        store.path.write_bytes(b"")
    elif fault == "rubbish":
        store.path.write_bytes(b"no database " * 1000)
    elif fault == "no table":
        sqlite3.connect(store.path, isolation_level=None).execute("DROP TABLE page")
    else:
        change = "UPDATE page SET headers = '[[\"Content-'"
        sqlite3.connect(store.path, isolation_level=None).execute(change)

    for _ in range(2):
        assert store.find("/page/", "") in (None, PAGE)
    keep(store)
    assert store.find("/page/", "") == PAGE


def test_the_file_is_readable_by_its_owner_alone(store):
    keep(store)

    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_addresses_without_a_page_cannot_fill_it(store, monkeypatch):
    monkeypatch.setattr(module, "MOST_MISSES", 3)
    for number in range(9):
        keep(store, f"/none-{number}/", Page(404, (), "d", b"none"))
    keep(store, "/page/")

    assert len(store.addresses()) == 4


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("", ""), ("identity", ""), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("BR", "br"),
        ("br;q=0", ""), ("br;q=0,gzip", "gzip"), ("gzip;q=0.000", ""), ("*", "br"),
        ("*;q=0, gzip;q=1", "gzip"), ("gzip;q=nonsense", ""), (",,;;=", ""), ("br ; q=0.1", "br"),
    ],
)  # fmt: skip
def test_what_a_client_takes_is_read_as_the_standard_has_it(accepts, encoding):
    assert chosen(accepts) == encoding
