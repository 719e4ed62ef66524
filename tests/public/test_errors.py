"""Answers when there is no page: calm, own, and needing as little as possible."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from explainer.public import errors
from explainer.web import responses
from tests.public import shop

REQUEST = RequestFactory().get("/secret-word/")


def test_server_error_needs_no_database_and_no_context():
    response = responses.server_error(REQUEST)

    assert response.status_code == 500
    assert b"Something went wrong on our side" in response.content
    assert b"secret-word" not in response.content


def test_bad_request_and_forbidden_need_no_database_and_repeat_nothing():
    bad = errors.bad_request(REQUEST, ValueError("secret-word"))
    forbidden = errors.forbidden(REQUEST, PermissionDenied("secret-word"))

    assert (bad.status_code, forbidden.status_code) == (400, 403)
    assert b"secret-word" not in bad.content + forbidden.content
    assert b"<h1" in bad.content
    assert b"<h1" in forbidden.content


@pytest.mark.django_db
def test_an_unknown_host_is_a_bad_request_that_is_not_echoed(client):
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert b"evil.example" not in response.content
    assert b"We could not read this request" in response.content


@pytest.mark.django_db
def test_not_found_leads_on_and_stays_unlisted(client):
    shop.build()

    page = client.get("/no-page/").content.decode()

    assert '<meta name="robots" content="noindex">' in page
    assert 'href="/t/"' in page
    assert 'href="/claims/"' in page
    assert "no-page" not in page


@pytest.mark.parametrize("address", ["/wp-login.php", "/t/a/b/c/", "/t/%2e%2e/", "/T\u00fcr/"])
def test_an_address_that_no_view_answers_has_a_short_page_and_asks_no_database(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert b"There is no page at this address" in response.content
    assert b"<nav" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/%00/", "/%ff/", "/t/%2e%2e/", "/" + "a" * 5000 + "/", "/t/safety/?x=%00", "//t/"]
)
def test_odd_addresses_never_break_the_site(client, address):
    shop.build()

    assert client.get(address).status_code in (200, 404)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "part", ["records", "records/t", "claims", "claims/t", "sources", "questions"]
)
def test_what_no_key_can_be_is_not_found_and_asks_no_database(client, part):
    shop.build()

    assert client.get(f"/{part}/%00/").status_code == 404
    with pytest.raises(Resolver404):
        resolve(f"/{part}/\0/")
