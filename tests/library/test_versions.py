"""What was public never changes, whoever asks and by whatever road."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import Error, IntegrityError, connection, transaction
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    JSONField,
    ProtectedError,
    QuerySet,
    TextField,
)

from explainer.library import publishing
from explainer.library.models import (
    ArticleVersion,
    Change,
    Claim,
    ClaimVersion,
    Edition,
    HistoryIsFixed,
    Position,
    ReferenceVersion,
    Source,
    State,
    Treatment,
    Version,
)
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> ClaimVersion:
    shelf.treatment()
    version = shelf.claim_draft()
    shelf.publish(version)
    return version


def raw(statement: str) -> Callable[[], object]:
    def run() -> object:
        with connection.cursor() as cursor:
            return cursor.execute(statement)

    return run


def rows() -> list[ClaimVersion]:
    found = list(ClaimVersion.objects.all())
    for row in found:
        row.statement = "Something else."
    return found


CHANGES = {
    "save": lambda: [row.save() for row in rows()],
    "delete": lambda: [row.delete() for row in rows()],
    "update": lambda: ClaimVersion.objects.update(statement="x"),
    "update of the state": lambda: ClaimVersion.objects.update(state=State.DRAFT),
    "bulk update": lambda: ClaimVersion.objects.bulk_update(rows(), ["statement"]),
    "bulk create over it": lambda: ClaimVersion.objects.bulk_create(
        rows(), update_conflicts=True, update_fields=["statement"], unique_fields=["id"]
    ),
    "query delete": lambda: ClaimVersion.objects.all().delete(),
    "private raw delete": lambda: ClaimVersion.objects.all()._raw_delete("default"),
    "update of positions": lambda: Position.objects.update(says="x"),
    "delete of positions": lambda: Position.objects.all().delete(),
    "a new position": lambda: Position.objects.create(
        version=rows()[0], order=9, source=Source.objects.get(), product="q", says="x", level="x"
    ),
    "raw update": raw("UPDATE library_claimversion SET statement = 'x'"),
    "raw step back": raw("UPDATE library_claimversion SET state = 'draft', published_at = NULL"),
    "raw delete": raw("DELETE FROM library_claimversion"),
    "raw update of a position": raw("UPDATE library_position SET says = 'x'"),
    "raw rewriting of the record": raw("UPDATE library_change SET reason = 'x'"),
    "raw deleting of the record": raw("DELETE FROM library_change"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_published_version_cannot_be_changed(
    published: ClaimVersion, change: Callable[[], object]
) -> None:
    with pytest.raises((HistoryIsFixed, Error)), transaction.atomic():
        change()

    after = ClaimVersion.objects.get(pk=published.pk)
    assert (after.statement, after.state) == (published.statement, State.PUBLISHED)
    assert after.positions.get().says == "Says so."
    assert Change.objects.count() == 2


ENDING = {"state", "ended_at", "ended_by", "ended_because"}
COLUMNS = [
    (model, field.name)
    for model in (ClaimVersion, ArticleVersion, ReferenceVersion)
    for field in model._meta.concrete_fields
    if field.name not in ENDING
]


def another(model: type[Version], name: str) -> object:
    """Give a value that the one published version does not have in this column."""
    field = model._meta.get_field(name)
    value = getattr(model.objects.published().first(), field.attname)
    if isinstance(field, DateField):
        return "2001-02-03"
    if isinstance(field, BooleanField):
        return not value
    if isinstance(field, JSONField):
        return '{"title": "Another"}'
    return "x" if isinstance(field, CharField | TextField) else (value or 0) + 1


def refused_update(model: type[Version], **columns: object) -> None:
    table, names = model._meta.db_table, ", ".join(f'"{name}" = %s' for name in columns)
    with (
        pytest.raises(Error, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {names}", [*columns.values()])  # noqa: S608


@pytest.mark.parametrize(
    ("model", "name"), COLUMNS, ids=[f"{model.__name__}-{name}" for model, name in COLUMNS]
)
def test_the_database_guards_each_column_of_a_public_version(
    published: ClaimVersion, model: type[Version], name: str
) -> None:
    shelf.publish(shelf.article_draft())

    # State and end may change, so they do here: this column alone makes it wrong.
    refused_update(
        model,
        **{model._meta.get_field(name).column: another(model, name)},
        state=State.WITHDRAWN,
        ended_at="2026-03-04 09:00:00+00:00",
    )


def test_the_columns_of_an_end_may_be_set_by_the_database(published: ClaimVersion) -> None:
    columns = "state = 'withdrawn', ended_at = '2026-03-04 09:00:00+00:00', ended_because = 'x'"

    raw(f"UPDATE library_claimversion SET {columns}")()  # noqa: S608

    assert ClaimVersion.objects.get().state == State.WITHDRAWN


def test_what_was_withdrawn_stays_so_for_its_reason(published: ClaimVersion) -> None:
    publishing.withdraw(what=published.claim, by=None, reason="Wrong.", at=shelf.NOON)

    refused_update(ClaimVersion, state=State.PUBLISHED, ended_at=None)
    refused_update(ClaimVersion, state=State.SUPERSEDED)
    refused_update(ClaimVersion, ended_because="Praise.")

    version = ClaimVersion.objects.get()
    assert (version.state, version.ended_because) == (State.WITHDRAWN, "Wrong.")


def test_a_draft_can_be_changed_and_deleted(published: ClaimVersion) -> None:
    draft = shelf.claim_draft(statement="The treatment could help.")

    draft.statement = "The treatment might help."
    draft.save()
    ClaimVersion.objects.open().update(why="Since.")

    assert ClaimVersion.objects.get(pk=draft.pk).why == "Since."
    assert ClaimVersion.objects.open().delete()[0] == 2


def test_a_draft_is_not_made_public_by_hand(published: ClaimVersion) -> None:
    draft = shelf.claim_draft()
    draft.state = State.PUBLISHED

    with pytest.raises(HistoryIsFixed, match="publishing"):
        draft.save()
    with pytest.raises(HistoryIsFixed, match="publishing"):
        ClaimVersion.objects.filter(pk=draft.pk).update(state=State.PUBLISHED)


@pytest.mark.parametrize("delete", [Claim, Source, Treatment])
def test_history_cannot_be_lost_with_its_identity(
    published: ClaimVersion, delete: type[Claim] | type[Source] | type[Treatment]
) -> None:
    with pytest.raises(ProtectedError):
        delete.objects.get().delete()


def test_only_one_version_is_open(published: ClaimVersion) -> None:
    shelf.claim_draft()

    with pytest.raises(IntegrityError, match=r"claim_one_open|UNIQUE"), transaction.atomic():
        shelf.claim_draft()


def test_the_database_allows_one_published_version(published: ClaimVersion) -> None:
    draft = shelf.claim_draft()
    columns = f"state = 'published', published_at = '{shelf.NOON.isoformat()}'"

    with pytest.raises(IntegrityError), transaction.atomic():
        raw(f"UPDATE library_claimversion SET {columns} WHERE id = {draft.pk}")()  # noqa: S608


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "unsupported"},
        {"level": ""},
        {"reason": "not-studied"},
        {"override": "unsupported"},
        {"override_reason": "Because."},
        {"published_by_id": 1},
    ],
    ids=str,
)
def test_what_a_draft_may_leave_open_a_public_version_may_not(wrong: dict[str, object]) -> None:
    shelf.treatment()
    draft = shelf.claim_draft()
    User.objects.create_user("somebody", pk=1)
    columns = {"state": State.PUBLISHED, "published_at": shelf.NOON, **wrong}
    as_a_draft = {name: value for name, value in wrong.items() if name != "published_by_id"}

    ClaimVersion.objects.filter(pk=draft.pk).update(**(as_a_draft or {"why": "-"}))

    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet.update(ClaimVersion.objects.filter(pk=draft.pk), **columns)


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "nearly-proven"},
        {"approved_at": shelf.NOON},
        {"reviewed_by": "Somebody"},
        {"publish_at": shelf.NOON},
        {"published_at": shelf.NOON},
        {"ended_at": shelf.NOON},
    ],
    ids=str,
)
def test_rows_that_contradict_themselves_are_refused(wrong: dict[str, object]) -> None:
    shelf.treatment()

    with pytest.raises(IntegrityError), transaction.atomic():
        shelf.claim_draft(**wrong)


def test_there_is_one_edition() -> None:
    assert Edition.objects.current().number == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(pk=2)
