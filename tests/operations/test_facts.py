"""What a backup says its database holds and shows, and whom a restore refuses."""

from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from explainer.images import storage
from explainer.library import publishing
from explainer.library.models import Claim
from explainer.operations import drivers, facts, manifest, restore
from explainer.operations.exceptions import BadBackup, CannotRestore
from tests.images import pictures
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def published():
    shelf.treatment()
    shelf.publish(shelf.claim_draft(), shelf.article_draft())


def backup_of(vendor, **changes):
    found = manifest.Facts(**{**empty(), **changes})
    return manifest.Manifest(shelf.NOON, vendor, "a tool", found, ())


def empty():
    return {"edition": 0, "migrations": (), "tables": {}, "triggers": (), "pages": {}}


def test_every_public_address_has_a_digest(published) -> None:
    shelf.claim_draft("secret")

    pages = facts.pages()

    assert list(pages) == ["/claims/t/hope/", "/sources/clinic-a/", "/t/", "/t/safety/"]
    assert all(len(digest) == 64 for digest in pages.values())
    assert facts.pages() == pages


def test_a_digest_changes_with_the_words_and_with_the_label(published) -> None:
    before = facts.pages()

    shelf.publish(shelf.claim_draft(why="For another reason."))
    reworded = facts.pages()
    shelf.publish(shelf.claim_draft(level="unsupported", reason="not-studied"))
    relabelled = facts.pages()

    for path in ("/claims/t/hope/", "/t/safety/"):
        assert len({before[path], reworded[path], relabelled[path]}) == 3, path
    assert before["/sources/clinic-a/"] == relabelled["/sources/clinic-a/"]


def test_a_withdrawn_claim_still_has_its_page(published) -> None:
    before = facts.pages()["/claims/t/hope/"]

    publishing.withdraw(what=Claim.objects.get(), by=None, reason="Wrong.", at=shelf.NOON)

    assert facts.pages()["/claims/t/hope/"] != before


def test_sessions_and_counters_count_as_nothing(published) -> None:
    Session.objects.create(session_key="k", session_data="d", expire_date=shelf.NOON)
    cache.set("login", 3)

    tables = facts.tables()

    assert facts.left_behind() == ("django_session", "shared_cache")
    assert (tables["django_session"], tables["shared_cache"]) == (0, 0)
    assert (tables["library_claim"], tables["library_position"]) == (1, 1)


def test_the_facts_are_whole_and_survive_their_file(published) -> None:
    found = facts.facts()

    told = manifest.read(replace(backup_of("sqlite"), facts=found).to_json())

    assert told.facts == found
    assert {"library_claimversion_fixed", "library_save_kept"} <= set(found.triggers)
    assert "library.0001_rows" in found.migrations
    assert set(found.migrations) <= facts.known_migrations()


def test_other_rows_or_triggers_are_refused() -> None:
    told = facts.facts()
    rows = dict(told.tables)

    facts.refuse_unlike(told, rows, tuple(reversed(told.triggers)))
    with pytest.raises(BadBackup, match="library_save should have 0 rows and has 2 rows"):
        facts.refuse_unlike(told, {**rows, "library_save": 2}, told.triggers)
    with pytest.raises(BadBackup, match="extra should have no place here and has 0 rows"):
        facts.refuse_unlike(told, {**rows, "extra": 0}, told.triggers)
    with pytest.raises(BadBackup, match=rf"Triggers .* differ: {told.triggers[0]}\."):
        facts.refuse_unlike(told, rows, told.triggers[1:])


def test_a_site_as_migrations_leave_it_counts_as_empty() -> None:
    assert restore.refuse_content() is None


def test_a_site_with_a_claim_is_refused(published) -> None:
    with pytest.raises(CannotRestore, match="not empty: it has claims"):
        restore.refuse_content()


def test_a_site_with_a_person_or_an_image_is_refused() -> None:
    image = pictures.sent(pictures.person())

    with pytest.raises(CannotRestore, match="it has users and images and files in"):
        restore.refuse_content()
    storage.remove(image.file_name)
    with pytest.raises(CannotRestore, match=r"it has users and images\. Restore onto an empty"):
        restore.refuse_content()


def test_a_folder_with_image_files_alone_is_refused() -> None:
    storage.store(f"{'0' * 32}.png", b"x")

    with pytest.raises(CannotRestore, match="it has files in"):
        restore.refuse_content()


def test_tables_of_something_else_are_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE a_shop (id integer)")

    with pytest.raises(CannotRestore, match="something else, such as a_shop"):
        restore.refuse_strangers(backup_of(connection.vendor))
    assert restore.refuse_strangers(backup_of(connection.vendor, tables={"a_shop": 0})) is None


def test_a_backup_of_a_newer_program_is_refused_and_an_older_one_is_not() -> None:
    newer = backup_of("sqlite", migrations=("library.0001_rows", "library.9999_future"))

    with pytest.raises(BadBackup, match=r"migrations library\.9999_future\. Bring this one up"):
        restore.refuse_newer(newer)
    older = backup_of("sqlite", migrations=("library.0001_rows",))
    assert restore.refuse_newer(older) is None


def test_a_backup_of_the_other_kind_of_database_is_refused() -> None:
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]

    with pytest.raises(BadBackup, match=r"SQLite.*PostgreSQL|PostgreSQL.*SQLite") as refused:
        drivers.refuse_other(backup_of(other))

    assert "dump_content" in str(refused.value)
    assert "load_content" in str(refused.value)
    assert drivers.refuse_other(backup_of(connection.vendor)) is None
