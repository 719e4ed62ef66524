"""Roads around history that no row may take: moved positions, replaced rows, changed keys."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from explainer.library import publishing
from explainer.library.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    Edition,
    Position,
    Source,
    State,
)
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published() -> None:
    shelf.treatment()
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    shelf.claim_draft(statement="The treatment might help some hair.")


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def public_article() -> ArticleVersion:
    version = ArticleVersion.objects.get()
    version.pk, version.number = None, 2
    return version


def move_a_position() -> None:
    public = ClaimVersion.objects.published().get()
    Position.objects.filter(version__state=State.DRAFT).update(version=public, order=7)


ROADS: dict[str, Callable[[], object]] = {
    "moving a draft's position to a public version": move_a_position,
    "making a public version at once": lambda: ArticleVersion.objects.bulk_create(
        [public_article()]
    ),
    "changing a claim's key": lambda: Claim.objects.update(key="t/other"),
    "changing an article's key": lambda: Article.objects.update(key="other"),
    "lowering the edition": lambda: Edition.objects.update(number=0),
    "deleting the edition": lambda: Edition.objects.all().delete(),
}


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
def test_the_database_closes_every_road_around_history(road: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        road()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite knows INSERT OR REPLACE.")
@pytest.mark.parametrize("table", ["claimversion", "articleversion", "change"])
def test_a_public_row_cannot_be_replaced(table: str) -> None:
    name = f"library_{table}"

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        raw(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name} WHERE id = 1")  # noqa: S608


def test_a_source_that_no_longer_carries_a_public_claim_is_refused() -> None:
    effect = shelf.claim_draft("effect", kind="effect")
    shelf.publish(effect)
    source = Source.objects.get()
    source.kind = "laboratory"

    with pytest.raises(publishing.CannotPublish, match="cannot make an effect in people"):
        publishing.revise(rows=[source], by=None, reason="A test", at=shelf.NOON)

    assert Source.objects.get().kind == "clinic"


def test_a_label_that_its_positions_do_not_give_is_refused() -> None:
    draft = shelf.claim_draft("wrong")
    ClaimVersion.objects.filter(pk=draft.pk).update(level="under-investigation")

    with pytest.raises(publishing.CannotPublish, match="its positions give 'plausible'"):
        shelf.publish(draft)

    assert ClaimVersion.objects.published().count() == 1
