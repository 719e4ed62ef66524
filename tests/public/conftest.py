"""The small invented site that most tests of its pages begin with."""

import pytest

from explainer.public import views
from tests.public import shop


@pytest.fixture(autouse=True)
def as_written(monkeypatch):
    """Leave pages as their templates write them; tests/sweeps/test_minified.py holds the rest."""
    monkeypatch.setattr(views, "minified", lambda html: html)


@pytest.fixture
def site(db):
    shop.build()
