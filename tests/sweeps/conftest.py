"""The real site, loaded and visited once a session; most sweeps need no database after that."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from explainer.files.sync import load
from tests.databases import copied, in_use
from tests.files.folders import real_check
from tests.sweeps.whole_site import Site, real_content, visit

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ask for the test database: without a mark none is made, and the real one would be used."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def content(django_db_setup: None, django_db_blocker) -> Callable[[], AbstractContextManager[None]]:
    """Give what lets the site show content/ for as long as a block lasts; write nothing in it."""
    if connection.vendor != "sqlite":
        return real_content
    with django_db_blocker.unblock():
        # Before any test has begun: a connection in a transaction that may write copies nothing.
        own = copied(":memory:")
        with in_use(own):
            load(real_check(), now=timezone.now())
    return partial(in_use, own)


@pytest.fixture(scope="session")
def site(content, django_db_blocker) -> Site:
    with django_db_blocker.unblock(), content():
        return visit()
