"""What holds for every test: no network, cheap passwords, static files as they lie in the tree."""

import os
import socket
from ipaddress import ip_address

import hypothesis
import pytest
from django.conf import settings
from django.db import transaction
from xdist.scheduler import LoadFileScheduling

from tests.evidence import nh3_alone

HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"


def pytest_configure():
    """Settings that tests need before any of them starts.

    One test runs with the real static storage (tests/web/test_staticfiles.py); for
    all others nothing has to be collected first.
    """
    settings.PASSWORD_HASHERS = [HASHER]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_STATIC}}
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # Said, since pytest-django knows this default of Django's own engine alone.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"
    if os.environ.get("SANITIZER") == "nh3":
        nh3_alone.put_in_place()
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    # Times are for benchmarks: a busy machine is no fault of a property.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")


class ByFile(LoadFileScheduling):
    """Keeps a file's tests in one process, and all sweeps: they share a site visited once."""

    def _split_scope(self, nodeid):
        return "sweeps" if nodeid.startswith("tests/sweeps/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


class NetworkIsClosed(BaseException):
    """A test tried to reach another machine; not an Exception, so that no code can swallow it."""


def _refuse_strangers(connect):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            if host != "localhost" and not ip_address(host).is_loopback:
                raise NetworkIsClosed(f"Tests reach this machine alone, not {host}.")
        return connect(self, address)

    return guarded


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", _refuse_strangers(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", _refuse_strangers(socket.socket.connect_ex))


@pytest.fixture(autouse=True)
def _no_index_of_another_test(monkeypatch):
    """Let each test make the search's index of its own words, and make it anew where it waits."""
    from explainer.search import index, making  # noqa: PLC0415 - Django is not set up before

    monkeypatch.setattr(making, "folder", lambda: None)
    index.shelf.forget()
    monkeypatch.setattr(index, "in_background", lambda run: run())


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """What fixtures of a module write is there for each of its tests, and gone after the last.

    Each test begins with it anew: what a test itself writes is taken back, as always.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    """Let no test see what another one's site showed under the same number."""
    from explainer.library import edition  # noqa: PLC0415 - Django is not set up before

    edition.forget()
