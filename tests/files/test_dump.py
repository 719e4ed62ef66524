"""Dumping gives back the same bytes, or the canonical form of what staff changed."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from explainer.files.check import check
from explainer.files.collection import APART, TRACE
from explainer.files.frontmatter import write
from explainer.files.sync import CannotDump, canonical, dump, load
from explainer.library.models import Document, Revision
from explainer.library.publishing import withdraw
from tests.files.folders import SMALL, fill, real_check
from tests.files.loads import public_source, staff_publishes
from tests.library import shelf

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
ODD = {
    "sources/lamp-trial.md": SMALL["sources/lamp-trial.md"].replace("title: A", "title:   A"),
    "pages/notes.md": SMALL["pages/notes.md"].replace("---\n## What", "---\n\n\n## What") + "\n\n",
}
"""Files that are right but not in the canonical form."""


@pytest.fixture
def library(tmp_path, settings):
    settings.CONTENT_DIR = tmp_path / "content"
    load(check(fill(tmp_path / "content", {**SMALL, **ODD})), now=AT)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_unedited_content_comes_back_byte_for_byte(library):
    paths = dump(library / "dump")

    dumped = {path: data for path, data in files(library / "dump").items() if "search" not in path}
    assert dumped == files(library / "content")
    assert sorted(paths) == sorted(SMALL)


def test_the_content_that_ships_comes_back_byte_for_byte_and_so_does_its_canonical_form(tmp_path):
    load(real_check(), now=AT)

    dump(tmp_path / "dump")

    shipped = files(Path(settings.CONTENT_DIR))
    dumped = {path: data for path, data in shipped.items() if path.partition("/")[0] != TRACE}
    assert files(tmp_path / "dump") == dumped
    assert check(tmp_path / "dump").errors == ()
    content = {path for path in dumped if path.partition("/")[0] not in APART}
    entries = real_check().collection.entries
    public = Revision.objects.published().select_related("document")
    assert len(public) == len(entries) == len(content) > 100
    for revision in public:
        entry = entries[revision.subject].entry
        assert canonical(revision) == write(entry.kind, entry.fields, revision.changed_on)


def test_what_staff_changed_is_written_anew_and_can_be_loaded(library):
    words = {"title": 'A "trial": with # signs', "appraisal": "Two lines.\r\n\r\nOf ours."}
    staff_publishes(public_source(), **words, authors="")
    staff_publishes(shelf.document("treatments/red-light").live, also=[])

    dump(library / "dump")

    written = files(library / "dump")
    assert written["sources/lamp-trial.md"].decode() == (
        '---\ntitle: "A \\"trial\\": with # signs"\nkind: trial\nyear: 2020\n'
        'url: "https://trials.example/lamp"\ndoi: "10.1000/lamp"\nsells_treatment: false\n'
        "seen: abstract\nchanged: 2026-02-03\n---\nTwo lines.\n\nOf ours.\n"
    )
    assert b"also" not in written["treatments/red-light.md"]
    assert check(library / "dump").errors == ()


def test_what_staff_made_without_a_file_is_written_too(library):
    shelf.publish(shelf.term_draft("cap", term="cap", definition="A thing to wear."))

    assert "glossary/cap.md" in dump(library / "dump")
    assert check(library / "dump").errors == ()


def test_a_dump_of_changed_words_loads_without_conflict(library):
    staff_publishes(public_source(), appraisal="Staff wrote this.")
    dump(library / "dump")

    loaded = load(check(library / "dump"), now=AT)

    assert (loaded.conflicts, loaded.written) == ([], [])


def test_a_withdrawn_page_is_not_dumped(library):
    notes = shelf.document("articles/notes")
    withdraw(document=notes, actor=None, reason="It is old.", now=AT)

    assert "pages/notes.md" not in dump(library / "dump")


@pytest.mark.parametrize("key", ["../../outside", "red-light/../../outside", "Red/Light"])
def test_a_key_that_leads_elsewhere_is_refused(library, key):
    # The database refuses such a change; a dump trusts no database all the same.
    where = " ON library_document" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER library_document_fixed{where}")
    Document.objects.filter(key="red-light/eye-harm").update(key=key)

    with pytest.raises(CannotDump, match="cannot be written"):
        dump(library / "dump")

    assert not (library / "dump").exists()


def test_a_folder_with_something_in_it_is_refused(library):
    with pytest.raises(CannotDump, match="not an empty folder"):
        dump(library / "content")


def test_the_command_says_what_it_wrote_and_reads_it_back(library):
    out = StringIO()

    call_command("dump_content", str(library / "dump"), stdout=out)

    assert out.getvalue() == f"9 files written to {library / 'dump'}.\n"


def test_the_command_fails_if_its_files_could_not_be_loaded(library):
    staff_publishes(shelf.document("glossary/lamp-head").live, definition="A miracle.")
    err = StringIO()

    with pytest.raises(CommandError, match="1 errors: these files are whole"):
        call_command("dump_content", str(library / "dump"), stdout=StringIO(), stderr=err)

    assert err.getvalue().startswith("dump/glossary/lamp-head.md:7: 'miracle' is refused")


def test_the_command_refuses_a_full_folder(library):
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("dump_content", str(library / "content"))
