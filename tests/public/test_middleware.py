"""A reader sees the old or the new page, never a mix, whenever a publish happens."""

import sqlite3
from contextlib import closing

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from explainer.kinds import RECORD
from explainer.public.middleware import BEGIN, END, TIMELESS, one_snapshot
from tests.databases import copied, in_use
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

TABLE = "## What is known?\n\n### The treatment\n\n{0}\n\n### Nothing\n\n{0}\n"
GUIDE = (
    "{0}\n\n## What kind?\n\n### A\n\n#### What is known?\n\n{0}\n\n### [B](/t/)\n\n## Always?\n"
)
QUIZ = "## What is it?\n\n{0}\n\n### A\n\n{0}\n\n### B\n\n{0}\n"
PAGES = (
    "/",
    "/sitemap.xml",
    "/changes/",
    "/changes.atom",
    "/check/?claims=t/hope",
    "/search/?q=treatment+hair",
    "/claims/",
    "/claims/?source=clinic-a&level=plausible",
    "/claims/t/hope/",
    "/sources/",
    "/sources/clinic-a/",
    "/glossary/",
    "/records/",
    "/records/t/warning/",
    "/questions/t/",
    "/questions/",
    "/compare/",
    "/where-do-i-stand/",
    "/did-i-read-it-right/",
    "/bag/?c=t/hope",
    "/t/",
    "/t/safety/",
    "/t/safety.md",
    "/claims/map/",
    "/claims.json",
    "/claims/t/hope.json",
    "/llms.txt",
)
PAST = ("/past/2026-03-04/", "/past/2026-03-04/t/")
FROM_THE_INDEX = {"suggest"}
"""Names of addresses that are answered from the index alone, which is of one version."""
COMES, GOES, NOWHERE = "/claims/t/later/", "/t/process/", "/no-such-page/"


def build():
    """Publish what each kind of page needs, in words that `change` replaces."""
    shop.build()
    term = shelf.term_draft("derm", term="Dermis", definition="OLD layer.")
    shelf.publish(shelf.source_draft("regulator-2020", title="A warning", kind="regulator"))
    shelf.publish(term, _record("OLD"), *_pages("OLD"), shelf.article_draft("t/process"))


def change():
    """Publish, withdraw and revise in one step what any page may show."""
    claims = [
        shelf.claim_draft("later", statement="The treatment may help some NEW hair."),
        shelf.claim_draft(
            statement="No study shows that the treatment helps NEW hair.",
            **shop.VAIN,
            ask="Who pays for NEW hair?",
        ),
    ]
    later = "[](claim:t/later)"
    others = [
        *(shelf.article_draft(key, later, summary=later) for key in ("t/safety", "home")),
        shelf.source_draft(title="A NEW clinic", appraisal="NEW words."),
        shelf.term_draft("derm", term="Dermis", definition="NEW layer."),
        _record("NEW"),
    ]
    with transaction.atomic():
        shelf.publish(*claims, *others, *_pages("NEW"), now=shop.LATER)
        shop.withdraw("articles/t/process")


def _record(word):
    says = f"Warns {word} clinics."
    return shelf.draft(RECORD, "t/warning", **{**shelf.RECORD_FIELDS, "says": says})


def _pages(word):
    questions = f"::: guidance\n- Who asks {word} things?\n:::"
    cell = f"[](claim:t/hope)\n\n[{word} words.](background:)"
    shaped = {"compare": TABLE, "where-do-i-stand": GUIDE, "did-i-read-it-right": QUIZ}
    bodies = {"questions": questions, **{key: text.format(cell) for key, text in shaped.items()}}
    overview = shop.treatment("t", "The treatment", f"[{word} words.](background:)")
    return [overview, *(shelf.article_draft(key, body) for key, body in bodies.items())]


class Library:
    """A database in a file, as in production, that a second connection brings from OLD to NEW."""

    def __init__(self, folder):
        self.file = folder / "library.sqlite3"
        self.own = copied(str(self.file))
        with in_use(self.own):
            build()
            self.old = self._copied()
            change()
            self.new = self._copied()

    def become(self, state):
        """Write all pages of a state in one transaction, as somebody else's publish would."""
        with closing(sqlite3.connect(self.file)) as writer:
            state.backup(writer)

    def _copied(self):
        copy = sqlite3.connect(":memory:")
        connection.connection.backup(copy)
        return copy


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, django_db_setup, django_db_blocker):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a test of its own below.")
    with django_db_blocker.unblock():
        return Library(tmp_path_factory.mktemp("library"))


@pytest.fixture
def library(prepared, db):
    with in_use(prepared.own):
        prepared.become(prepared.old)
        yield prepared


class Publisher:
    """Publishes once, right after the query whose number it is given."""

    def __init__(self, library, after):
        self.library, self.left = library, after

    def __call__(self, execute, *query):
        result = execute(*query)
        self.left -= 1
        if self.left == -1:
            self.library.become(self.library.new)
        return result


def answer(address):
    # What breaks a page while it mixes versions must not reach a reader either.
    response = Client(raise_request_exception=False).get(address)
    return response.status_code, response.content, dict(response.headers)


@pytest.mark.parametrize("address", [*PAGES, *PAST, COMES, GOES, NOWHERE])
def test_an_answer_is_wholly_old_or_wholly_new_at_whatever_query_somebody_publishes(
    library, address
):
    old = answer(address)
    library.become(library.new)
    new = answer(address)
    assert new != old

    found, published = [], True
    while published:
        library.become(library.old)
        publisher = Publisher(library, after=len(found))
        with connection.execute_wrapper(publisher):
            found.append(answer(address))
        published = publisher.left < 0

    # The moment is that of the first read, not of the statements that begin the snapshot.
    first = len(BEGIN["sqlite"])
    assert found == [new] * first + [old] * (len(found) - first)
    assert len(found) > first + len(END["sqlite"]) + 1


def test_every_address_for_readers_is_among_those():
    paths = (address.partition("?")[0] for address in (*PAGES, *PAST, COMES, GOES))
    rooms = ("explainer.guide.urls", "explainer.public.urls")
    names = {pattern.name for room in rooms for pattern in get_resolver(room).url_patterns}

    assert {resolve(path).url_name for path in paths} == names - TIMELESS - FROM_THE_INDEX


def test_a_page_that_is_gone_or_new_was_among_those(library):
    before = [answer(address)[0] for address in (COMES, GOES)]
    library.become(library.new)
    after = [answer(address)[0] for address in (COMES, GOES)]

    assert (before, after) == ([404, 200], [200, 410])


def ask(view, path="/t/"):
    return one_snapshot(view)(RequestFactory().get(path))


def write(request):
    return HttpResponse(User.objects.create(username=request.path))


def end_it_all(_request):
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK")
    return HttpResponse("Words.")


def test_a_page_for_readers_that_writes_fails_and_harms_nobody_else(library):
    with pytest.raises(OperationalError, match="readonly"):
        ask(write)

    assert ask(write, "/admin/").content == b"/admin/"


def test_a_page_that_ends_the_snapshot_itself_harms_nobody_else(library):
    assert ask(end_it_all).content == b"Words."
    assert ask(write, "/admin/").content == b"/admin/"
    assert ask(lambda _request: HttpResponse(User.objects.count())).content == b"1"


def test_postgresql_holds_one_read_only_moment():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's moment is shown by the above.")

    def modes(_request):
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            isolation = cursor.fetchone()
            cursor.execute("SHOW transaction_read_only")
            return HttpResponse([*isolation, " ", *cursor.fetchone()])

    with in_use(connections.create_connection("default")):
        assert ask(modes).content == b"repeatable read on"
        assert ask(modes, "/admin/").content == b"read committed off"


@pytest.mark.parametrize("path", ["/admin/", "/healthz", "/readyz", "/robots.txt"])
def test_staff_and_machines_are_answered_without_a_snapshot(library, path):
    with CaptureQueriesContext(connection) as queries:
        assert ask(lambda request: HttpResponse(request.path), path).content == path.encode()

    assert len(queries) == 0


def test_a_page_for_readers_that_streams_is_refused(library):
    with pytest.raises(TypeError, match="/t/ streams"):
        ask(lambda _request: StreamingHttpResponse([b"words"]))
