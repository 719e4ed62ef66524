"""Where to report a hole is told as RFC 9116 has it, or not at all, and never past its day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from explainer import environment
from explainer.web.checks import security_contact

ADDRESS = "/.well-known/security.txt"
TODAY = datetime.now(UTC).date()


@pytest.fixture
def named(settings):
    settings.SECURITY_CONTACT = "mailto:security@hair.example"
    settings.SECURITY_CONTACT_UNTIL = date(2027, 1, 31)
    settings.SITE_URL = "https://hair.example"


@pytest.mark.django_db
def test_it_has_contact_expiry_language_and_its_own_address(client, named):
    response = client.get(ADDRESS)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:security@hair.example",
        "Expires: 2027-01-31T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://hair.example/.well-known/security.txt",
    ]
    assert response.page_cache.params == frozenset()


@pytest.mark.django_db
def test_without_a_contact_there_is_none(client):
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(("days", "count"), [(-1, 1), (0, 1), (30, 1), (31, 0), (365, 0)])
def test_the_deploy_check_warns_a_month_before_it_is_past(settings, named, days, count):
    settings.SECURITY_CONTACT_UNTIL = TODAY + timedelta(days=days)

    assert len(security_contact()) == count


@pytest.mark.parametrize("contact", ["security@hair.example", "http://hair.example", "mailto:a b"])
def test_a_contact_without_its_kind_stops_the_start(monkeypatch, contact):
    monkeypatch.setenv("SECURITY_CONTACT", contact)

    with pytest.raises(ImproperlyConfigured, match=r"mailto:security@hair\.example"):
        environment.contact("SECURITY_CONTACT")


@pytest.mark.parametrize("day", ["", "31.1.2027", str(TODAY + timedelta(days=400))])
def test_a_contact_without_a_day_within_the_year_stops_the_start(monkeypatch, day):
    monkeypatch.setenv("SECURITY_CONTACT_UNTIL", day)

    with pytest.raises(ImproperlyConfigured, match="at most a year ahead"):
        environment.contact_until("SECURITY_CONTACT_UNTIL", needed=True)


def test_a_day_that_is_past_starts_and_is_warned_of(monkeypatch):
    monkeypatch.setenv("SECURITY_CONTACT_UNTIL", "2020-01-31")

    assert environment.contact_until("SECURITY_CONTACT_UNTIL", needed=True) == date(2020, 1, 31)
