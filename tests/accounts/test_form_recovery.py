"""A text form that comes in too late is given back whole, to our own pages alone."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client
from lxml import html

from explainer.web.logs import DiscreetFormatter
from tests.accounts.staff_people import LIST, log_in, logged_in, person
from tests.library import shelf

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/desk/new/claims/?from=list"
OTHER = f"{LIST}add/"
OURS = {"origin": "http://testserver"}
SCRIPT = {**OURS, "x-background": "1"}
WORDS = 'First line\n\nA <b>bold</b> "claim" & more'
FIELDS = {"body": WORDS, "empty": "", "box": ["1", "2"], "csrfmiddlewaretoken": "old"}


def strict(*roles):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("ann", *roles))
    return client


def form_in(answer):
    form = html.fromstring(answer.content.decode()).forms[-1]
    return form, {name: value.replace("\r\n", "\n").strip() for name, value in form.form_values()}


def test_a_strangers_form_comes_back_with_every_field_a_fresh_token_and_a_way_back(client):
    answer = client.post(ADDRESS, FIELDS, headers=OURS)

    form, _ = form_in(answer)
    (_, token), *values = [(name, value.strip()) for name, value in form.form_values()]
    typed = [(name, value.replace("\r\n", "\n")) for name, value in values]
    page = html.fromstring(answer.content.decode())
    assert answer.status_code == 401
    assert (form.method, form.action) == ("POST", ADDRESS)
    assert typed == [("body", WORDS), ("empty", ""), ("box", "1"), ("box", "2")]
    assert len(token) == 64
    assert page.xpath("string(//textarea)").strip() == WORDS
    assert page.xpath("//label/@for") == page.xpath("//textarea/@id")
    assert page.xpath("//a[@target='_blank']/@href")[0] == "/admin/account/login/"


def test_after_logging_in_again_the_form_goes_through():
    shelf.treatment()
    client = Client(enforce_csrf_checks=True)
    statement = "The treatment might do this."
    typed = {"name": "What it might do", "statement": statement, "treatment": "t"}
    lost = client.post(ADDRESS, typed, headers=OURS)
    client.force_login(person("ann", "author"))

    answer = client.post(ADDRESS, form_in(lost)[1], headers=OURS)

    assert answer["Location"] == "/admin/desk/edit/claims/t/what-it-might-do/"


@pytest.mark.parametrize("broken", [{}, {"csrfmiddlewaretoken": "x" * 64}])
def test_a_form_with_an_old_token_is_given_back_with_a_good_one(broken):
    client = strict("author")

    answer = client.post(ADDRESS, {"body": WORDS, **broken}, headers=OURS)
    _, values = form_in(answer)
    again = client.post(ADDRESS, values, headers=OURS)

    assert answer.status_code == 403
    assert values["body"] == WORDS
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
    for client in (Client(), strict()):
        answer = client.post(ADDRESS, FIELDS, headers=headers)

        assert answer.status_code == 403
        assert "bold" not in answer.content.decode()


def test_a_publisher_whose_factor_was_taken_away_loses_nothing(settings):
    settings.STAFF_SECOND_FACTOR = True
    client = logged_in(person("ann", "publisher"))

    answer = client.post(ADDRESS, FIELDS, headers=OURS)

    assert answer.status_code == 403
    assert form_in(answer)[1]["body"] == WORDS
    assert 'href="/admin/account/factor/app/"' in answer.content.decode()


@pytest.mark.parametrize(("at", "comes_back"), [(ADDRESS, True), (OTHER, False)])
def test_a_database_that_is_busy_is_said_so_and_loses_no_text(monkeypatch, at, comes_back):
    has_perm, asked = User.has_perm, []

    def busy_at_first(*given):
        asked.append(given)
        if len(asked) == 1:
            raise OperationalError("database is locked")
        return has_perm(*given)

    client = logged_in(person("ann", "author"))
    monkeypatch.setattr(User, "has_perm", busy_at_first)

    answer = client.post(at, FIELDS, headers=OURS)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "busy" in answer.content.decode()
    assert ("bold" in answer.content.decode()) is comes_back


@pytest.mark.parametrize(
    ("sender", "comes_back"), [(OURS, True), ({"origin": "https://evil.example"}, False)]
)
def test_a_text_comes_back_though_the_database_cannot_say_who_sent_it(
    monkeypatch, sender, comes_back
):
    def away(_session):
        raise OperationalError("connection refused")

    client = logged_in(person("ann", "author"))
    client.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "load", away)

    answer = client.post(ADDRESS, FIELDS, headers=sender)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert ("bold" in answer.content.decode()) is comes_back
    assert ("Away for a moment" in answer.content.decode()) is not comes_back


@pytest.mark.parametrize("who", ["stranger", "old token"])
def test_any_other_form_is_answered_with_what_to_do_and_repeats_nothing(who):
    client = Client() if who == "stranger" else strict("administrator")

    answer = client.post(OTHER, {"password1": "quiet rivers", "body": WORDS}, headers=OURS)

    text = answer.content.decode()
    assert answer.status_code == (401 if who == "stranger" else 403)
    assert "Go back, load the page again" in text
    assert not any(word in text for word in ("quiet rivers", "bold"))


@pytest.mark.parametrize("headers", [SCRIPT, {**OURS, "accept": "application/json"}])
def test_a_script_gets_json(client, headers):
    stranger, refused = (
        browser.post(ADDRESS, FIELDS, headers=headers) for browser in (client, strict())
    )

    assert (stranger.status_code, refused.status_code) == (401, 403)
    assert set(stranger.json()) == set(refused.json()) == {"message"}


@pytest.mark.parametrize(("client", "lines"), [("stranger", 0), ("author", 1)])
def test_a_refusal_leaves_a_line_in_the_log_that_names_nobody(client, lines, caplog):
    browser = Client() if client == "stranger" else logged_in(person("annabel", "author"))

    browser.get(f"{LIST}?username=typed")

    found = [record for record in caplog.records if record.name == "explainer.accounts.responses"]
    written = "".join(DiscreetFormatter().format(record) for record in found)
    assert len(found) == lines
    assert ("403 GET /admin/auth/user/" in written) is bool(lines)
    assert "annabel" not in written
    assert "typed" not in written


def test_an_old_log_in_form_asks_to_load_it_again_and_repeats_no_password():
    answer = log_in(Client(enforce_csrf_checks=True), headers=OURS)

    assert answer.status_code == 403
    assert "too old" in answer.content.decode()
    assert "quiet rivers" not in answer.content.decode()


@pytest.mark.parametrize("by", ["stranger", "staff"])
def test_a_form_that_is_too_long_to_be_read_is_told_so(by):
    client = logged_in(person("ann", "author")) if by == "staff" else Client()
    long, form = "body=" + "x" * 1_500_001, "application/x-www-form-urlencoded"

    page, script = (client.post(ADDRESS, long, form, headers=ours) for ours in (OURS, SCRIPT))

    assert (page.status_code, script.status_code) == (413, 413)
    assert "holds more than the site takes" in page.content.decode()
    assert "holds more than the site takes" in script.json()["message"]
