"""A load is all or nothing, a second time nothing, and never overwrites what staff did."""

import pytest

from explainer.evidence import labels
from explainer.evidence.levels import Ground
from explainer.files.sync import REASON, CannotLoad
from explainer.kinds import CLAIM as CLAIMS
from explainer.library.models import Change, Mention, Revision, SiteVersion, State
from explainer.library.publishing import publish, withdraw
from tests.files.folders import NOTES, SMALL, TERM, TREATMENT, fill, said
from tests.files.loads import (
    ARTICLE,
    AT,
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
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return fill(tmp_path, SMALL)


def test_everything_in_the_files_becomes_public(folder):
    loaded = bring(folder)

    assert (sorted(loaded.written), loaded.unchanged, loaded.conflicts) == (sorted(SMALL), [], [])
    public = Revision.objects.published().select_related("document")
    assert sorted(revision.document.get_absolute_url() for revision in public) == [
        "/claims/red-light/all-hair-back/",
        "/claims/red-light/eye-harm/",
        "/claims/red-light/slows-loss/",
        "/glossary/#term-lamp-head",
        "/notes/",
        "/red-light/",
        "/red-light/safety/",
        "/sources/lamp-shop/",
        "/sources/lamp-trial/",
    ]
    assert {(r.published_because, r.published_at) for r in public} == {(REASON, AT)}


def test_documents_say_what_the_files_say(folder):
    bring(folder)

    claim = public_claim()
    document = claim.document
    assert (document.level, document.bearing, document.product) == ("plausible", "warning", "any")
    assert [p.source.key for p in claim.positions.all()] == ["lamp-trial"]
    assert claim.fields["positions"][0]["says"] == "Two people had sore eyes for a day."
    treatment = shelf.document("treatments/red-light").live
    assert dict(treatment.fields["products"])["cap"] == "A cap with lights inside"
    assert shelf.document("glossary/lamp-head").live.fields["also"] == ["light head"]
    assert public_source().fields["year"] == 2020
    assert Mention.objects.filter(revision=treatment, document__kind=CLAIMS).count() == 2


def test_a_second_load_writes_nothing(folder):
    bring(folder)
    before, version = rows(), SiteVersion.objects.current().number

    loaded = bring(folder, now=LATER)

    assert (loaded.written, len(loaded.unchanged), loaded.conflicts) == ([], len(SMALL), [])
    assert (rows(), SiteVersion.objects.current().number) == (before, version)


def test_a_changed_file_replaces_the_public_words(folder):
    bring(folder)

    loaded = bring(folder, {CLAIM: NEW_HARM, SOURCE: NEW_TRIAL, ARTICLE: NEW_SAFETY}, LATER)

    assert sorted(loaded.written) == [ARTICLE, CLAIM, SOURCE]
    assert "harm the eyes" in public_claim().fields["statement"]
    assert "black glasses" in public_article().fields["body"]
    assert "41 people" in public_source().fields["appraisal"]
    before = public_claim().document.revisions.get(number=1)
    assert (before.state, before.ended_at) == (State.SUPERSEDED, LATER)


def test_nothing_is_written_if_anything_is_wrong(folder):
    with pytest.raises(CannotLoad) as refused:
        bring(folder, {"glossary/lamp-head.md": TERM.replace("term:", "trem:")})

    assert said(refused.value.found)[0].startswith("glossary/lamp-head.md:")
    assert all(not found for found in rows().values())


def test_a_load_that_fails_half_way_leaves_nothing(folder, monkeypatch):
    def fails(**_how):
        raise RuntimeError

    monkeypatch.setattr("explainer.files.sync.publish", fails)
    with pytest.raises(RuntimeError):
        bring(folder)

    assert all(not found for found in rows().values())
    assert SiteVersion.objects.current().number == 0


def test_a_file_that_is_gone_is_reported_and_its_words_stay(folder):
    bring(folder)
    (folder / "pages/notes.md").unlink()
    (folder / "glossary/lamp-head.md").unlink()

    loaded = bring(folder, now=LATER)

    said_so = "The file is gone, but what it said is public. Put it back"
    assert said(loaded.conflicts) == [
        f"glossary/lamp-head.md:1: {said_so}.",
        f"pages/notes.md:1: {said_so}, or withdraw 'notes' in the admin.",
    ]
    assert shelf.document("articles/notes").live


def test_a_page_does_not_become_a_treatment_under_its_readers(folder):
    bring(folder)
    before = rows()
    (folder / "pages/notes.md").unlink()

    with pytest.raises(CannotLoad) as refused:
        bring(folder, {"treatments/notes.md": TREATMENT}, LATER)

    assert said(refused.value.found) == [
        "treatments/notes.md:1: 'notes' is of the kind article in the library and cannot become "
        "treatment. Use another key."
    ]
    assert rows() == before


def test_a_treatment_does_not_become_a_page(folder):
    bring(folder, {"treatments/blue.md": TREATMENT.replace("Red light", "Blue light")})
    (folder / "treatments/blue.md").unlink()

    with pytest.raises(CannotLoad, match="'blue' is of the kind treatment in the library"):
        bring(folder, {"pages/blue.md": NOTES}, LATER)


def test_the_command_says_what_it_loaded(folder):
    assert run(str(folder)) == ("9 files loaded, 0 were there already.\n", "", "")
    assert run(str(folder)) == ("0 files loaded, 9 were there already.\n", "", "")


def test_the_command_names_errors_by_file_and_line_and_fails(folder):
    fill(folder, {CLAIM: "x\n"})

    _, err, error = run(str(folder))

    assert f"{folder.name}/{CLAIM}:1: The first line is 'x'." in err
    assert error.endswith("Nothing was written. Put them right and load again.")


def test_all_that_changed_in_one_load_is_one_public_change(folder):
    bring(folder)
    before = Change.objects.count()

    bring(folder, {SOURCE: NEW_TRIAL, CLAIM: NEW_HARM})

    assert Change.objects.count() == before + 1


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


def test_a_rule_that_gives_an_unchanged_file_another_label_is_loaded_anew(folder, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(labels, "_plausible", lambda own: Ground.GUIDANCE)
        bring(folder)
    claim = Revision.objects.published().filter(document__key="red-light/slows-loss")
    before = claim.get().ground

    loaded = bring(folder, now=LATER)

    assert (before, claim.get().ground) == ("guidance", "early-trials")
    assert "claims/red-light/slows-loss.md" in loaded.written
    assert bring(folder, now=LATER).written == []
