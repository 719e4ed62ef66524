"""What most tests of the staff area begin with: an author, and a public claim and article."""

import pytest
from django.core.cache import cache

from tests.library import people, shelf
from tests.staff.rows import public_claim, staff


@pytest.fixture
def ana(db):
    return staff("ana", "author")


@pytest.fixture
def claim(db):
    return public_claim()


@pytest.fixture
def article(claim):
    revision = shelf.article_draft()
    shelf.publish(revision)
    return revision.document


@pytest.fixture
def document(request, article):
    """The public document that a test names by its subject; one of each kind is public."""
    people.public_term()
    return shelf.document(request.param)


@pytest.fixture
def desk_of_ana(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def images_folder(settings, tmp_path):
    """The folder of the images, not there yet, on a day on which nobody sent one in."""
    settings.VAR_DIR = tmp_path
    cache.clear()
    return tmp_path / "images"
