"""What the owner of a site may say about who gets in, and what is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tests.accounts.staff_people import LOGIN, PASSWORD, person
from tests.test_settings import PUBLIC, start

__all__ = ["start"]


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch):
    for name in ("STAFF_SECOND_FACTOR", "STAFF_PATH", "STAFF_NETWORKS"):
        monkeypatch.delenv(name, raising=False)


def test_a_public_site_asks_for_a_second_factor_and_a_local_one_only_when_told(start):
    assert start(**PUBLIC)["STAFF_SECOND_FACTOR"] is True
    assert start()["STAFF_SECOND_FACTOR"] is False
    assert start(STAFF_SECOND_FACTOR="1")["STAFF_SECOND_FACTOR"] is True


def test_passwords_are_hashed_by_argon2(start):
    assert start()["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def test_the_staffs_path_and_networks_can_be_set(start):
    found = start(STAFF_PATH="/desk/staff/", STAFF_NETWORKS="203.0.113.7, 2001:db8::/32")

    assert found["STAFF_PATH"] == "/desk/staff/"
    assert [str(one) for one in found["STAFF_NETWORKS"]] == ["203.0.113.7/32", "2001:db8::/32"]


@pytest.mark.parametrize(
    ("change", "value_place_and_cure"),
    [
        ({**PUBLIC, "STAFF_SECOND_FACTOR": "0"}, r"STAFF_SECOND_FACTOR is off.*FACTOR=1"),
        ({"STAFF_PATH": "admin"}, r"STAFF_PATH is 'admin'.*/admin/"),
        ({"STAFF_PATH": "/"}, r"STAFF_PATH is '/'"),
        ({"STAFF_NETWORKS": "clinic"}, r"STAFF_NETWORKS holds 'clinic'.*203\.0\.113\.7"),
        ({"STAFF_NETWORKS": "10.0.0.1/8"}, r"STAFF_NETWORKS holds '10\.0\.0\.1/8'.*host bits"),
    ],
)
def test_anything_else_stops_the_start(start, change, value_place_and_cure):
    with pytest.raises(ImproperlyConfigured, match=value_place_and_cure):
        start(**change)


@pytest.fixture
def public_site(start, settings):
    """The settings of a public site that concern cookies and addresses, as its file reads them."""
    concerned = ("SESSION_", "CSRF_", "SECURE_", "ALLOWED_HOSTS", "TRUSTED_PROXIES")
    for name, value in start(**PUBLIC).items():
        if name.startswith(concerned):
            setattr(settings, name, value)


def behind_a_proxy(send, *given):
    ours = {"host": "hair.example", "origin": "https://hair.example"}
    return send(
        LOGIN, *given, REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-proto": "https", **ours}
    )


@pytest.mark.django_db
def test_both_cookies_of_a_log_in_are_for_this_host_over_https_and_no_script(public_site):
    person("ann", "author")
    client = Client(enforce_csrf_checks=True)
    form = behind_a_proxy(client.get).context["csrf_token"]

    typed = {"login": "ann", "password": PASSWORD, "csrfmiddlewaretoken": str(form)}
    answer = behind_a_proxy(client.post, typed)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert set(answer.cookies) == {"__Host-session", "__Host-form"}
    for cookie in answer.cookies.values():
        assert (cookie["secure"], cookie["httponly"]) == (True, True)
        assert cookie["samesite"] in ("Lax", "Strict")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.django_db
def test_a_log_in_without_https_is_sent_to_https_and_sets_no_cookie(public_site):
    person("ann", "author")

    answer = Client(SERVER_NAME="hair.example").post(LOGIN, {"login": "ann", "password": PASSWORD})

    assert answer["Location"] == f"https://hair.example{LOGIN}"
    assert not answer.cookies
