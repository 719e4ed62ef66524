"""The desk of a test of review: what tests of the staff area begin with, and two who may do all."""

import pytest

from tests.library.people import ALL, staff
from tests.staff.conftest import article, claim, desk_of_ana, document

__all__ = ["article", "claim", "desk_of_ana", "document"]


@pytest.fixture
def ana(db):
    return staff("ana", *ALL)


@pytest.fixture
def ben(db):
    return staff("ben", *ALL)
