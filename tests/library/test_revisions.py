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

from explainer.library import publishing
from explainer.library.models import Change, Document, Position, Revision, SiteVersion, State
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    shelf.treatment()
    version = shelf.claim_draft()
    shelf.publish(version)
    return version


def raw(statement):
    def run():
        with connection.cursor() as cursor:
            return cursor.execute(statement)

    return run


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
    "raw update": raw("UPDATE library_revision SET fields = '{}'"),
    "raw step back": raw("UPDATE library_revision SET state = 'draft', published_at = NULL"),
    "raw delete": raw("DELETE FROM library_revision"),
    "raw update of a position": raw("UPDATE library_position SET product = 'x'"),
    "raw rewriting of the record": raw("UPDATE library_change SET reason = 'x'"),
    "raw deleting of the record": raw("DELETE FROM library_change"),
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

    raw(f"UPDATE library_revision SET {columns} WHERE id = {published.pk}")()  # noqa: S608

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


def test_a_draft_is_not_made_public_by_hand(published):
    draft = shelf.claim_draft()
    draft.state = State.PUBLISHED

    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=draft.pk).update(state=State.PUBLISHED)


@pytest.mark.parametrize("subject", ["claims/t/hope", "sources/clinic-a", "treatments/t"])
def test_history_cannot_be_lost_with_its_document(published, subject):
    with pytest.raises(ProtectedError):
        shelf.document(subject).delete()


def test_only_one_version_is_open(published):
    shelf.claim_draft()

    with pytest.raises(IntegrityError, match=r"revision_one_open|UNIQUE"), transaction.atomic():
        shelf.claim_draft()


def test_the_database_allows_one_published_version(published):
    draft = shelf.claim_draft()
    columns = f"state = 'published', published_at = '{shelf.NOON.isoformat()}'"

    with pytest.raises(IntegrityError), transaction.atomic():
        raw(f"UPDATE library_revision SET {columns} WHERE id = {draft.pk}")()  # noqa: S608


@pytest.mark.parametrize(
    "wrong", [{"level": ""}, {"level": "unsupported"}, {"reason": "not-studied"}], ids=str
)
def test_a_public_claim_has_a_label_and_a_reason_where_it_needs_one(published, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=published.document_id).update(**wrong)


def test_what_staff_publish_was_approved():
    shelf.treatment()
    User.objects.create_user("somebody", pk=1)
    draft = shelf.claim_draft()
    columns = {"state": State.PUBLISHED, "published_at": shelf.NOON, "published_by_id": 1}

    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=draft.pk).update(**columns)


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": "nearly-proven"},
        {"approved_at": shelf.NOON},
        {"reviewed_by": "Somebody"},
        {"publish_at": shelf.NOON},
        {"published_at": shelf.NOON},
        {"ended_at": shelf.NOON},
    ],
    ids=str,
)
def test_rows_that_contradict_themselves_are_refused(wrong):
    shelf.treatment()

    with pytest.raises(IntegrityError), transaction.atomic():
        shelf.claim_draft(**wrong)


def test_there_is_one_site_version():
    assert SiteVersion.objects.current().number == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteVersion.objects.create(pk=2)
