"""What publishing would do is found out from what is stored, and nothing is written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from explainer.editor import impact
from explainer.editor.impact import impact_of
from explainer.kinds import TERM
from explainer.library import drafts, emergency
from tests.images import pictures
from tests.library import people, shelf
from tests.library.people import AT

pytestmark = pytest.mark.django_db

UNTESTED = "Unsupported, not tested."
CAUTION = {"level": "unsupported", "level_reason": "A review.", "reason": "not-studied"}


@pytest.fixture
def ana():
    return people.staff("ana", *people.ALL)


@pytest.fixture
def claim():
    claim = people.public_claim()
    shelf.publish(shelf.article_draft())
    return claim


@pytest.fixture
def article(claim):
    return shelf.document("articles/t/safety")


def by_address(found):
    return {page.address: page for page in found.pages}


def text(page, kind):
    return "".join(piece.text for piece in page.pieces if piece.kind == kind)


def test_finding_it_out_reads_alone(claim, ana):
    revision = people.drafted(claim, ana, why="[For another reason.](background:)")

    with CaptureQueriesContext(connection) as queries:
        impact_of([revision])

    assert {query["sql"].lstrip("(").split()[0] for query in queries} == {"SELECT"}


def test_a_changed_label_is_counted_on_every_page_that_shows_it(claim, ana):
    revision = people.drafted(claim, ana, **CAUTION)

    found = by_address(impact_of([revision]))

    assert set(found) == {"/t/safety/", "/claims/t/hope/"}
    for page in found.values():
        assert (page.gained, page.lost) == ({UNTESTED: 1}, {"Plausible, in theory only.": 1})
    assert found["/t/safety/"].title == "A title"


@pytest.mark.parametrize(
    ("words", "new", "gone"),
    [
        ({"statement": "The treatment may help some skin."}, "skin", "hair"),
        ({"why": "[By a new study.](background:)"}, "new study", "Because"),
        ({"positions": [shelf.position(says="Doubts it.")]}, "Doubts it", "Says so"),
        (
            {"positions": [shelf.position(finding="supports")]},
            "Looked into it: found it",
            "shows nothing",
        ),
    ],
    ids=["statement", "reason", "position", "finding"],
)
def test_changed_words_are_told_word_by_word(words, new, gone, claim, ana):
    revision = people.drafted(claim, ana, **words)

    for page in by_address(impact_of([revision])).values():
        assert (new in text(page, "new"), gone in text(page, "gone")) == (True, True)
        assert (page.gained, page.lost) == ({}, {})


def test_what_would_change_no_page_says_so(claim, ana):
    found = impact_of([people.drafted(claim, ana, why="[Because.](background:)")])

    assert (found.pages, found.balance, found.publishable) == ((), None, True)


def test_fields_are_compared_with_what_is_public(article, ana):
    revision = people.drafted(article, ana, body="[](claim:t/hope)\n\n## Next\n")

    assert [diff.name for diff in impact.field_changes(revision)] == ["body"]


def test_an_article_brings_along_the_claims_readers_do_not_know(article, ana):
    coming = shelf.claim_draft("calm", statement="It may soothe some skin.", note="New.")
    shelf.claim_draft("other", statement="It may do other things.", note="New.")
    revision = people.drafted(article, ana, body="[](claim:t/hope) [](claim:t/calm)")

    found = impact_of([revision])

    assert found.needs == (coming,)
    assert found.publishable
    assert by_address(found)["/t/safety/"].gained == {"Plausible, in theory only.": 1}
    assert by_address(found)["/claims/t/calm/"].is_new
    assert impact_of([coming, revision]).needs == ()


def test_a_draft_of_a_withdrawn_claim_need_not_come_along(claim, article, ana):
    emergency.withdraw(document=claim, expected=1, actor=ana, reason="It was wrong.", now=AT)
    people.drafted(claim, ana)

    assert impact_of([people.drafted(article, ana)]).needs == ()


def test_words_without_a_label_keep_a_page_from_the_public(article, ana):
    found = impact_of([people.drafted(article, ana, body="These words carry no label at all.")])

    assert not found.publishable
    assert {subject for subject, _ in found.problems} == {"articles/t/safety"}


@pytest.mark.parametrize("words", [{"topic": ""}, {"positions": []}, {"kind": "", "bearing": ""}])
def test_an_incomplete_draft_is_told_as_problems(words, claim, ana):
    found = impact_of([people.drafted(claim, ana, **words)])

    assert not found.publishable
    assert found.problems
    assert found.pages == ()
    assert "not complete yet" in found.refusals[0][1].message


def test_a_new_word_of_the_glossary_is_a_new_page(claim, ana):
    fields = {"term": "Scalp", "definition": "The skin of the head.", "note": "New."}
    revision = drafts.create(kind=TERM, key="scalp", fields=fields, actor=ana, now=AT)

    page = by_address(impact_of([revision]))["/glossary/#term-scalp"]

    assert (page.is_new, page.title) == (True, "Scalp")
    assert "skin of the head" in text(page, "new")


def test_a_source_called_otherwise_changes_the_pages_that_cite_it(claim, ana):
    shelf.publish(shelf.source_draft("clinic-b", title="A second clinic"))
    shelf.publish(
        shelf.article_draft(
            "t/effects", "[It is sold.](background:)\n\n::: reported clinic-b\nThey sell it.\n:::"
        )
    )
    sources = [shelf.document(f"sources/clinic-{letter}") for letter in "ab"]

    speaks, cited = (
        set(by_address(impact_of([people.drafted(source, ana, title="Another clinic")])))
        for source in sources
    )

    assert speaks == {"/t/safety/", "/t/effects/", "/sources/clinic-a/"}
    assert cited == {"/t/effects/", "/sources/clinic-b/"}


def test_a_source_that_can_carry_a_public_label_no_more_is_refused(claim, article, ana):
    people.public_claim("effect", kind="effect", statement="It may make some hair grow.")
    shelf.publish(shelf.article_draft("t/effects", "[](claim:t/effect)"))
    source = shelf.document("sources/clinic-a")

    found = impact_of([people.drafted(source, ana, kind="laboratory")])

    assert not found.publishable
    assert {subject for subject, _ in found.refusals} == {"claims/t/effect", "articles/t/effects"}


def test_a_page_whose_image_is_lost_is_refused(settings, tmp_path, article, ana):
    settings.VAR_DIR = tmp_path
    image = pictures.sent(ana)
    body = f"[](claim:t/hope)\n\n::: background\n![Hair roots](figure:{image.key})\n:::"
    revision = people.drafted(article, ana, body=body)
    assert impact_of([revision]).publishable
    next(tmp_path.glob("images/*")).unlink()

    found = impact_of([revision])

    assert [problem.code for _, problem in found.refusals] == ["image-file-missing"]


def test_the_comparisons_columns_are_weighed_before_and_after(claim, ana):
    cells = (
        "## Does it help?\n\n### Clinic\n\n[](claim:t/hope)\n\n### Nothing\n\n[](claim:t/hope)\n"
    )
    shelf.publish(shelf.article_draft("compare", cells))
    compare = shelf.document("articles/compare")
    revision = people.drafted(compare, ana, body=cells + "\n[](claim:t/hope)\n")

    balance = impact_of([revision]).balance

    assert balance.columns == (("Clinic", 6, 6), ("Nothing", 6, 12))
    assert "Say less there" in " ".join(problem.message for problem in balance.problems)


def test_drafts_of_others_are_on_neither_side(claim, article, ana):
    people.drafted(claim, ana, statement="Not for the public.")

    found = impact_of([people.drafted(article, ana, title="Another title")])

    assert not any("Not for the public" in piece.text for p in found.pages for piece in p.pieces)
