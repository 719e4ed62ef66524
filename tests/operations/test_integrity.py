"""What is public and not sound is told, whatever it is; and what is sound is left in peace."""

from datetime import date

import pytest

from explainer.images import storage
from explainer.library import audit, publishing
from explainer.library.models import AuditEntry, Document, Revision
from explainer.operations import integrity
from tests.files import loads
from tests.images import pictures
from tests.library import people, shelf
from tests.operations import faults
from tests.operations.faults import SAFETY, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path
    faults.sound(tmp_path)


def mend_lists() -> None:
    """Make the lists anew that follow from a text, so that its own fault alone is left."""
    publishing.rebuild(reason="A test", now=loads.LATER)


HARM = "claims/red-light/eye-harm"


def harm():
    return Revision.objects.filter(pk=shelf.document(HARM).live_id)


def test_a_sound_library_has_no_fault_and_everything_was_looked_at() -> None:
    faults.rewrite(SAFETY, "Read [the notes](/notes/#what-is-this) or [all](/claims/).")

    found = integrity.survey(now=loads.LATER)

    assert found.faults == ()
    assert found.counted == {
        "triggers": 20,
        "audit entries": 0,
        "revisions": 9,
        "revisions in review": 0,
        "images": 0,
        "pages": 16,
        "links": 2,
    }


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ("[It works.](claim:red-light/nothing)", "claim with the key"),
        (f"![Hair roots](figure:{'0' * 32})", "figure with the key '000"),
    ],
)
def test_a_key_of_no_claim_and_of_no_image_is_told_with_its_line(more, missing) -> None:
    faults.rewrite(SAFETY, more)

    (line,) = told()

    assert line.startswith(f"{SAFETY}: body, line 9: There is no {missing}")


def test_a_dead_key_in_the_words_of_a_claim_a_source_or_a_term_is_told() -> None:
    faults.revise(HARM, why="See [it](claim:red-light/nothing).")
    faults.revise("sources/lamp-trial", appraisal="See [it](source:nothing).")
    faults.revise("glossary/lamp-head", definition="See [it](source:nothing).")
    mend_lists()

    lines = [line.partition(" Did you")[0].partition(" Add it")[0] for line in told()]

    assert lines == [
        "claims/red-light/eye-harm: why, line 1: There is no claim with the key "
        "'red-light/nothing'.",
        "glossary/lamp-head: definition, line 1: There is no source with the key 'nothing'.",
        "sources/lamp-trial: appraisal, line 1: There is no source with the key 'nothing'.",
    ]


def test_a_claim_that_was_withdrawn_but_is_still_shown_is_a_warning() -> None:
    document = shelf.document(HARM)
    publishing.withdraw(document=document, actor=None, reason="It was wrong.", now=loads.LATER)

    lines = told()

    said = "It shows 'red-light/eye-harm', which was withdrawn: readers see it struck through."
    cure = "Take it out of the text."
    places = ("summary", "body")
    assert lines == [f"{SAFETY}: warning: {place}: {said} {cure}" for place in places]


def test_an_image_whose_file_is_missing_or_altered_is_told() -> None:
    missing = faults.show_an_image()
    altered = pictures.sent(missing.by)
    faults.rewrite("articles/notes", f"![Hair roots](figure:{altered.key})")
    mend_lists()
    storage.remove(missing.file_name)
    storage.place(altered.file_name).write_bytes(b"another")

    lines = told()

    assert [line.partition(" (roots.png)")[0] for line in lines] == [
        f"articles/notes: body: The file of the image '{altered.key}'",
        f"{SAFETY}: body, line 9: The file of the image '{missing.key}'",
    ]
    assert "its bytes differ. Restore it from a backup." in lines[0]
    assert "is missing on the server." in lines[1]


def test_a_label_that_its_positions_do_not_give_is_told() -> None:
    faults.change(harm(), level="under-investigation")
    mend_lists()

    (line,) = told()

    assert line.startswith("claims/red-light/eye-harm: level: The label is stored as 'Risk und")
    assert "its positions give 'Plausible risk, seen in people.'" in line


def test_a_page_that_cannot_be_shown_is_named_without_a_traceback() -> None:
    faults.revise(HARM, topic="nonsense")

    lines = told()

    assert any(
        line.startswith(
            "/claims/red-light/eye-harm/: The page cannot be shown (ValueError: 'nonsense'"
        )
        for line in lines
    )
    assert not any("/notes/:" in line or "Traceback" in line for line in lines)


def test_a_public_text_that_readers_do_not_find_is_told() -> None:
    faults.change(Document.objects.filter(key="notes"), key="notes/of/lamps")

    assert "/notes/of/lamps/: What it should show is public, but readers find no page there." in (
        told()
    )


def test_pages_are_not_blamed_for_style_sheets_that_were_never_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    hashed = {"BACKEND": "explainer.web.staticfiles.BundledStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}

    assert told() == [
        "static files: They are not collected, so no page can be shown. "
        "Start the site by 'serve' once."
    ]


def test_a_changed_audit_entry_is_told() -> None:
    audit.record(actor=None, action="log-in", now=loads.AT, actor_name="ana")
    faults.change(AuditEntry.objects.all(), actor_name="ben")

    (line,) = told()

    assert line.startswith("audit log: Entry 1 (log-in ) was changed.")


def test_a_missing_trigger_and_one_that_lets_things_through_are_told() -> None:
    faults.weaken_two_triggers()

    lines = told()

    assert lines == [
        "database: The trigger 'library_revision_fixed' does not refuse all that it should. "
        "Restore the database from a backup.",
        "database: The trigger 'library_change_kept' is missing or switched off, so what was "
        "public or audited can be changed unseen. Restore the database from a backup.",
    ]


def test_an_overdue_review_is_a_warning_with_its_date() -> None:
    faults.change(harm(), review_due=date(2026, 2, 2))
    mend_lists()

    assert told() == [
        "claims/red-light/eye-harm: warning: Its review was due on 2026-02-02. "
        "Review it and publish it again."
    ]
    assert told(loads.AT) == []


def test_what_waits_for_release_and_is_not_fit_any_more_is_a_warning_and_a_draft_is_not() -> None:
    ana = people.staff("ana", "author")
    shown = shelf.document(SAFETY)
    revision = people.submitted(shown, ana, body="[](claim:red-light/eye-harm)")
    people.drafted(shelf.document("articles/notes"), ana, body="Nonsense.")
    rows = Revision.objects.filter(pk=revision.pk)
    faults.change(rows, fields={**revision.fields, "body": "[](claim:red-light/nothing)"})

    lines = told()

    assert [line.partition(". ")[0] for line in lines] == [
        f"{SAFETY}: warning: body, line 1: There is no claim with the key 'red-light/nothing'"
    ]


def test_what_was_published_meanwhile_is_told() -> None:
    draft = loads.staff_draft(shelf.document("sources/lamp-shop").live)

    def publishing_meanwhile(items):
        if draft.document.live.number == 1:
            shelf.publish(draft)
            draft.document.refresh_from_db()
        return iter(items)

    found = integrity.survey(now=loads.LATER, progress=publishing_meanwhile)

    assert [str(fault) for fault in found.faults] == [
        "library: warning: Something was published during the check. "
        "What it says may be out of date."
    ]


def test_what_is_derived_and_out_of_date_is_told_in_one_line() -> None:
    Document.objects.filter(key="red-light/eye-harm").update(title="x")

    assert told() == [
        "library: What is derived from 1 documents is out of date (claims/red-light/eye-harm). "
        "Run 'manage.py check_library --repair'."
    ]
