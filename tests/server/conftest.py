"""A database for processes of their own: SQLite, or PostgreSQL if DATABASE_URL says so."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import backing


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Environment variables that lead to an empty database and an empty folder for files."""
    environment = {"VAR_DIR": str(tmp_path), "SITE_URL": "", "DJANGO_ALLOWED_HOSTS": ""}
    server_url = os.environ.get("DATABASE_URL", "")
    if not server_url.startswith("postgres"):
        yield {**environment, "DATABASE_URL": ""}
        return
    import psycopg

    name = f"fresh_{os.getpid()}_{tmp_path.name}".replace("-", "_").lower()[:60]
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {**environment, "DATABASE_URL": f"{server_url.rpartition('/')[0]}/{name}"}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    with backing.filled(tmp_path_factory.mktemp("filled")) as both:
        yield both


@pytest.fixture
def site(filled):
    """A filled site."""
    return filled[0]


@pytest.fixture
def backup(filled):
    """Its backup."""
    return filled[1]


@pytest.fixture
def empty(tmp_path):
    """A machine with nothing on it."""
    with backing.place(tmp_path / "empty") as found:
        yield found
