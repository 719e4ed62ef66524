"""A load never overwrites what staff did; it says where both changed and offers a draft."""

import pytest

from explainer.library.models import Revision, State
from explainer.library.publishing import publish, withdraw
from tests.files.folders import SMALL, fill, said
from tests.files.loads import (
    ARTICLE,
    CLAIM,
    LATER,
    NEW_HARM,
    NEW_SAFETY,
    NEW_TRIAL,
    SOURCE,
    bring,
    public_article,
    public_claim,
    public_source,
    rows,
    run,
    staff_draft,
    staff_publishes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return fill(tmp_path, SMALL)


def test_staffs_words_stay_while_the_file_does_not_change(folder):
    bring(folder)
    staff_publishes(public_claim(), why="Staff wrote this.")
    staff_publishes(public_source(), appraisal="Staff wrote this.")
    before = rows()

    loaded = bring(folder, now=LATER)

    assert (loaded.written, loaded.conflicts, rows()) == ([], [], before)


@pytest.mark.parametrize(
    ("path", "text", "public"),
    [(CLAIM, NEW_HARM, public_claim), (ARTICLE, NEW_SAFETY, public_article)],
)
def test_a_file_that_changed_where_staff_did_waits_as_a_draft(folder, path, text, public):
    bring(folder)
    words = "why" if path == CLAIM else "body"
    staff_publishes(public(), **{words: "[Staff wrote this.](background:)"})

    loaded = bring(folder, {path: text}, LATER)

    assert "theirs stays. The file's text was added as a draft." in said(loaded.conflicts)[0]
    assert public().fields[words] == "[Staff wrote this.](background:)"
    draft = Revision.objects.open().get()
    assert (draft.number, draft.state, draft.file_text) == (3, State.DRAFT, text)


def test_a_draft_is_offered_once(folder):
    bring(folder)
    staff_publishes(public_claim(), why="Staff wrote this.")
    bring(folder, {CLAIM: NEW_HARM}, LATER)
    before = rows()

    loaded = bring(folder, now=LATER)

    assert "waits as a draft" in said(loaded.conflicts)[0]
    assert rows() == before


def test_an_offered_draft_that_staff_publish_settles_the_conflict(folder):
    bring(folder)
    staff_publishes(public_claim(), why="Staff wrote this.")
    bring(folder, {CLAIM: NEW_HARM}, LATER)
    publish(revisions=[Revision.objects.open().get()], actor=None, reason="The file.", now=LATER)

    loaded = bring(folder, now=LATER)

    assert (loaded.conflicts, len(loaded.unchanged)) == ([], len(SMALL))


def test_an_open_version_of_staff_is_left_alone(folder):
    bring(folder)
    draft = staff_draft(public_article())

    loaded = bring(folder, {ARTICLE: NEW_SAFETY}, LATER)

    assert "staff are working on this text" in said(loaded.conflicts)[0]
    assert Revision.objects.open().get() == draft
    assert public_article().number == 1


def test_a_source_that_staff_changed_is_a_conflict_and_the_rest_is_loaded(folder):
    bring(folder)
    staff_publishes(public_source(), appraisal="Staff wrote this.")

    loaded = bring(folder, {SOURCE: NEW_TRIAL, CLAIM: NEW_HARM}, LATER)

    assert [line.split(":")[0] for line in said(loaded.conflicts)] == [SOURCE]
    assert loaded.written == [CLAIM]
    assert public_source().fields["appraisal"] == "Staff wrote this."
    offered = Revision.objects.open().get()
    assert (offered.subject, offered.file_text) == ("sources/lamp-trial", NEW_TRIAL)


def test_a_withdrawn_claim_never_comes_back_by_a_load(folder):
    bring(folder)
    claim = public_claim().document
    withdraw(document=claim, actor=None, reason="The trial was taken back.", now=LATER)

    same, changed = bring(folder, now=LATER), bring(folder, {CLAIM: NEW_HARM}, LATER)

    assert (same.conflicts, same.written) == ([], [])
    assert [line.split(":")[0] for line in said(changed.conflicts)] == [CLAIM]
    assert not claim.revisions.filter(state=State.PUBLISHED).exists()


def test_the_command_fails_after_loading_the_rest(folder):
    run(str(folder))
    staff_publishes(public_claim(), why="Staff wrote this.")
    fill(folder, {CLAIM: NEW_HARM, SOURCE: NEW_TRIAL})

    out, err, error = run(str(folder))

    assert out == "1 files loaded, 7 were there already.\n"
    assert f"{folder.name}/{CLAIM}:1: The file changed" in err
    assert error == "1 files are for staff to settle; the rest is loaded."
