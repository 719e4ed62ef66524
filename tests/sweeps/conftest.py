"""The real site, visited once a session; sweeps need no database after that."""

from pathlib import Path

import pytest

from tests.sweeps.whole_site import Site, real_content, visit

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ask for the test database: without a mark none is made, and the real one would be used."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker) -> Site:
    with django_db_blocker.unblock(), real_content():
        return visit()
