"""What is answered from the page cache, and what goes on to Django (a toy in its place here)."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import brotli
import pytest

from explainer.web.page_cache import store
from explainer.web.page_cache.page import KEPT_READING
from explainer.web.page_cache.store import NOWHERE
from tests.web.page_cache.toy import HOST, Toy


@pytest.fixture
def toy(tmp_path) -> Toy:
    return Toy(tmp_path)


def test_a_declared_page_is_made_once(toy):
    first, second = toy.get(), toy.get()

    assert first == second == (200, second[1], toy.body)
    assert second[1]["X-Frame-Options"] == "DENY"
    assert len(toy.asked) == 1


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("", None, bytes),
        ("gzip", "gzip", gzip.decompress),
        ("gzip, br", "br", brotli.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("*;q=0", None, bytes),
    ],
)
def test_each_client_gets_the_bytes_it_takes_fresh_and_kept(toy, accepts, encoding, unpack):
    for _ in range(2):
        _, headers, body = toy.get(HTTP_ACCEPT_ENCODING=accepts)

        assert headers.get("Content-Encoding") == encoding
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["Content-Length"] == str(len(body))
        assert unpack(body) == toy.body


def test_each_encoding_has_a_tag_of_its_own_and_a_client_that_has_it_gets_304(toy):
    tags = {a: toy.get(HTTP_ACCEPT_ENCODING=a)[1]["ETag"] for a in ("", "gzip", "br")}

    assert len(set(tags.values())) == 3
    for accepts, tag in tags.items():
        got = toy.get(HTTP_ACCEPT_ENCODING=accepts, HTTP_IF_NONE_MATCH=f'"x", W/{tag}')
        assert (got[0], got[2]) == (304, b"")
        assert got[1]["ETag"] == tag
        assert got[1]["X-Frame-Options"] == "DENY"
        assert "Content-Length" not in got[1]
    assert toy.get(HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=tags["gzip"])[0] == 200


def test_a_first_reader_with_an_old_tag_gets_the_page_and_it_is_kept_whole(toy):
    assert toy.get(HTTP_IF_NONE_MATCH='"old"')[2] == toy.body
    assert "HTTP_IF_NONE_MATCH" not in toy.asked[0]


def test_head_has_the_headers_of_get_and_no_body(toy):
    head, get = toy.get(method="HEAD"), toy.get()

    assert head == (200, get[1], b"")
    assert len(toy.asked) == 1


@pytest.mark.parametrize("query", ["utm_source=x", "a=1&b=2", "%zz", "fbclid"])
def test_parameters_that_nobody_declared_change_nothing(toy, query):
    toy.get()

    assert toy.get(query=query)[2] == toy.body
    assert len(toy.asked) == 1


def test_parameters_that_are_declared_are_left_to_django_and_kept_by_nobody(toy):
    toy.params = frozenset({"page"})
    toy.get()
    toy.get(query="page=2")
    toy.get(query="utm=1&page=2")

    assert [asked["QUERY_STRING"] for asked in toy.asked] == ["", "page=2", "utm=1&page=2"]
    assert toy.store.addresses() == ["/page/"]


def test_cookies_change_nothing(toy):
    toy.get()
    assert toy.get(HTTP_COOKIE="session=1")[2] == toy.body
    assert len(toy.asked) == 1


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "POST"},
        {"path": "/admin/"},
        {"host": "evil.example"},
        {"host": f"{HOST}:80x"},
        {"host": ""},
    ],
)
def test_what_is_no_reading_of_a_page_is_left_to_django(toy, request_):
    toy.get(**request_)
    toy.get(**request_)

    assert len(toy.asked) == 2
    assert toy.store.addresses() == []


ODD = ("/page\x00/", "/p%C3/", "/" + "a" * 300, "", "/page.php", "/page/of/a/page/")


def test_addresses_that_no_view_answers_share_one_answer_and_one_row(tmp_path):
    toy = Toy(
        tmp_path,
        place_of=lambda one: (one, one) if one in ("/page/", "/page") else (NOWHERE, NOWHERE),
    )
    toy.status = "404 Not Found"

    answers = [toy.get(path=path, query=query) for path in ODD for query in ("", "a=1")]

    assert [*answers] == [answers[0]] * 12
    assert [asked["PATH_INFO"] for asked in toy.asked] == [NOWHERE]
    assert toy.store.addresses() == [NOWHERE]


def test_that_answer_is_kept_when_no_other_miss_is(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "MOST_MISSES", 1)
    toy = Toy(
        tmp_path, place_of=lambda one: (one, one) if one != "/page.php" else (NOWHERE, NOWHERE)
    )
    toy.status = "404 Not Found"

    for path in ("/one/", "/two/", "/page.php"):
        toy.get(path=path)

    assert toy.store.addresses() == [NOWHERE, "/one/"]


@pytest.mark.parametrize("host", [HOST, f"{HOST}:8000", HOST.upper()])
def test_a_name_of_the_site_is_known_with_and_without_its_port(toy, host):
    toy.get()
    toy.get(host=host)

    assert len(toy.asked) == 1


def test_what_is_not_declared_is_never_kept_and_goes_on_as_it_is(toy):
    toy.params = None
    for _ in range(2):
        status, headers, body = toy.get(HTTP_IF_NONE_MATCH='"x"')

        assert (status, body) == (200, toy.body)
        assert headers == {"Content-Type": "text/html", "X-Frame-Options": "DENY"}
    assert toy.asked[-1]["HTTP_IF_NONE_MATCH"] == '"x"', "Django answers conditions itself"
    assert toy.store.addresses() == []


@pytest.mark.parametrize("said", ["no-store", "private, max-age=60"])
def test_what_forbids_to_be_kept_is_not_kept_whatever_was_declared(toy, said):
    toy.headers = [("Cache-Control", said)]

    assert toy.get()[1]["Cache-Control"] == said
    assert toy.store.addresses() == []


def test_a_folder_that_takes_no_file_costs_nobody_an_answer(toy):
    toy.store.path = toy.store.path.parent / "gone" / "pages.sqlite3"

    assert toy.get() == toy.get()
    assert len(toy.asked) == 2


def test_a_public_site_sends_plain_http_on_to_django(tmp_path):
    toy = Toy(tmp_path, https_only=True, proxies=("127.0.0.1",))
    toy.get()
    assert toy.store.addresses() == []

    toy.get(HTTP_X_FORWARDED_PROTO="https")
    assert toy.store.addresses() == [], "a stranger's word"
    toy.get(HTTP_X_FORWARDED_PROTO="https", REMOTE_ADDR="127.0.0.1")
    assert toy.store.addresses() == ["/page/"]
    toy.get(**{"wsgi.url_scheme": "https"})
    assert len(toy.asked) == 3


def test_what_is_published_is_the_next_answer(toy):
    toy.get()
    toy.body, toy.name = b"new words", "2"

    assert toy.get()[2] == b"new words"
    assert toy.get()[2] == b"new words"
    assert len(toy.asked) == 2


def test_what_is_published_while_a_page_is_made_leaves_it_unkept(toy):
    def publish() -> None:
        toy.name = "2"

    toy.meanwhile = publish
    toy.get()

    assert toy.store.addresses() == []


def test_a_page_that_would_be_made_as_it_was_is_kept_for_the_next_edition(toy):
    toy.reading = "rows"
    toy.get()
    first, toy.body, toy.name, toy.is_unchanged = toy.body, b"never to be sent", "2", True

    assert toy.get()[2] == first
    assert [environ.get(KEPT_READING) for environ in toy.asked] == ["", "rows"]
    assert toy.get()[2] == first
    assert len(toy.asked) == 2


def test_a_page_that_told_nothing_of_what_it_read_is_made_again(toy):
    toy.get()
    toy.body, toy.name, toy.is_unchanged = b"new words", "2", True

    assert toy.get()[2] == b"new words"


def test_what_is_published_while_a_page_is_compared_has_it_made(toy):
    def publish() -> None:
        toy.name = "3"

    toy.reading = "rows"
    toy.get()
    toy.body, toy.name, toy.is_unchanged, toy.meanwhile = b"new words", "2", True, publish

    assert toy.get()[2] == b"new words"


def test_a_page_of_yesterday_is_not_compared(toy):
    toy.reading, toy.until = "rows", datetime.now(UTC) - timedelta(seconds=1)
    toy.get()
    toy.name, toy.is_unchanged, toy.body = "2", True, b"new words"

    assert toy.get()[2] == b"new words"


def test_while_the_database_is_away_readers_get_what_was_public_last(toy):
    toy.get()
    toy.name = None

    assert toy.get()[2] == toy.body
    assert len(toy.asked) == 1


def test_a_page_of_yesterday_is_made_again(toy):
    toy.until = datetime.now(UTC) - timedelta(seconds=1)
    toy.get()
    toy.get()

    assert len(toy.asked) == 2


def test_many_readers_wait_for_one_that_has_the_page_made(toy):
    going = Event()
    toy.meanwhile = lambda: going.wait(0.2)

    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda _: toy.get()[2], range(8)))

    assert answers == [toy.body] * 8
    assert len(toy.asked) == 1


@pytest.mark.parametrize(("status", "kept"), [("404 Not Found", True), ("410 Gone", True)])
def test_a_page_that_is_not_there_is_kept_with_its_status(toy, status, kept):
    toy.status = status

    assert [toy.get()[0], toy.get()[0]] == [int(status[:3])] * 2
    assert len(toy.asked) == 1


def test_a_way_to_the_last_slash_hands_its_question_on(toy):
    toy.status, toy.body = "301 Moved Permanently", b""
    for _ in range(2):
        _, headers, body = toy.get(path="/page", HTTP_ACCEPT_ENCODING="br")
        assert (headers["Content-Length"], body) == ("0", b"")
        assert "Content-Encoding" not in headers
    assert len(toy.asked) == 1

    toy.get(path="/page", query="a=1")
    toy.get(path="/page", query="a=2")
    assert [asked["QUERY_STRING"] for asked in toy.asked] == ["", "a=1", "a=2"]
