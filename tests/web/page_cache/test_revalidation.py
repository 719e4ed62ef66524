"""What a page read of the database, and whether it reads the same later."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from explainer.web.page_cache import revalidation

pytestmark = pytest.mark.django_db


def read(*queries):
    """Run queries as a page would, and give what is written of them."""
    with revalidation.recorded() as reading:
        for query in queries:
            query()
    return reading.written()


def names():
    return [*Group.objects.filter(name__startswith="a").order_by("name")]


def asked_at():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM auth_group WHERE %s > '2020'", [datetime.now(UTC)])


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda: None, True),
        (lambda: Group.objects.create(name="other"), True),
        (lambda: Group.objects.create(name="another"), False),
        (lambda: Group.objects.filter(name="a").update(name="ab"), False),
        (lambda: Group.objects.all().delete(), False),
    ],
)
def test_rows_that_were_read_tell_whether_anything_changed(change, same):
    Group.objects.create(name="a")
    written = read(names)
    change()

    assert revalidation.is_unchanged(written) is same


def test_two_queries_that_change_places_are_another_reading():
    Group.objects.create(name="a")
    first = read(names, Group.objects.count)
    assert first != read(Group.objects.count, names)


@pytest.mark.parametrize(
    "query", [lambda: Group.objects.create(name="b"), asked_at], ids=["a write", "a moment"]
)
def test_what_cannot_be_asked_again_is_not_written(query):
    assert read(names, query) == ""


def test_a_page_that_reads_nothing_stays():
    assert revalidation.is_unchanged(read())


def test_a_shared_value_stands_for_the_queries_it_took(monkeypatch):
    told = {"digest": "1"}
    monkeypatch.setattr(revalidation, "_shared", {})
    revalidation.share("names", lambda: told["digest"])

    def shared():
        with revalidation.shared("names"):
            names()

    written = read(shared)
    Group.objects.create(name="a")
    assert revalidation.is_unchanged(written)
    told["digest"] = "2"
    assert not revalidation.is_unchanged(written)


def test_a_shared_value_that_nobody_compares_binds_the_page_to_its_edition(monkeypatch):
    monkeypatch.setattr(revalidation, "_shared", {})

    def shared():
        with revalidation.shared("names"):
            names()

    assert read(shared) == ""
