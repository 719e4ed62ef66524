"""What was public never changes, whoever asks and by whatever road."""

import pytest
from django.contrib.auth.models import User
from django.db import Error, IntegrityError, connection, transaction
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    JSONField,
    ProtectedError,
    TextField,
)

from explainer.kinds import ARTICLE, CLAIM
from explainer.library import publishing, triggers
from explainer.library.models import Change, Document, Position, Revision, SiteVersion, State
from tests.library import shelf
from tests.library.shelf import NOON, raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    shelf.treatment()
    version = shelf.claim_draft()
    shelf.publish(version)
    return version


def rows():
    found = list(Revision.objects.all())
    for row in found:
        row.fields = {"statement": "Something else."}
    return found


CHANGES = {
    "save": lambda: [row.save() for row in rows()],
    "delete": lambda: [row.delete() for row in rows()],
    "update": lambda: Revision.objects.update(fields={}),
    "update of the state": lambda: Revision.objects.update(state=State.DRAFT),
    "bulk update": lambda: Revision.objects.bulk_update(rows(), ["fields"]),
    "bulk create over it": lambda: Revision.objects.bulk_create(
        rows(), update_conflicts=True, update_fields=["fields"], unique_fields=["id"]
    ),
    "query delete": lambda: Revision.objects.all().delete(),
    "private raw delete": lambda: Revision.objects.all()._raw_delete("default"),
    "update of positions": lambda: Position.objects.update(product="x"),
    "delete of positions": lambda: Position.objects.all().delete(),
    "a new position": lambda: Position.objects.create(
        revision=public(), order=9, source=shelf.document("sources/clinic-a"), product="q"
    ),
    "raw update": lambda: raw("UPDATE library_revision SET fields = '{}'"),
    "raw step back": lambda: raw(
        "UPDATE library_revision SET state = 'draft', published_at = NULL"
    ),
    "raw delete": lambda: raw("DELETE FROM library_revision"),
    "raw update of a position": lambda: raw("UPDATE library_position SET product = 'x'"),
    "raw rewriting of the record": lambda: raw("UPDATE library_change SET reason = 'x'"),
    "raw deleting of the record": lambda: raw("DELETE FROM library_change"),
}


def public():
    return shelf.document("claims/t/hope").live


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_published_version_cannot_be_changed(published, change):
    with pytest.raises(Error), transaction.atomic():
        change()

    after = Revision.objects.get(pk=published.pk)
    assert (after.fields, after.state) == (published.fields, State.PUBLISHED)
    assert after.positions.get().product == "any"
    assert Change.objects.count() == 2


ENDING = {"state", "ended_at", "ended_by", "ended_because"}
COLUMNS = [field.name for field in Revision._meta.concrete_fields if field.name not in ENDING]


def another(name):
    """Give a value that the public revision does not have in this column."""
    field = Revision._meta.get_field(name)
    value = getattr(public(), field.attname)
    if isinstance(field, DateField):
        return "2001-02-03"
    if isinstance(field, BooleanField):
        return not value
    if isinstance(field, JSONField):
        return '{"title": "Another"}'
    return "x" if isinstance(field, CharField | TextField) else (value or 0) + 1


def refused_update(**columns):
    names = ", ".join(f'"{name}" = %s' for name in columns)
    statement = f"UPDATE library_revision SET {names} WHERE id = {public_pk()}"  # noqa: S608
    cursor = connection.cursor()
    with pytest.raises(Error, match="never changes"), transaction.atomic():
        cursor.execute(statement, [*columns.values()])


def public_pk():
    return shelf.document("claims/t/hope").revisions.get(number=1).pk


@pytest.mark.parametrize("name", COLUMNS)
def test_the_database_guards_each_column_of_a_public_revision(published, name):
    # State and end may change, so they do here: this column alone makes it wrong.
    refused_update(
        **{Revision._meta.get_field(name).column: another(name)},
        state=State.WITHDRAWN,
        ended_at="2026-03-04 09:00:00+00:00",
    )


def test_the_columns_of_an_end_may_be_set_by_the_database(published):
    columns = "state = 'withdrawn', ended_at = '2026-03-04 09:00:00+00:00', ended_because = 'x'"

    raw(f"UPDATE library_revision SET {columns} WHERE id = {published.pk}")  # noqa: S608

    published.refresh_from_db()
    assert published.state == State.WITHDRAWN


def test_what_was_withdrawn_stays_so_for_its_reason(published):
    publishing.withdraw(document=published.document, actor=None, reason="Wrong.", now=shelf.NOON)

    refused_update(state=State.PUBLISHED, ended_at=None)
    refused_update(state=State.SUPERSEDED)
    refused_update(ended_because="Praise.")

    version = published.document.revisions.get()
    assert (version.state, version.ended_because) == (State.WITHDRAWN, "Wrong.")


def test_a_draft_can_be_changed_and_deleted(published):
    draft = shelf.claim_draft(statement="The treatment could help.")

    draft.fields["statement"] = "The treatment might help."
    draft.save()
    Revision.objects.open().update(note="Since.")

    assert Revision.objects.get(pk=draft.pk).note == "Since."
    assert Revision.objects.open().delete()[0] == 2


@pytest.mark.parametrize("subject", ["claims/t/hope", "sources/clinic-a", "treatments/t"])
def test_history_cannot_be_lost_with_its_document(published, subject):
    with pytest.raises(ProtectedError):
        shelf.document(subject).delete()


def update(row, **columns):
    type(row).objects.filter(pk=row.pk).update(**columns)


def save_as_public(draft):
    draft.state = State.PUBLISHED
    draft.save()


def published_by_one_alone(_draft):
    User.objects.create_user("somebody", pk=1)
    columns = {"state": State.PUBLISHED, "published_at": NOON, "published_by_id": 1}
    update(shelf.claim_draft("another"), **columns)


REFUSED = {
    "a draft saved as public": save_as_public,
    "a draft updated to public": lambda draft: update(draft, state=State.PUBLISHED),
    "a second draft": lambda _: shelf.claim_draft(),
    "a second public revision": lambda it: update(it, state=State.PUBLISHED, published_at=NOON),
    "what staff publish and nobody approved": published_by_one_alone,
    "a public claim without a label": lambda it: update(it.document, level=""),
    "unsupported without a reason": lambda it: update(it.document, level="unsupported"),
    "a reason that it does not need": lambda it: update(it.document, reason="not-studied"),
    "a label nobody knows": lambda _: shelf.claim_draft("another", label="nearly-proven"),
    "an approval by nobody": lambda _: shelf.claim_draft("another", approved_at=NOON),
    "half a review": lambda _: shelf.claim_draft("another", reviewed_by="Somebody"),
    "a time before an approval": lambda _: shelf.claim_draft("another", publish_at=NOON),
    "a draft with a time of publishing": lambda _: shelf.claim_draft("another", published_at=NOON),
    "a draft with a time of its end": lambda _: shelf.claim_draft("another", ended_at=NOON),
    "a second site version": lambda _: SiteVersion.objects.create(pk=2),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(change, published):
    draft = shelf.claim_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        change(draft)


def public_article():
    version = Revision.objects.of(ARTICLE).get()
    version.pk, version.number = None, 2
    return version


def move_a_position():
    public = Revision.objects.of(CLAIM).published().get()
    Position.objects.filter(revision__state=State.DRAFT).update(revision=public, order=7)


ROADS = {
    "moving a draft's position to a public version": move_a_position,
    "making a public revision at once": lambda: Revision.objects.bulk_create([public_article()]),
    "changing a document's key": lambda: Document.objects.filter(kind=CLAIM).update(key="t/other"),
    "changing a document's kind": lambda: Document.objects.filter(key="t/hope").update(kind="term"),
    "lowering the site's version": lambda: SiteVersion.objects.update(number=0),
    "deleting the site's version": lambda: SiteVersion.objects.all().delete(),
}


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
def test_the_database_closes_every_road_around_history(published, road):
    shelf.publish(shelf.article_draft())
    shelf.claim_draft(statement="The treatment might help some hair.")

    with pytest.raises(Error, match="never changes"), transaction.atomic():
        road()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite knows INSERT OR REPLACE.")
@pytest.mark.parametrize("table", ["revision", "change"])
def test_a_public_row_cannot_be_replaced(published, table):
    name = f"library_{table}"

    with pytest.raises(Error, match="never changes"), transaction.atomic():
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
