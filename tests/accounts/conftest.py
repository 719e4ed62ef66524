"""What tests of accounts share."""

import pytest
from django.db import transaction


@pytest.fixture
def at_once(monkeypatch):
    """What waits for the end of a transaction is done at once: a test's own never ends."""
    monkeypatch.setattr(transaction, "on_commit", lambda run, **_more: run())
