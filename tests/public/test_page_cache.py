"""Readers' pages behind the page cache: which are kept, and that none is ever an old one."""

import json
import re
from datetime import timedelta
from functools import partial
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from explainer.guide.urls import urlpatterns as guide
from explainer.kinds import KINDS
from explainer.public.urls import urlpatterns as public
from explainer.web.page_cache import declare
from explainer.web.page_cache.routes import written
from tests.library import shelf
from tests.public import shop
from tests.public.page_caches import cache_in, connections_stay

pytestmark = pytest.mark.django_db

SOMEBODYS = {"search", "suggest", "bag", "past", "past_home"}
"""Addresses whose answers are made for one reader, or of which there is no end."""
FILES = {"image", "card"}
DECLARED_BY_HAND = {"check", "guide"}
"""Views that take what a reader sends, and declare their empty form alone."""


@pytest.fixture(autouse=True)
def site(db):
    shop.build()


@pytest.fixture
def cache(tmp_path):
    cache, made = cache_in(tmp_path)
    with connections_stay():
        yield SimpleNamespace(ask=partial(ask, cache), made=made)


def ask(cache, path, query="", **headers):
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_PORT": "80",
        "HTTP_HOST": "testserver", "SERVER_NAME": "testserver", "wsgi.url_scheme": "http",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.input": BytesIO(), **headers,
    }  # fmt: skip
    began = []
    body = b"".join(cache(environ, lambda *started: began.extend(started)))
    return began[0], dict(began[1]), body.decode()


@pytest.mark.parametrize("pattern", [*public, *guide], ids=lambda pattern: str(pattern.name))
def test_every_view_of_readers_is_declared_or_said_to_be_somebodys(pattern: URLPattern):
    is_declared = getattr(pattern.callback, "is_declared", False)

    assert is_declared is (pattern.name not in SOMEBODYS | FILES | DECLARED_BY_HAND)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/t/", "/t/safety/", "/claims/t/hope/", "/claims/", "/claims/map/", "/sources/",
        "/sources/clinic-a/", "/glossary/", "/changes/", "/changes.atom", "/sitemap.xml",
        "/robots.txt", "/site.webmanifest", "/llms.txt", "/claims.json", "/claims/t/hope.json",
        "/claims.schema.json", "/t.md", "/check/", "/records/", "/nothing/", "/t",
    ],
)  # fmt: skip
def test_a_page_is_made_once_and_is_byte_for_byte_what_django_made(client, cache, path):
    direct = client.get(path)
    first, again = cache.ask(path), cache.ask(path)

    assert cache.made == [path]
    assert first == again
    assert first[0].startswith(str(direct.status_code))
    assert first[2] == direct.content.decode()
    for name, value in direct.headers.items():
        if name not in ("Content-Length", "ETag", "Vary", "Cache-Control"):
            assert again[1][name] == value, name


@pytest.mark.parametrize("path", ["/wp-login.php", "/t/a/b/c/", "/%s/" % ("a" * 400), "/t\0/"])
def test_an_address_that_no_view_answers_costs_no_page_of_its_own(cache, path):
    cache.ask("/.git/config")
    status, _, body = cache.ask(path)

    assert (status, cache.made) == ("404 Not Found", ["/.nowhere"])
    assert "There is no page at this address" in body


NEVER = [
    "/nothing/", "/nothing/at-all/", "/T_x/", "/claims/t/nothing/", "/claims/t/nothing.json",
    "/sources/nothing/", "/records/nothing/", "/questions/nothing/", "/nothing", "/sources/nothing",
]  # fmt: skip


@pytest.mark.parametrize("path", NEVER)
def test_addresses_of_what_never_was_public_share_the_answer_that_django_gives(client, cache, path):
    asked = [cache.ask(one, query) for one in (path, *NEVER) for query in ("", "page=2")]

    assert [*asked] == [asked[0]] * len(asked)
    assert len(cache.made) == 1
    direct = client.get(path if path.endswith(("/", ".json")) else f"{path}/")
    assert (asked[0][0], asked[0][2]) == ("404 Not Found", direct.content.decode())


def test_every_view_that_is_given_a_key_alone_says_not_found_where_there_is_none(client, cache):
    table = json.loads(written(get_resolver("explainer.reader_urls").url_patterns))
    keyed = [regex for regex, is_keyed in table if is_keyed]
    missing = client.get("/nothing/").content

    for regex in keyed:
        address = re.sub(r"\(\?P<\w+>.*?\)(?=[/\\])", "nothing", regex)
        address = address.removesuffix(r"\Z").replace("\\", "")
        assert re.fullmatch(regex, address), regex
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, missing), address
    assert len(keyed) == 7


def test_what_was_public_is_looked_up_by_the_index_of_keys():
    """Which begins with the kind, so that a new kind has to be named."""
    named = re.findall(r"'(\w+)'", settings.PAGE_CACHE_KNOWN)

    assert {*named} == {kind.name for kind in KINDS}


def test_a_draft_is_not_told_from_what_never_was_and_once_public_it_is_the_next_answer(cache):
    draft = shelf.claim_draft("second")
    assert cache.ask("/nothing/") == cache.ask("/claims/t/second/")
    assert len(cache.made) == 1

    shelf.publish(draft)

    assert cache.ask("/claims/t/second/")[0] == "200 OK"


@pytest.mark.parametrize("path", ["/search/", "/bag/", "/past/2026-01-03/t/"])
def test_what_is_made_for_one_reader_is_never_kept(cache, path):
    cache.ask(path)
    cache.ask(path)

    assert cache.made == [path, path]


def test_a_filter_is_made_each_time_and_a_stray_parameter_is_not(cache):
    cache.ask("/claims/")
    assert "utm" not in cache.ask("/claims/", "utm_source=x")[2]
    assert cache.made == ["/claims/"]

    cache.ask("/claims/", "level=unsupported")
    assert cache.made == ["/claims/", "/claims/"]


def publish_words():
    shop.claim("new", statement="It may help some scalps.")


def withdraw():
    shop.withdraw("claims/t/hope")


def publish_term():
    shelf.publish(shelf.term_draft("crown"))


def publish_source():
    shop.source("one-more")


@pytest.mark.parametrize("change", [publish_words, withdraw, publish_term, publish_source])
def test_after_any_change_the_next_answer_is_made_anew(cache, change):
    before = cache.ask("/changes/")[2]
    change()

    after = cache.ask("/changes/")[2]
    assert before != after
    assert cache.made == ["/changes/", "/changes/"]


def test_a_withdrawn_claim_is_struck_through_in_the_next_answer(cache):
    assert "It was wrong." not in cache.ask("/claims/t/hope/")[2]
    withdraw()

    assert "It was wrong." in cache.ask("/claims/t/hope/")[2]


def test_a_page_without_its_picture_for_sharing_is_kept_for_a_minute(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path

    until = client.get("/t/").page_cache.until

    assert until - timezone.now() <= timedelta(seconds=60)


def test_no_page_outlives_the_day(client):
    assert client.get("/robots.txt").page_cache.until == declare.next_midnight()
    assert timezone.localtime(declare.next_midnight()).hour == 0


def test_an_answer_that_sets_a_cookie_cannot_be_declared():
    response = HttpResponse()
    response.set_cookie("a", "b")

    with pytest.raises(TypeError, match="sets a cannot be kept"):
        declare.cacheable(response)


def test_a_declared_view_that_looks_at_a_session_is_a_fault(rf):
    @declare.cached_page()
    def view(request):
        request.session.get("user")
        return HttpResponse()

    request = rf.get("/")
    request.session = SessionStore()
    request.resolver_match = SimpleNamespace(func=view)

    with pytest.raises(TypeError, match="looked at a session"):
        view(request)
