"""The real site, visited once a session; sweeps need no database after that."""

import pytest

from tests.sweeps.whole_site import Site, real_content, visit


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker) -> Site:
    with django_db_blocker.unblock(), real_content():
        return visit()
