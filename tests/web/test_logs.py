"""Logs find the fault and betray no reader."""

import logging
import sys

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from explainer.web.logs import DiscreetFormatter

pytestmark = [pytest.mark.urls("tests.web.pages"), pytest.mark.django_db]
MARKER = "marker-word"
SENT = {"user-agent": MARKER, "referer": MARKER, "cookie": f"a={MARKER}"}


@pytest.fixture(autouse=True)
def readers_find_them_too(settings):
    settings.READERS_URLCONF = "tests.web.pages"


@pytest.fixture
def written(caplog):
    """Give all that the site's own handler would write with every level switched on."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django.request")
    return lambda: "\n".join(DiscreetFormatter().format(record) for record in caplog.records)


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        (f"/nowhere/{MARKER}/?q={MARKER}", "localhost", 404),
        (f"/greet/?q={MARKER}", f"{MARKER}.example", 400),
        (f"/fail/{MARKER}/?q={MARKER}", "localhost", 500),
    ],
)
def test_what_a_reader_typed_is_in_no_log_and_no_mail(written, settings, address, host, status):
    settings.ADMINS = [("Admin", "admin@hair.example")]
    client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.5")

    response = client.get(address, headers={**SENT, "host": host})

    assert response.status_code == status
    assert str(status) in written()
    assert MARKER not in written()
    assert "203.0.113.5" not in written()
    assert mail.outbox == []


def test_a_failure_is_logged_with_its_route_type_and_lines(written):
    Client(raise_request_exception=False).get("/fail/x/?q=1")

    assert "ERROR django.request 500 GET /fail/<slug:word>/" in written()
    assert "builtins.ValueError" in written()
    assert "pages.py" in written()
    assert "in fail" in written()


def test_a_name_that_is_not_ours_is_one_line_that_says_what_to_set(written):
    Client().get("/greet/", headers={"host": f"{MARKER}.example"})

    (line,) = [line for line in written().splitlines() if " ERROR " in line]
    assert line.endswith(
        "ERROR django.security.DisallowedHost 400 GET (no route): "
        "asked by a name that DJANGO_ALLOWED_HOSTS does not hold"
    )
    assert "  " not in written()


def test_a_forged_method_cannot_write_a_line(written):
    Client().generic("X\nERROR forged", "/greet/")

    assert "forged" not in written()
    assert "(other method)" in written()


def test_outside_requests_a_failure_is_written_in_full():
    try:
        raise ValueError("line 3 of method.md")
    except ValueError:
        record = logging.LogRecord("load", logging.ERROR, "", 0, "failed", None, sys.exc_info())

    assert "ValueError: line 3 of method.md" in DiscreetFormatter().format(record)


def test_every_logger_writes_through_the_discreet_handler_or_nowhere():
    loggers = settings.LOGGING["loggers"].values()
    handlers = {name for logger in loggers for name in logger.get("handlers", [])}

    assert handlers <= {"nowhere"}
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["formatter"] == "discreet"
    assert logging.getLogger("django").handlers == []
