"""Loading content files: all or nothing, and a second time nothing."""

import pytest

from explainer.files.sync import REASON, CannotLoad
from explainer.library.models import (
    Action,
    Appearance,
    ArticleVersion,
    Change,
    ClaimVersion,
    Edition,
    GlossaryTerm,
    Source,
    State,
    Treatment,
)
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
    rows,
    run,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return fill(tmp_path, SMALL)


def test_everything_in_the_files_becomes_public(folder):
    loaded = bring(folder)

    assert (sorted(loaded.written), loaded.unchanged, loaded.conflicts) == (sorted(SMALL), 0, ())
    assert ClaimVersion.objects.published().count() == 3
    assert {v.article.key for v in ArticleVersion.objects.published()} == {
        "red-light", "red-light/safety", "notes",
    }  # fmt: skip
    assert set(ClaimVersion.objects.values_list("published_because", "published_at")) == {
        (REASON, AT)
    }


def test_rows_hold_what_the_files_say(folder):
    bring(folder)

    claim = public_claim()
    assert (claim.level, claim.bearing, claim.product) == ("plausible", "warning", "any")
    assert [(p.source.key, p.says) for p in claim.positions.all()] == [
        ("lamp-trial", "Two people had sore eyes for a day.")
    ]
    assert Treatment.objects.get().product_names["cap"] == "A cap with lights inside"
    assert GlossaryTerm.objects.get().also == ["light head"]
    assert Source.objects.get(key="lamp-trial").year == 2020
    assert Appearance.objects.filter(article__key="red-light").count() == 2


def test_a_second_load_writes_nothing(folder):
    bring(folder)
    before, edition = rows(), Edition.objects.current().number

    loaded = bring(folder, at=LATER)

    assert (loaded.written, loaded.unchanged, loaded.conflicts) == ((), len(SMALL), ())
    assert (rows(), Edition.objects.current().number) == (before, edition)


def test_a_changed_file_replaces_the_public_words(folder):
    bring(folder)

    loaded = bring(folder, {CLAIM: NEW_HARM, SOURCE: NEW_TRIAL, ARTICLE: NEW_SAFETY}, LATER)

    assert sorted(loaded.written) == [ARTICLE, CLAIM, SOURCE]
    assert "harm the eyes" in public_claim().statement
    assert "black glasses" in public_article().body
    assert "41 people" in Source.objects.get(key="lamp-trial").appraisal
    before = ClaimVersion.objects.get(claim__key="red-light/eye-harm", number=1)
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
    assert Edition.objects.current().number == 0


def test_a_file_that_is_gone_is_reported_and_its_words_stay(folder):
    bring(folder)
    (folder / "pages/notes.md").unlink()
    (folder / "glossary/lamp-head.md").unlink()

    loaded = bring(folder, at=LATER)

    said_so = "The file is gone, but what it said is public. Put it back"
    assert said(loaded.conflicts) == [
        f"glossary/lamp-head.md:1: {said_so}.",
        f"pages/notes.md:1: {said_so}, or withdraw 'notes' in the admin.",
    ]
    assert ArticleVersion.objects.published().filter(article__key="notes").exists()


def test_a_page_does_not_become_a_treatment_under_its_readers(folder):
    bring(folder)
    before = rows()
    (folder / "pages/notes.md").unlink()

    with pytest.raises(CannotLoad) as refused:
        bring(folder, {"treatments/notes.md": TREATMENT}, LATER)

    assert said(refused.value.found) == [
        "treatments/notes.md:1: 'notes' is a page in the library and cannot become a treatment. "
        "Use another key."
    ]
    assert rows() == before


def test_a_treatment_does_not_become_a_page(folder):
    bring(folder, {"treatments/blue.md": TREATMENT.replace("Red light", "Blue light")})
    (folder / "treatments/blue.md").unlink()

    with pytest.raises(CannotLoad, match="'blue' is a treatment in the library and cannot become"):
        bring(folder, {"pages/blue.md": NOTES}, LATER)


def test_a_new_name_of_a_treatment_reaches_its_row_and_its_overview(folder):
    bring(folder)

    bring(folder, {"treatments/red-light.md": TREATMENT.replace("Red light", "Red lamp")}, LATER)

    assert Treatment.objects.get().name == "Red lamp"
    overview = ArticleVersion.objects.published().get(article__key="red-light")
    assert (overview.title, overview.number) == ("Red lamp", 2)


def test_the_command_says_what_it_loaded(folder):
    assert run(str(folder)) == ("9 files loaded, 0 were there already.\n", "", "")
    assert run(str(folder)) == ("0 files loaded, 9 were there already.\n", "", "")


def test_the_command_names_errors_by_file_and_line_and_fails(folder):
    fill(folder, {CLAIM: "x\n"})

    _, err, error = run(str(folder))

    assert f"{folder.name}/{CLAIM}:1: The first line is 'x'." in err
    assert error.endswith("Nothing was written. Put them right and load again.")


def test_changed_rows_alone_are_one_public_change(folder):
    bring(folder)
    before = Change.objects.count()

    bring(folder, {SOURCE: f"{SMALL[SOURCE].rstrip()} We read it twice.\n"})

    assert Change.objects.count() == before + 1
    assert Change.objects.first().action == Action.REVISE
