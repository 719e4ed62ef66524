"""Words in a claim's brackets wait for the draft that has them, and no draft leaves them behind."""

import pytest

from explainer.editor.impact import impact_of
from explainer.library import workflow
from explainer.library.publishing import CannotPublish
from explainer.library.validation import all_problems, coming
from explainer.text.problems import Severity
from tests.library import people, shelf

pytestmark = pytest.mark.django_db
WORDING = "Some hair might be helped."
BODY = f"[{WORDING}](claim:t/hope)"


def codes(revision, *also, **more):
    found = all_problems([revision], [*coming(), *also], **more)
    return [problem.code for _, problem in found if problem.is_error]


@pytest.fixture
def text(claim):
    return shelf.article_draft(body=BODY, note="New.")


@pytest.fixture
def worded(claim, ana):
    return people.drafted(claim, ana, wordings=[WORDING])


def test_words_that_no_draft_of_the_claim_has_are_an_error(text):
    assert codes(text) == ["wording-unknown"]


def test_only_the_words_that_the_draft_has_wait_for_it(worded):
    other = "\n\n[Other hair might be helped.](claim:t/hope)"

    assert codes(shelf.article_draft(body=BODY + other, note="New.")) == ["wording-unknown"]


def test_words_that_a_draft_of_the_claim_has_may_be_handed_over(text, worded, ana):
    (told,) = all_problems([text], coming())

    assert told[1].severity is Severity.WARNING
    assert "Publish that draft first, or with this." in told[1].message
    workflow.submit(revision=text, expected=0, actor=ana, now=people.AT)
    assert text.state == "in-review"


def test_they_are_not_published_before_the_draft_that_has_them(claim, ana, ben, worded):
    shelf.publish(shelf.article_draft())
    article = shelf.document("articles/t/safety")
    text = people.approved(article, ana, ben, body=BODY)

    with pytest.raises(CannotPublish, match="wording in the draft of the claim 't/hope'"):
        workflow.publish(revisions=[text], expected=[text.lock_version], actor=ben, now=people.AT)


def test_a_text_brings_along_the_draft_whose_wording_it_holds(text, worded):
    impact = impact_of([text])

    assert impact.needs == (worded,)
    assert impact.publishable


def test_both_are_published_in_one_step(claim, ana, ben):
    worded = people.approved(claim, ana, ben, wordings=[WORDING])
    shelf.publish(shelf.article_draft())
    text = people.approved(shelf.document("articles/t/safety"), ana, ben, body=BODY)

    both = [worded, text]
    locks = [one.lock_version for one in both]
    workflow.publish(revisions=both, expected=locks, actor=ben, now=people.AT)

    assert shelf.document("articles/t/safety").live.fields["body"] == BODY


@pytest.fixture
def standing(claim, ana):
    """A public page that holds a public wording of the claim."""
    shelf.publish(shelf.claim_draft(wordings=[WORDING]))
    shelf.publish(shelf.article_draft(body=BODY, title="What is known"))
    return shelf.document(claim.subject)


PLACE = "“What is known” (articles/t/safety)"


def test_a_label_that_leaves_a_wording_behind_names_it_and_where_it_stands(standing, ana):
    doubted = people.drafted(
        standing,
        ana,
        positions=[shelf.position("unsupported")],
        reason="not-studied",
        ask="Which study shows it?",
    )

    with pytest.raises(CannotPublish) as refused:
        workflow.submit(revision=doubted, expected=1, actor=ana, now=people.AT)

    unfit = [it for _, it in refused.value.problems if it.field == "wordings.0"]
    assert unfit
    assert all(f"It says '{WORDING}', and stands in {PLACE}." in it.message for it in unfit)


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ({"wordings": []}, False),
        ({"wordings": ["Some hair could be helped."]}, False),
        ({"wordings": [WORDING, "Some hair could be helped."]}, True),
        ({"statement": "It may help some hair."}, True),
    ],
)
def test_a_wording_stays_as_long_as_a_public_page_holds_it(standing, ana, words, fits):
    found = [it for _, it in all_problems([people.drafted(standing, ana, **words)])]

    told = [it.message for it in found if it.code == "wording-in-use"]
    assert (told == []) is fits
    assert all(PLACE in message for message in told)


def test_the_statement_itself_is_kept_where_a_page_has_it_in_brackets(standing, ana):
    said = shelf.CLAIM_FIELDS["statement"]
    shelf.publish(shelf.article_draft("t/faq", f"[{said}](claim:t/hope)", title="Questions"))

    found = all_problems([people.drafted(standing, ana, statement="It may help some hair.")])

    assert "“Questions” (articles/t/faq)" in found[0][1].message


def test_a_wording_goes_with_the_text_that_held_it_in_one_step(standing, ana):
    article = shelf.document("articles/t/safety")
    text = people.drafted(article, ana, body="[](claim:t/hope)")
    claim = people.drafted(standing, ana, wordings=[])

    assert all_problems([claim, text]) == ()
