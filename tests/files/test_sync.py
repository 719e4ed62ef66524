"""Loading content files: all or nothing, and a second time nothing."""

import pytest

from explainer.files.sync import REASON, CannotLoad
from explainer.kinds import CLAIM as CLAIMS
from explainer.library.models import Change, Mention, Revision, SiteVersion, State
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
