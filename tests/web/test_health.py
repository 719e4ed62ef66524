"""Machines learn in one word whether the site lives and can serve."""

import pytest
from django.db import OperationalError, connection

from explainer.web import responses, start_report


@pytest.mark.parametrize(
    ("path", "word"),
    [("/healthz", b"alive\n"), pytest.param("/readyz", b"ready\n", marks=pytest.mark.django_db)],
)
def test_a_process_is_alive_without_a_database_and_ready_with_a_migrated_one(client, path, word):
    response = client.get(path)

    assert (response.status_code, response.content) == (200, word)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["", "10.1.2.3:8000", "under_score", "evil.example"])
def test_a_load_balancer_may_ask_by_any_name_or_none(client, path, host):
    response = client.get(path, headers={"host": host}, SERVER_NAME="10.1.2.3")

    assert response.status_code == 200


@pytest.mark.django_db
def test_a_missing_migration_is_named(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'library'")

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("peer", "headers", "is_told"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("203.0.113.7", {}, False),
        ("127.0.0.1", {"x-forwarded-for": "203.0.113.7"}, False),
        ("127.0.0.1", {"x-forwarded-proto": "https"}, False),
    ],
)
def test_what_was_wrong_at_the_start_is_told_on_this_machine_alone(
    client, settings, tmp_path, peer, headers, is_told
):
    settings.VAR_DIR = tmp_path
    start_report.keep(["content/pages/x.md:3: No title. Add one."])

    response = client.get("/readyz", headers=headers, REMOTE_ADDR=peer)

    told = "content/pages/x.md:3: No title. Add one.\n" if is_told else ""
    assert (response.status_code, response.text) == (200, f"ready\n{told}")


def test_a_database_that_does_not_answer_is_named(client, monkeypatch):
    def gone(_connection):
        raise OperationalError("no route to db.example")

    monkeypatch.setattr(responses, "MigrationExecutor", gone)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"database\n")
