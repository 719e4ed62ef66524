"""A rehearsal tells what publishing would do, and leaves nothing behind."""

import pytest
from explainer.library.scenes import scenes_of

from explainer.library import beginning, releasing
from explainer.library.impact import needed_by, rehearse
from explainer.library.models import (
    Appearance,
    ArticleVersion,
    AuditEntry,
    Change,
    ClaimVersion,
    Edition,
    GlossaryTerm,
    ReferenceVersion,
    Save,
    Source,
)
from tests.library import people, shelf
from tests.library.people import AT

pytestmark = pytest.mark.django_db

TABLES = (
    Appearance, ArticleVersion, AuditEntry, Change, ClaimVersion, Edition, GlossaryTerm,
    ReferenceVersion, Save, Source,
)  # fmt: skip


@pytest.fixture
def ana():
    return people.staff("ana", *people.ALL)


@pytest.fixture
def claim():
    claim = people.public_claim()
    shelf.publish(shelf.article_draft())
    return claim


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def by_address(rehearsal):
    return {page.address: page for page in rehearsal.pages}


def text(page, kind):
    return "".join(piece.text for piece in page.pieces if piece.kind == kind)


def test_a_rehearsal_leaves_nothing_behind(claim, ana):
    version = people.drafted(claim, ana, why="For another reason.")
    before = everything()

    rehearse([version], ana, AT)

    assert everything() == before
    version.refresh_from_db()
    assert (version.state, version.alone) == ("draft", False)


def test_a_changed_label_is_counted_on_every_page_that_shows_it(claim, ana):
    version = people.drafted(
        claim, ana, level="unsupported", level_reason="A review.", reason="not-studied"
    )

    found = by_address(rehearse([version], ana, AT))

    assert set(found) == {"/t/safety/", "/claims/t/hope/"}
    for page in found.values():
        assert (page.gained, page.lost) == ({"Unsupported": 1}, {"Plausible": 1})
    assert found["/t/safety/"].title == "A title"


def test_changed_words_are_told_word_by_word(claim, ana):
    version = people.drafted(claim, ana, statement="The treatment may help some skin.")

    page = by_address(rehearse([version], ana, AT))["/t/safety/"]

    assert ("skin" in text(page, "new"), "hair" in text(page, "gone")) == (True, True)
    assert (page.gained, page.lost) == ({}, {})


def test_what_would_change_no_page_says_so(claim, ana):
    version = people.drafted(claim, ana)

    rehearsal = rehearse([version], ana, AT)

    assert (rehearsal.pages, rehearsal.balance, rehearsal.publishable) == ((), None, True)


def test_the_subject_is_shown_before_and_after_with_its_fields(claim, ana):
    article = shelf.Article.objects.get()
    version = people.drafted(article, ana, body="[](claim:t/hope)\n\n## Next\n")

    shown = rehearse([version], ana, AT).shown[0]

    assert "may help some hair" in shown.before.texts[0]
    assert "Next" not in shown.before.texts[1]
    assert 'id="after-next"' in shown.after.texts[1]
    assert [diff.name for diff in shown.fields] == ["body"]


def test_an_article_brings_along_the_claims_readers_do_not_know(claim, ana):
    coming = shelf.claim_draft("calm", statement="It may soothe some skin.", note="New.")
    shelf.claim_draft("other", statement="It may do other things.", note="New.")
    article = shelf.Article.objects.get()
    version = people.drafted(article, ana, body="[](claim:t/hope) [](claim:t/calm)")

    rehearsal = rehearse([version], ana, AT)

    assert rehearsal.needs == (coming,)
    assert rehearsal.publishable
    assert by_address(rehearsal)["/t/safety/"].gained == {"Plausible": 1}
    assert by_address(rehearsal)["/claims/t/calm/"].is_new
    assert needed_by([coming, version]) == ()


def test_a_draft_of_a_withdrawn_claim_need_not_come_along(claim, ana):
    releasing.withdraw(what=claim, base=1, by=ana, reason="It was wrong.", at=AT)
    people.drafted(claim, ana)
    article = people.drafted(shelf.Article.objects.get(), ana)

    assert needed_by([article]) == ()


def test_a_page_that_would_break_is_refused_with_its_problems(claim, ana):
    article = shelf.Article.objects.get()
    version = people.drafted(article, ana, body="These words carry no label at all.")

    rehearsal = rehearse([version], ana, AT)

    assert not rehearsal.publishable
    assert {key for key, _ in rehearsal.refusals} == {"t/safety"}
    assert "no label" in rehearsal.shown[0].after.texts[1]


@pytest.mark.parametrize("words", [{"topic": ""}, {"positions": []}, {"kind": "", "bearing": ""}])
def test_an_incomplete_draft_is_told_as_problems(claim, ana, words):
    version = people.drafted(claim, ana, **words)

    rehearsal = rehearse([version], ana, AT)

    assert not rehearsal.publishable
    assert rehearsal.problems
    assert rehearsal.pages == ()


def test_a_new_source_and_a_new_word_of_the_glossary_are_shown(claim, ana):
    given = {"term": "Scalp", "also": [], "definition": "The skin of the head.", "note": "New."}
    version = beginning.begin_row(subject="glossary/scalp", given=given, by=ana, at=AT)
    before = everything()

    rehearsal = rehearse([version], ana, AT)

    page = by_address(rehearsal)["/glossary/#term-scalp"]
    assert (page.is_new, page.title) == (True, "Scalp")
    assert "skin of the head" in rehearsal.shown[0].after.texts[0]
    assert everything() == before


def test_a_source_called_otherwise_changes_the_pages_that_cite_it(claim, ana):
    version = people.drafted("sources/clinic-a", ana, title="Another clinic")

    found = by_address(rehearse([version], ana, AT))

    assert set(found) == {"/t/safety/", "/sources/clinic-a/"}


def test_the_comparisons_columns_are_weighed_before_and_after(claim, ana):
    cells = (
        "## Does it help?\n\n### Clinic\n\n[](claim:t/hope)\n\n### Nothing\n\n[](claim:t/hope)\n"
    )
    shelf.publish(shelf.article_draft("compare", cells))
    more = cells + "\n[](claim:t/hope)\n"
    version = people.drafted(shelf.Article.objects.get(key="compare"), ana, body=more)

    balance = rehearse([version], ana, AT).balance

    assert balance.columns == (("Clinic", 6, 6), ("Nothing", 6, 12))
    assert "Say less there" in " ".join(problem.message for problem in balance.problems)


def test_a_rehearsal_of_what_is_public_already_is_refused(claim, ana):
    version = claim.versions.published().get()

    assert rehearse([version], ana, AT).refusals


def test_scenes_hold_only_what_is_public(claim, ana):
    version = people.drafted(claim, ana, statement="Not for the public.")

    scenes = scenes_of([version])

    assert set(scenes) == {"/t/safety/", "/claims/t/hope/"}
    assert not any("Not for the public" in scene.text for scene in scenes.values())
