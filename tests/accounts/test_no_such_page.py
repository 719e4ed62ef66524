"""An address of the desk that leads nowhere, as staff and as strangers meet it."""

from ipaddress import ip_network

import pytest

from tests.accounts.staff_people import logged_in, person

pytestmark = pytest.mark.django_db
GONE = [
    "/admin/nothing-here/",
    "/admin/desk/nothing/",
    "/admin/account/nothing/",
    "/admin/library/claim/999/change/",
    "/admin/desk/edit/claims/t/none/",
]


@pytest.fixture
def ann(db):
    return person("ann", "author")


@pytest.mark.parametrize("address", GONE)
def test_staff_who_are_in_are_told_in_the_frame_of_the_desk(ann, address):
    answer = logged_in(ann).get(address)

    page = answer.content.decode()
    assert answer.status_code == 404
    assert "The desk has no page at this address" in page
    assert "Log out" in page
    assert answer["Cache-Control"] == "no-store"


def test_what_is_missing_is_named(ann):
    page = logged_in(ann).get("/admin/desk/edit/claims/t/none/").content.decode()

    assert "There is no &#x27;claims/t/none&#x27; here." in page


def test_a_script_is_told_in_a_sentence(ann):
    answer = logged_in(ann).get("/admin/nothing-here/", headers={"X-Background": "1"})

    assert (answer.status_code, answer.json()["message"][-1]) == (404, "s")


@pytest.mark.parametrize("address", [*GONE, "/admin/library/claim/", "/admin/desk/guide/"])
def test_a_stranger_cannot_tell_what_exists(client, address):
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/account/login/?next=") or answer[
        "Location"
    ].startswith("/admin/login/?next=")


def test_an_account_that_is_no_staff_sees_nothing_of_the_desk(ann):
    browser = logged_in(ann)
    ann.is_staff = False
    ann.save()

    assert b"The desk" not in browser.get("/admin/nothing-here/").content


def test_from_another_network_the_answer_is_the_readers(ann, settings):
    browser = logged_in(ann)
    settings.STAFF_NETWORKS = [ip_network("203.0.113.0/24")]

    answer = browser.get("/admin/nothing-here/")

    assert answer.status_code == 404
    assert b"The desk" not in answer.content


def test_readers_are_told_of_no_desk(ann):
    assert b"The desk" not in logged_in(ann).get("/nothing-here/at/all/").content
