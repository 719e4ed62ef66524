"""Two people who may do everything, and a public claim."""

import pytest

from tests.library import people


@pytest.fixture
def ana():
    return people.staff("ana", *people.ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *people.ALL)


@pytest.fixture
def claim():
    return people.public_claim()
