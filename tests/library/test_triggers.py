"""Roads around history that no row may take: moved positions, replaced rows, changed keys."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from explainer.kinds import ARTICLE, CLAIM
from explainer.library import triggers
from explainer.library.models import Document, Position, Revision, SiteVersion, State
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published():
    shelf.treatment()
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    shelf.claim_draft(statement="The treatment might help some hair.")


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def public_article():
    version = Revision.objects.of(ARTICLE).get()
    version.pk, version.number = None, 2
    return version


def move_a_position():
    public = Revision.objects.of(CLAIM).published().get()
    Position.objects.filter(revision__state=State.DRAFT).update(revision=public, order=7)


ROADS: dict[str, Callable[[], object]] = {
    "moving a draft's position to a public version": move_a_position,
    "making a public revision at once": lambda: Revision.objects.bulk_create([public_article()]),
    "changing a document's key": lambda: Document.objects.filter(kind=CLAIM).update(key="t/other"),
    "changing a document's kind": lambda: Document.objects.filter(key="t/hope").update(kind="term"),
    "lowering the site's version": lambda: SiteVersion.objects.update(number=0),
    "deleting the site's version": lambda: SiteVersion.objects.all().delete(),
}


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
def test_the_database_closes_every_road_around_history(road):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        road()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite knows INSERT OR REPLACE.")
@pytest.mark.parametrize("table", ["revision", "change"])
def test_a_public_row_cannot_be_replaced(table):
    name = f"library_{table}"

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        raw(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name} WHERE id = 1")  # noqa: S608


def test_every_column_of_a_revision_is_guarded_or_belongs_to_its_end():
    columns = {field.column for field in Revision._meta.concrete_fields}

    ending = {"state", "ended_at", "ended_by_id", "ended_because"}
    assert columns - ending == {*triggers.REVISION}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Each kind of database has its catalogue")
def test_every_trigger_is_there():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {name for (name,) in cursor.fetchall()}

    assert {trigger.name for trigger in triggers.triggers("sqlite")} == names
