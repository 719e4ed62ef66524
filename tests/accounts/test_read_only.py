"""While the site is read-only staff are told why, keep their words, and readers notice nothing."""

import pytest
from django.core.management import call_command
from django.test import Client

from explainer.library.models import Revision, SiteVersion
from tests.accounts.staff_people import is_in, log_in, logged_in, person
from tests.library import people, shelf
from tests.public import shop

pytestmark = pytest.mark.django_db
EDIT = "/admin/desk/edit/claims/t/hope/"
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture(autouse=True)
def _read_only(settings):
    settings.READ_ONLY = True


@pytest.fixture
def author():
    shop.build()
    return logged_in(person("ann", "author"))


def test_a_form_is_refused_with_the_reason_and_all_that_was_typed(author):
    response = author.post(EDIT, {"why": "An hour of work."}, headers=ORIGIN)

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert b"has set it to read-only" in response.content
    assert b"An hour of work." in response.content
    assert not Revision.objects.open().exists()


def test_a_script_is_told_in_json(author):
    response = author.post("/admin/desk/live/text/", headers={**ORIGIN, "x-background": "1"})

    assert response.status_code == 503
    assert "read-only" in response.json()["message"]


def test_every_page_of_staff_says_so(author):
    for page in ("/admin/", "/admin/library/claim/", "/admin/desk/guide/"):
        assert b"set to read-only for a while" in author.get(page).content


def test_staff_still_log_in_and_out_and_read():
    person("ann")
    client = Client()

    assert log_in(client).status_code == 302
    assert is_in(client)
    client.post("/admin/logout/")
    assert not is_in(client)


def test_readers_notice_nothing(client):
    shop.build()

    for page in ("/t/safety/", "/search/?q=hair"):
        response = client.get(page)
        assert response.status_code == 200
        assert b"read-only" not in response.content
    assert client.post("/check/", {"text": "It may help some hair."}).status_code == 200


def test_nothing_is_published_by_the_clock(settings, capsys):
    one, two = people.staff("one", *people.ALL), people.staff("two", *people.ALL)
    people.scheduled(people.public_claim(), one, two, shelf.NOON.replace(year=2026, month=6))
    before = SiteVersion.objects.current().number

    call_command("publish_due")
    assert "nothing is published" in capsys.readouterr().out
    assert SiteVersion.objects.current().number == before

    settings.READ_ONLY = False
    call_command("publish_due")
    assert SiteVersion.objects.current().number == before + 1
