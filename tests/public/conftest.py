"""The small invented site that most tests of its pages begin with."""

import pytest

from tests.public import shop


@pytest.fixture
def site(db):
    shop.build()
