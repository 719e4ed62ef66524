"""What is read once for each edition of the site, and what is read each time."""

from datetime import timedelta

import pytest

from explainer.library import as_of, edition
from explainer.library.models import Action, SiteVersion
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads():
    """Give a function that is remembered, and how often it was called."""
    called = []

    @edition.per_edition
    def read():
        called.append(1)
        return len(called)

    return read, called


def publish():
    SiteVersion.objects.bump(action=Action.PUBLISH, actor=None, reason="x", now=shelf.NOON)


def test_one_edition_is_read_once(reads):
    read, called = reads
    for _ in range(3):
        with edition.of_this_moment():
            assert (read(), read()) == (1, 1)

    assert len(called) == 1


def test_what_was_published_is_read_anew(reads):
    read, _ = reads
    with edition.of_this_moment():
        read()
    publish()

    with edition.of_this_moment():
        assert read() == 2


def test_a_database_that_was_put_back_is_another_edition_although_it_counts_the_same(reads):
    read, _ = reads
    publish()
    with edition.of_this_moment():
        read()
    SiteVersion.objects.update(changed_at=shelf.NOON + timedelta(minutes=1))

    with edition.of_this_moment():
        assert read() == 2


def test_the_past_and_what_no_snapshot_holds_together_are_never_remembered(reads):
    read, _ = reads
    with edition.of_this_moment(), as_of.looking_at(shelf.NOON):
        assert (read(), read()) == (1, 2)
    assert (read(), read()) == (3, 4)

    with edition.of_this_moment():
        assert read() == 5


def test_two_functions_of_one_name_are_remembered_apart():
    def named(value):
        @edition.per_edition
        def read():
            return value

        return read

    one, other = named("one"), named("other")
    with edition.of_this_moment():
        assert (one(), other(), one()) == ("one", "other", "one")
