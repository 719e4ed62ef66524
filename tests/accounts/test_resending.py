"""A form that comes in too late is given back whole, to our own pages alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from explainer.accounts import adapter
from explainer.library.permissions import Role
from tests.accounts.staff_people import log_in, logged_in, person

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/auth/user/add/?from=list"
OURS = {"origin": "http://testserver"}
WORDS = 'First line\n\nA <b>bold</b> "claim" & more'
FIELDS = {"body": WORDS, "empty": "", "box": ["1", "2"], "csrfmiddlewaretoken": "old"}


def hidden(answer):
    form = html.fromstring(answer.content.decode()).forms[-1]
    return form, [(name, value) for name, value in form.form_values()]


def test_a_strangers_form_comes_back_with_every_field_and_a_fresh_token(client):
    answer = client.post(ADDRESS, FIELDS, headers=OURS)

    form, values = hidden(answer)
    kept = [(name, value.replace("\r\n", "\n")) for name, value in values]
    assert answer.status_code == 401
    assert (form.method, form.action) == ("POST", ADDRESS)
    assert [one for one in kept if one[0] != "csrfmiddlewaretoken"] == [
        ("body", WORDS),
        ("empty", ""),
        ("box", "1"),
        ("box", "2"),
    ]
    token = dict(kept)["csrfmiddlewaretoken"]
    assert len(token) == 64
    assert token != "old"


def test_the_typed_words_are_shown_and_the_way_back_opens_a_new_tab(client):
    answer = client.post(ADDRESS, FIELDS, headers=OURS)

    page = html.fromstring(answer.content.decode())
    assert page.xpath("string(//textarea)").strip() == WORDS
    assert page.xpath("//label/@for") == page.xpath("//textarea/@id")
    link = page.xpath("//a[@target='_blank']")[0]
    assert link.get("href") == "/admin/account/login/"


def test_after_logging_in_again_the_form_goes_through(monkeypatch):
    just_now = {"is_reauthentication_required": lambda *_, **__: False}
    monkeypatch.setattr(adapter, "StaffAdapter", type("Recent", (adapter.StaffAdapter,), just_now))
    ann = person("ann", Role.ADMINISTRATOR)
    client = Client(enforce_csrf_checks=True)
    typed = {"username": "bob", "password1": "x", "password2": "x"}
    lost = client.post("/admin/auth/user/add/", typed, headers=OURS)
    client.force_login(ann)

    _, values = hidden(lost)
    answer = client.post("/admin/auth/user/add/", dict(values), headers=OURS)

    assert answer.status_code == 200
    assert answer.context["adminform"].form.data["username"] == "bob"


@pytest.mark.parametrize("broken", [{}, {"csrfmiddlewaretoken": "x" * 64}])
def test_a_form_with_an_old_token_is_given_back_with_a_good_one(broken):
    person("ann", Role.ADMINISTRATOR)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("bob", Role.ADMINISTRATOR))

    answer = client.post("/admin/auth/user/1/change/", {"body": WORDS, **broken}, headers=OURS)
    _, values = hidden(answer)
    again = client.post("/admin/auth/user/1/change/", dict(values), headers=OURS)

    assert answer.status_code == 403
    assert dict(values)["body"].replace("\r\n", "\n") == WORDS
    assert "Your text is still here" not in again.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"referer": "https://evil.example/http://testserver/"},
    ],
)
def test_a_form_from_elsewhere_gets_none_of_its_words_back(headers):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person())

    for client in (Client(), strict):
        answer = client.post(ADDRESS, FIELDS, headers=headers)

        assert answer.status_code == 403
        assert "bold" not in answer.content.decode()


def test_passwords_and_files_are_not_kept_and_it_says_so(client):
    file = SimpleUploadedFile("picture of a clinic.png", b"x")

    answer = client.post(ADDRESS, {"password1": "quiet rivers", "pic": file}, headers=OURS)

    text = answer.content.decode()
    assert "quiet rivers" not in text
    assert "Passwords are not kept" in text
    assert "Files cannot be kept" in text
    assert "picture of a clinic.png" in text


@pytest.mark.parametrize("headers", [{"x-background": "1"}, {"accept": "application/json"}])
def test_a_script_gets_json(client, headers):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person())

    stranger = client.post(ADDRESS, FIELDS, headers={**OURS, **headers})
    refused = strict.post(ADDRESS, FIELDS, headers={**OURS, **headers})

    assert (stranger.status_code, refused.status_code) == (401, 403)
    assert set(stranger.json()) == set(refused.json()) == {"message"}


def test_a_publisher_whose_factor_was_taken_away_loses_nothing(settings):
    settings.STAFF_SECOND_FACTOR = True
    client = logged_in(person("ann", Role.PUBLISHER))

    answer = client.post(ADDRESS, FIELDS, headers=OURS)

    assert answer.status_code == 403
    assert dict(hidden(answer)[1])["body"].replace("\r\n", "\n") == WORDS
    assert 'href="/admin/account/factor/app/"' in answer.content.decode()


def test_the_log_in_page_is_not_caught(client):
    person()

    assert log_in(client).status_code == 302


def test_an_old_log_in_form_asks_to_load_it_again_and_repeats_no_password():
    answer = log_in(Client(enforce_csrf_checks=True), headers=OURS)

    assert answer.status_code == 403
    assert "too old" in answer.content.decode()
    assert "quiet rivers" not in answer.content.decode()


@pytest.mark.parametrize("by", ["stranger", "staff"])
def test_a_form_larger_than_the_site_reads_is_told_so_and_changes_nothing(by):
    client = logged_in(person("ann", "administrator")) if by == "staff" else Client()
    body = "body=" + "x" * 1_500_001

    page, script = (
        client.post(ADDRESS, body, "application/x-www-form-urlencoded", headers={**OURS, **more})
        for more in ({}, {"x-background": "1"})
    )

    assert (page.status_code, script.status_code) == (413, 413)
    assert "holds more than the site takes" in page.content.decode()
    assert "holds more than the site takes" in script.json()["message"]
