"""A reader sees the old or the new page, never a mix, whenever a publish happens (D6)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from explainer.library.models import SiteVersion
from explainer.public.middleware import TIMELESS, TRIES, one_edition
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

TABLE = "## What is known?\n\n### The treatment\n\n{0}\n\n### Nothing\n\n{0}\n"
PAGES = (
    "/",
    "/sitemap.xml",
    "/changes/",
    "/changes.atom",
    "/claims/",
    "/claims/?source=clinic-a&level=plausible",
    "/claims/t/hope/",
    "/sources/",
    "/sources/clinic-a/",
    "/glossary/",
    "/questions/t/",
    "/questions/",
    "/compare/",
    "/t/",
    "/t/safety/",
)
COMES, GOES, NOWHERE = "/claims/t/later/", "/t/process/", "/no/such/page/"


def build() -> None:
    """Publish what each kind of page needs, in words that `change` replaces."""
    shop.build()
    term = shelf.term_draft("derm", term="Dermis", definition="OLD layer.")
    shelf.publish(term, *_pages("OLD"), shelf.article_draft("t/process"))


def change() -> None:
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
    ]
    with transaction.atomic():
        shelf.publish(*claims, *others, *_pages("NEW"), now=shop.LATER)
        shop.withdraw("articles/t/process")


def _pages(word: str) -> list:
    questions = f"::: guidance\n- Who asks {word} things?\n:::"
    cell = f"[](claim:t/hope)\n\n[{word} words.](background:)"
    bodies = {"questions": questions, "compare": TABLE.format(cell)}
    overview = shop.treatment("t", "The treatment", f"[{word} words.](background:)")
    return [overview, *(shelf.article_draft(key, body) for key, body in bodies.items())]


class Publisher:
    """Publishes once, right after the query whose number it was told, as somebody else would."""

    def __init__(self, after: int) -> None:
        self.after, self.seen, self.busy = after, 0, False

    @property
    def done(self) -> bool:
        return self.seen > self.after

    def __call__(self, execute: Callable, *query: object) -> object:
        result = execute(*query)
        if not self.busy:
            self.seen += 1
            if self.seen == self.after + 1:
                self.busy = True
                change()
                self.busy = False
        return result


def told(client: Client, address: str) -> tuple[int, bytes, dict[str, str]]:
    answer = client.get(address)
    return answer.status_code, answer.content, dict(answer.headers)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", [*PAGES, COMES, GOES, NOWHERE])
def test_an_answer_is_wholly_old_or_wholly_new_at_whatever_query_somebody_publishes(
    address: str,
) -> None:
    # What breaks a page while it mixes editions must not reach a reader either.
    client = Client(raise_request_exception=False)
    build()
    old = told(client, address)
    with taken_back():
        change()
        new = told(client, address)
    assert new != old

    moments = 0
    done = True
    while done:
        publisher = Publisher(moments)
        with taken_back(), connection.execute_wrapper(publisher):
            answer = told(client, address)
        done = publisher.done
        moments += done
        assert answer in (old, new), f"published after query {moments}"
    assert moments > 2


def test_a_page_that_is_gone_or_new_was_among_those() -> None:
    client = Client()
    build()

    before = [client.get(address).status_code for address in (COMES, GOES)]
    change()
    after = [client.get(address).status_code for address in (COMES, GOES)]

    assert (before, after) == ([404, 200], [200, 410])


def test_every_address_for_readers_asks_for_the_edition_before_and_after(client: Client) -> None:
    build()
    asked = {}

    for address in (*PAGES, COMES, GOES, "/robots.txt", f"/images/{'0' * 32}.png"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        editions = ['FROM "library_siteversion" WHERE' in query["sql"] for query in queries]
        ends = bool(editions) and editions[0] and editions[-1]
        asked.setdefault(resolve(address.partition("?")[0]).url_name, ends)

    names = {pattern.name for pattern in get_resolver("explainer.public.urls").url_patterns}
    assert set(asked) == names
    assert {name for name, ends in asked.items() if not ends} == names & TIMELESS


def _rising(times: int) -> Callable[[HttpRequest], HttpResponse]:
    """Give a page during whose first makings somebody publishes."""
    left = [times]

    def page(request: HttpRequest) -> HttpResponse:
        del request
        if left[0]:
            left[0] -= 1
            SiteVersion.objects.bump(action="publish", actor=None, reason="A test", now=shelf.NOON)
        return HttpResponse(f"{left[0]} to come")

    return page


def test_an_answer_is_made_again_as_often_as_the_edition_rises() -> None:
    answer = one_edition(_rising(TRIES - 1))(RequestFactory().get("/t/"))

    assert (answer.status_code, answer.content) == (200, b"0 to come")


def test_who_asks_while_the_edition_never_rests_is_asked_to_come_back() -> None:
    answer = one_edition(_rising(TRIES))(RequestFactory().get("/t/"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert b"Please load it again" in answer.content


@pytest.mark.parametrize("path", ["/admin/", "/healthz", "/readyz", "/robots.txt"])
def test_staff_and_machines_are_answered_without_looking_at_the_edition(
    path: str, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        answer = one_edition(lambda request: HttpResponse(request.path))

        assert answer(RequestFactory().get(path)).content == path.encode()


def test_a_page_for_readers_that_streams_is_refused_with_the_way_out() -> None:
    streams = one_edition(lambda _request: StreamingHttpResponse([b"words"]))

    with pytest.raises(TypeError, match="Answer with an HttpResponse"):
        streams(RequestFactory().get("/t/"))
