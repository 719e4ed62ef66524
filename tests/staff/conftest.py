"""What most tests of the desk begin with: an author, and a public claim and article."""

import pytest

from tests.library import people, shelf
from tests.staff.rows import public_claim, staff


@pytest.fixture
def ana():
    return staff("ana", "author")


@pytest.fixture
def claim():
    shelf.treatment()
    return public_claim()


@pytest.fixture
def article(claim):
    version = shelf.article_draft()
    shelf.publish(version)
    return version.article


@pytest.fixture
def identity(request, article):
    """What the subject that a test names is a version of; one of each kind is public."""
    people.public_term()
    return people.identity_of(request.param)


@pytest.fixture
def desk_of_ana(client, ana):
    client.force_login(ana)
    return client
