"""The small invented site that most tests of its pages begin with."""

import re

import pytest

from explainer.public import views
from tests.public import shop


@pytest.fixture(autouse=True)
def as_written(monkeypatch):
    """Leave pages as their templates write them, but for indents.

    That a page as it is sent has the same text and elements is held in tests/sweeps/.
    """
    monkeypatch.setattr(views, "minified", lambda html: re.sub(r"\s*\n\s*", "\n", html))


@pytest.fixture
def site(db):
    shop.build()
