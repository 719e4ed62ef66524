"""The list of claims: filters by plain parameters, never breaks, never shows what is not public."""

import re

import pytest
from lxml import html

from explainer.evidence.labels import SCALE
from explainer.evidence.levels import Topic
from explainer.public.navigation import PAGE_SIZE
from tests.library import shelf
from tests.public import newsroom, shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def treatment():
    shop.build()
    shop.claim("harm", statement="It can hurt.", bearing="warning", topic="safety")
    shop.claim("vain", statement="Sellers say so.", **shop.VAIN)


def found(client, query):
    """Count the promises and the risks that a page of the list says it found."""
    title = html.fromstring(client.get(f"/claims/{query}").content).xpath("//h2[@id='found']")[0]
    return sum(map(int, re.findall(r"\d+", title.text_content())))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 3),
        ("?treatment=t", 3),
        ("?topic=safety", 1),
        ("?level=unsupported", 1),
        ("?bearing=warning", 1),
        ("?bearing=promise&level=plausible", 1),
        ("?bearing=warning&level=unsupported", 0),
        ("?source=clinic-a&topic=mechanism", 2),
        ("?treatment=&topic=&level=&bearing=&source=&page=", 3),
        ("?other=thing", 3),
    ],
)
def test_a_filter_finds_what_fits_all_its_fields(client, query, number):
    assert found(client, query) == number


def test_promises_and_risks_are_never_added_up(client):
    page = client.get("/claims/").content.decode()

    assert ">2 promises and 1 risk</h2>" in page
    assert '<option value="t">The treatment</option>' in page


def test_each_value_tells_how_many_claims_it_would_show(client):
    page = client.get("/claims/?bearing=promise").content.decode()

    assert '<option value="plausible">Plausible (1)</option>' in page
    assert '<option value="promise" selected>Promises (2)</option>' in page
    assert '<option value="warning">Risks (1)</option>' in page
    assert '<option value="clinic-a">A clinic (2)</option>' in page
    assert 'value="under-investigation"' not in page


def test_every_topic_and_every_label_that_a_claim_has_is_offered(client):
    shelf.publish(*(shelf.claim_draft(topic.value, topic=topic.value) for topic in Topic))
    for label in SCALE:
        level, bearing = label.level.value, label.bearing.value
        said = {"finding": newsroom.FOUND[level]}
        why = {"reason": "not-studied"} if level == "unsupported" else {}
        positions = [shelf.position(level, **said)]
        shop.claim(f"{bearing}-{level}", bearing=bearing, positions=positions, **why)

    page = html.fromstring(client.get("/claims/").content)

    assert offered(page, "topic") == [topic.value for topic in Topic]
    assert offered(page, "level") == [label.modifier for label in SCALE]
    assert offered(page, "bearing") == ["promise", "warning"]


def offered(page, field):
    return page.xpath(f"//select[@name='{field}']/option[@value != '']/@value")


@pytest.mark.parametrize("field", ["treatment", "topic", "level", "bearing", "source"])
@pytest.mark.parametrize(
    "value", ["nobody-knows", "%00", "%ff%fe", "'%20or%201=1--", "<u>", "x" * 5000, "%F0%9F%92%89"]
)
def test_an_unknown_value_is_named_and_left_out(client, field, value):
    response = client.get(f"/claims/?{field}={value}")
    page = response.content.decode()

    assert response.status_code == 200
    assert "so it was left out. Choose one from the list above." in page
    assert found(client, f"?{field}={value}") == 3
    assert "<u>" not in page
    assert "\x00" not in page
    assert "x" * 61 not in page


@pytest.mark.parametrize("address", ["/claims/", "/changes/"])
@pytest.mark.parametrize("number", ["2", "0", "-1", "9" * 20, "one", "1e3", "٢", "%00"])
def test_a_page_that_is_not_there_is_not_found(client, address, number):
    assert client.get(f"{address}?page={number}").status_code == 404


def test_a_long_list_is_cut_into_pages_that_keep_the_filter(client):
    shelf.publish(*(shelf.claim_draft(f"more-{number}") for number in range(PAGE_SIZE)))

    first = client.get("/claims/?topic=mechanism").content.decode()
    second = client.get("/claims/?topic=mechanism&page=2").content.decode()

    assert first.count("register__item") == PAGE_SIZE
    assert 'href="?topic=mechanism&amp;page=2" rel="next"' in first
    assert second.count("register__item") == 2
    assert 'href="?topic=mechanism" rel="prev"' in second
    assert client.get("/claims/?topic=mechanism&page=3").status_code == 404


def test_a_second_page_is_listed_under_its_own_address(client, settings):
    shelf.publish(*(shelf.claim_draft(f"more-{number}") for number in range(PAGE_SIZE)))

    page = client.get("/claims/?page=2").content.decode()

    assert f'<link rel="canonical" href="{settings.SITE_URL}/claims/?page=2">' in page
    assert "noindex" not in page


def test_a_draft_of_a_claim_is_not_in_the_list(client):
    shelf.claim_draft("draft", statement="Nobody checked this yet.")

    assert "Nobody checked this yet." not in shop.visible(client, "/claims/")
