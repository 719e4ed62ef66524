"""The live answers are for staff who may write, and never fail in the writer's face."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from explainer.evidence.markdown import MAX_BYTES
from explainer.staff import decorators, live
from explainer.staff.decorators import Pace

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Background": "1"}
"""What our scripts send, so that the whole site knows no person waits for a page."""
REFUSED = {401, 403}
ADDRESSES = {"live-text": "post", "live-claims": "get", "live-token": "get"}


@pytest.fixture(autouse=True)
def _no_spell():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def author():
    user = User.objects.create_user("author", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="write"))
    return user


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_stranger_gets_json_and_never_the_log_in_page(client, name, method):
    response = getattr(client, method)(reverse(name), headers=SCRIPT)

    assert response.status_code in (REFUSED if method in ("get", "post") else {405})
    assert response.json()["message"]


@pytest.mark.parametrize("view", [live.text, live.claims, live.token])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_guard_itself_refuses_a_stranger(rf, view, method):
    request = rf.generic(method, "/")
    request.user = AnonymousUser()

    response = view(request)

    assert response.status_code == 403
    assert json.loads(response.content) == {"message": decorators.TEXT_ENDED, "ended": True}


@pytest.mark.parametrize("name", ADDRESSES)
def test_staff_without_the_right_are_told_which_role_to_ask_for(client, name):
    client.force_login(User.objects.create_user("looker", is_staff=True))

    response = getattr(client, ADDRESSES[name])(reverse(name))

    assert response.status_code == 403
    assert "role 'author'" in response.json()["message"]
    assert response.json()["ended"] is False


@pytest.mark.parametrize("change", ["is_staff", "is_active"])
def test_a_right_without_a_staff_account_is_not_enough(client, author, change):
    client.force_login(author)
    User.objects.filter(pk=author.pk).update(**{change: False})

    response = client.post(reverse("live-text"), {"body": "-"}, headers=SCRIPT)

    assert response.status_code in REFUSED


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_address_answers_one_method(desk, name):
    wrong = "get" if ADDRESSES[name] == "post" else "post"

    response = getattr(desk, wrong)(reverse(name))

    assert response.status_code == 405
    assert response["Allow"] == ADDRESSES[name].upper()
    assert "not" in response.json()["message"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_answer_is_ever_stored(desk, client, name):
    response = getattr(desk, ADDRESSES[name])(reverse(name))

    assert "no-store" in response["Cache-Control"]


def test_a_text_is_refused_without_the_form_s_token(author):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)

    response = strict.post(reverse("live-text"), {"body": "-"}, headers=SCRIPT)

    assert response.status_code == 403


def test_a_page_whose_token_went_stale_gets_a_new_one_that_works(author):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)

    token = strict.get(reverse("live-token")).json()["token"]

    headers = {"X-CSRFToken": token}
    assert strict.post(reverse("live-text"), {"body": "-"}, headers=headers).status_code == 200


def test_one_request_too_many_in_a_spell_has_to_wait(desk, monkeypatch):
    monkeypatch.setattr(decorators, "PACE", Pace(most=3, seconds=3600))
    statuses = [desk.get(reverse("live-claims")).status_code for _ in range(3)]

    response = desk.get(reverse("live-claims"))

    assert statuses == [200, 200, 200]
    assert response.status_code == 429
    assert 3500 < int(response["Retry-After"]) <= 3600
    assert response.json()["message"] == "Too many requests. The next one can wait."


def test_one_writer_s_haste_holds_up_nobody_else(desk, admin_client, monkeypatch):
    monkeypatch.setattr(decorators, "PACE", Pace(most=3, seconds=3600))
    for _ in range(4):
        desk.get(reverse("live-claims"))

    assert admin_client.get(reverse("live-claims")).status_code == 200


def test_nothing_to_show_is_a_message(desk):
    response = desk.post(reverse("live-text"), {"article": "t/safety"})

    assert response.status_code == 400
    assert "'summary', 'body' or both" in response.json()["message"]


@pytest.mark.parametrize("field", live.FIELDS)
def test_an_over_long_text_is_a_message(desk, field):
    response = desk.post(reverse("live-text"), {field: "a" * (MAX_BYTES + 1)})

    assert response.status_code == 413
    assert f"The {field} has 100001 bytes; at most 100000" in response.json()["message"]


@pytest.mark.parametrize("planted", ["\x00", "\u202e", "\ufeff"])
def test_a_sign_that_nobody_sees_is_a_problem_with_its_line(desk, planted):
    response = desk.post(reverse("live-text"), {"body": f"One.\n\nTwo{planted}."})

    assert response.status_code == 200
    (problem,) = response.json()["problems"]
    assert problem["line"] == 3
    assert problem["message"].startswith(f"Invisible character U+{ord(planted):04X}")


@pytest.mark.parametrize("form", [b"body=%ED%A0%80", b"body=%FF%FE", b"%00=1&body=-"])
def test_bytes_that_are_no_text_do_no_harm(desk, form):
    response = desk.post(
        reverse("live-text"), form, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 200


@pytest.mark.parametrize("failure", [ValueError("x"), RecursionError("x"), KeyError("x")])
def test_a_renderer_that_fails_costs_the_preview_and_not_the_text(desk, monkeypatch, failure):
    def fail(*_, **__):
        raise failure

    monkeypatch.setattr("explainer.evidence.pipeline.render", fail)
    response = desk.post(reverse("live-text"), {"body": "Words."})

    assert response.status_code == 422
    assert response.json()["message"].startswith("The preview failed; your text is safe.")
