"""Every answer carries the headers; readers' answers know nothing of who asks."""

from ipaddress import ip_network

import pytest
from django.test import Client

from explainer.environment import LOOPBACK
from explainer.web import middleware

pytestmark = [pytest.mark.urls("tests.web.pages"), pytest.mark.django_db]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}
GARBAGE = {"sessionid": "x", "session": "x", "csrftoken": "!", "form": "!", "messages": "x"}


@pytest.fixture(autouse=True)
def readers_find_them_too(settings):
    settings.READERS_URLCONF = "tests.web.pages"


@pytest.fixture
def public(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.ALLOWED_HOSTS = ["hair.example", *LOOPBACK]
    return Client(raise_request_exception=False, headers={"host": "hair.example"})


@pytest.mark.parametrize(
    ("address", "status"),
    [("/greet/", 200), ("/greet", 301), ("/nowhere/", 404), ("/fail/x/", 500), ("/admin/", 302)],
)
def test_every_answer_carries_every_header(address, status):
    response = Client(raise_request_exception=False).get(address)

    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Permissions-Policy"].count("=()") == 11
    assert "Strict-Transport-Security" not in response


@pytest.mark.parametrize(
    "sent",
    [{"headers": {"host": "evil.example"}}, {"method": "TRACE"}, {"path": "/static/../etc"}],
)
def test_refusals_carry_the_policy_too(sent):
    response = Client().generic(**{"method": "GET", "path": "/greet/", **sent})

    assert response.status_code in (400, 404, 405)
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY


def test_an_unknown_host_is_refused_without_echo():
    response = Client().get("/greet/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert b"evil" not in response.content


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize(
    "address", ["/greet/", "/nowhere/", "/healthz", "/static/css/site.css", "/admin/"]
)
def test_readers_may_only_read_and_staff_only_send_forms(method, address):
    if (method, address) == ("POST", "/admin/"):
        return

    response = Client().generic(method, address)

    assert response.status_code == 405
    assert response["Allow"].startswith("GET, HEAD")
    assert b"This address exists for something else" in response.content


def test_an_address_that_takes_no_such_form_says_so_in_a_page(admin_client):
    response = admin_client.post("/admin/desk/guide/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert b"<h1" in response.content


CHUNKED = {"transfer-encoding": "chunked", "content-length": ""}


def test_a_form_without_a_length_is_told_so_before_anything_reads_it_as_empty(admin_client):
    address = "/admin/account/login/"

    page = admin_client.post(address, {"login": "a"}, headers=CHUNKED)
    script = admin_client.post(address, headers={**CHUNKED, "x-background": "1"})

    assert (page.status_code, script.status_code) == (411, 411)
    assert b"what you typed is still in the form" in page.content
    assert "without its length" in script.json()["message"]


def test_cookies_change_nothing_and_none_is_set():
    plain = Client().get("/greet/")
    forged = Client()
    forged.cookies.load(GARBAGE)

    response = forged.get("/greet/")

    assert response.content == plain.content == b"{} http"
    for answer in (plain, response):
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies
        assert "Vary" not in answer


def test_a_logged_in_editor_reads_the_same_page_as_a_stranger(admin_client):
    assert admin_client.get("/admin/").status_code == 200
    assert admin_client.get("/greet/").content == b"{} http"
    assert admin_client.get("/recognise/").content == b"AnonymousUser"


def test_http_is_sent_to_https_on_the_same_host(public):
    response = public.get("/greet/?a=1", REMOTE_ADDR="203.0.113.5")

    assert response.status_code == 301
    assert response["Location"] == "https://hair.example/greet/?a=1"
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert "Strict-Transport-Security" not in response


def test_health_is_answered_without_https(public):
    assert public.get("/healthz").status_code == 200


def test_a_proxy_on_this_machine_says_which_requests_were_https(public):
    response = public.get("/greet/", headers={"x-forwarded-proto": "https"})

    assert response.content.endswith(b"https")
    assert response["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_stranger_cannot_claim_https(public):
    sent = {"x-forwarded-proto": "https"}
    response = public.get("/greet/", headers=sent, REMOTE_ADDR="203.0.113.5")

    assert response.status_code == 301


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        ("203.0.113.5", "192.0.2.1", "203.0.113.5"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "192.0.2.1, 203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "192.0.2.1, 203.0.113.5, ::1", "203.0.113.5"),
        ("127.0.0.1", "192.0.2.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.1, nonsense, ::1", "::1"),
        ("", "192.0.2.1", ""),
    ],
)
def test_the_clients_address_is_the_last_that_no_proxy_of_ours_has(rf, peer, said, client):
    request = rf.get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": said})

    middleware.trusted_proxies(lambda _: None)(request)

    assert request.META["REMOTE_ADDR"] == client
    assert "HTTP_X_FORWARDED_FOR" not in request.META


@pytest.mark.parametrize(
    ("peer", "status"),
    [("203.0.113.5", 302), ("2001:db8::1", 302), ("198.51.100.1", 404), ("", 404)],
)
def test_staff_pages_exist_only_for_the_networks_named(client, settings, peer, status):
    settings.STAFF_NETWORKS = [ip_network("203.0.113.0/24"), ip_network("2001:db8::/32")]

    assert client.get("/admin/", REMOTE_ADDR=peer).status_code == status
    assert client.get("/greet/", REMOTE_ADDR=peer).status_code == 200
    assert client.get("/healthz", REMOTE_ADDR=peer).status_code == 200


def test_staff_pages_are_kept_out_of_every_store_and_index(client):
    staff, public = client.get("/admin/"), client.get("/greet/")

    assert staff["Cache-Control"] == "no-store"
    assert staff["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" not in public.get("Cache-Control", "")
    assert "X-Robots-Tag" not in public
