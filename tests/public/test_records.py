"""A record's page says where it appears, and keeps its address when it is withdrawn."""

from datetime import timedelta

import pytest

from explainer.kinds import RECORD
from explainer.library import publishing
from tests.library import shelf

pytestmark = pytest.mark.django_db
LATER = shelf.NOON + timedelta(days=3)


@pytest.fixture(autouse=True)
def shown():
    shelf.treatment()
    shelf.publish(shelf.source_draft("regulator-2020", title="A warning", kind="regulator"))
    record = shelf.draft(RECORD, "t/warning", **shelf.RECORD_FIELDS)
    body, summary = "[](record:t/warning)", "[Ask them.](background:)"
    shelf.publish(record, shelf.article_draft(body=body, summary=summary))


def page_of(client, address="/records/t/warning/"):
    return client.get(address).content.decode()


def withdraw():
    document = shelf.document("records/t/warning")
    publishing.withdraw(document=document, actor=None, reason="It was void.", now=LATER)


def test_a_page_leads_to_the_record_and_the_record_to_the_page(client):
    assert 'href="/records/t/warning/"' in page_of(client, "/t/safety/")
    assert "Where it appears" in page_of(client)
    assert '<a href="/t/safety/">' in page_of(client)


def test_a_withdrawn_record_keeps_its_address_struck_through_with_the_reason(client):
    withdraw()

    assert '<s class="claim--withdrawn">In May 2020' in page_of(client)
    assert "It was void." in page_of(client)
    assert "What it means for you" not in page_of(client)
    assert 'name="robots" content="noindex' in page_of(client)
    assert "/records/t/warning/" not in page_of(client, "/records/")


def test_the_history_leads_to_a_withdrawn_record(client):
    withdraw()

    assert 'href="/records/t/warning/"' in page_of(client, "/changes/")


def test_the_sitemap_dates_a_page_by_the_records_it_shows(client):
    again = shelf.draft(RECORD, "t/warning", **shelf.RECORD_FIELDS)
    shelf.publish(again, now=LATER)

    day = LATER.date().isoformat()
    entry = page_of(client, "/sitemap.xml").partition("/t/safety/</loc>")[2]
    assert entry.strip().startswith(f"<lastmod>{day}")
