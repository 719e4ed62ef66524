"""What somebody tried and may not is in the audit log, and cannot flood it (requirement A17)."""

import pytest
from django.db import OperationalError
from django.test import Client

from explainer.accounts import attempts
from explainer.library.models import AuditEntry
from explainer.staff.ratelimit import Pace
from tests.accounts.staff_people import LIST, change, logged_in, opened, person
from tests.library import people

pytestmark = pytest.mark.django_db
OURS = {"origin": "http://testserver"}


def told():
    found = AuditEntry.objects.filter(action="was refused").order_by("number")
    return [(one.by_name, one.after["page"], one.comment) for one in found]


REFUSED = [
    ("author", "post", "/admin/auth/user/add/", "auth_user_add"),
    ("author", "get", "/admin/auth/user/", "auth_user_changelist"),
    ("author", "get", "/admin/desk/audit/", "staff-audit"),
    ("author", "post", "/admin/library/claim/add/", "library_claim_add"),
    ("reviewer", "post", "/admin/library/source/1/delete/", "library_source_delete"),
    ("reviewer", "post", "/admin/desk/live/text/", "live-text"),
    ("reviewer", "post", "/admin/desk/images/upload/", "staff-image-upload"),
    ("administrator", "post", "/admin/desk/new/claims/", "staff-new"),
]


@pytest.mark.parametrize(("role", "method", "at", "page"), REFUSED)
def test_a_refusal_is_told_with_person_page_and_address(role, method, at, page):
    client = logged_in(person("bob", role))

    answer = getattr(client, method)(at)

    assert answer.status_code == 403
    assert told() == [("bob", page, f"{method.upper()} {at}")]


def test_a_script_that_is_refused_all_day_is_told_of_once_in_a_while(monkeypatch):
    client = logged_in(person("bob", "reviewer"))
    ask = {"path": "/admin/desk/live/text/", "headers": {"x-background": "1"}}

    for _ in range(20):
        assert client.post(**ask).status_code == 403
    once = len(told())
    monkeypatch.setattr(attempts.cache, "get", lambda *_: None)
    client.post(**ask)

    assert once == 1
    assert len(told()) == 2
    assert attempts.TELL_ONCE_IN == 300


def test_each_person_page_and_method_is_told_of_by_itself():
    bob, cara = logged_in(person("bob", "author")), logged_in(person("cara", "author"))

    for client in (bob, cara, bob, cara):
        client.get(LIST)
        client.get(f"{LIST}add/")
        client.post(f"{LIST}add/")

    assert len(told()) == 6


def test_addresses_that_differ_by_a_number_are_one_page():
    client = logged_in(person("bob", "author"))

    for number in range(1, 9):
        client.get(f"{LIST}{number}/change/")

    assert told() == [("bob", "auth_user_change", f"GET {LIST}1/change/")]


def test_somebody_who_lacks_a_second_factor_is_told_of(settings):
    settings.STAFF_SECOND_FACTOR = True
    client = logged_in(person("bob", "publisher"))

    client.post("/admin/desk/live/text/", headers={"x-background": "1"})

    assert told() == [("bob", "live-text", "POST /admin/desk/live/text/")]


def test_a_form_with_a_foreign_token_is_told_of():
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("bob", "administrator"))

    answer = client.post(f"{LIST}add/", {"username": "eve"}, headers=OURS)

    entry = AuditEntry.objects.get(action="sent an old form")
    assert answer.status_code == 403
    assert entry.by_name == "bob"
    assert entry.comment == f"POST {LIST}add/"


def test_each_subject_is_told_of_by_itself():
    people.public_claim()
    people.public_claim("fear")
    client = logged_in(person("bob", "reviewer"))

    for claim in ("hope", "fear", "hope"):
        client.post(f"/admin/desk/start/claims/t/{claim}/", {"seen": "1"})

    subjects = AuditEntry.objects.filter(action="was refused").values_list("subject", flat=True)
    assert sorted(subjects) == ["claims/t/fear", "claims/t/hope"]


def test_somebody_who_tries_everything_cannot_flood_the_log(monkeypatch):
    monkeypatch.setattr(attempts, "PACE", Pace(most=3, seconds=3600))
    client = logged_in(person("bob", "reviewer"))

    for number in range(9):
        client.post(f"/admin/desk/start/claims/t/none-{number}/", {"seen": "1"})

    assert len(told()) == 3


def test_signs_that_could_pass_for_an_entry_are_written_out():
    client = logged_in(person("bob", "author"))

    client.get("/admin/auth/user/1\u202e root/change/")

    assert [comment for *_, comment in told()] == ["GET /admin/auth/user/1%E2%80%AE%20root/change/"]


def test_strangers_and_what_is_allowed_leave_no_refusal():
    ann, bob = logged_in(person("ann", "administrator")), person("bob")

    Client().post(
        f"{LIST}add/", {"username": "eve"}, headers={"origin": "http://elsewhere.example"}
    )
    change(ann, bob, opened=opened(ann, bob))
    ann.get("/admin/nowhere/")

    assert told() == []


def test_a_refusal_that_cannot_be_told_of_is_a_refusal_all_the_same(monkeypatch, caplog):
    client = logged_in(person("bob", "author"))

    def locked(**entry):
        raise OperationalError("database is locked")

    monkeypatch.setattr(attempts.audit, "record", locked)

    answer = client.get("/admin/desk/audit/")

    assert answer.status_code == 403
    assert "could not be told of" in caplog.text
