"""Words in a claim's brackets wait for the draft that has them."""

import pytest

from explainer.evidence.problems import Severity
from explainer.library import workflow
from explainer.library.impact import impact_of
from explainer.library.publishing import CannotPublish
from explainer.library.validation import all_problems, coming
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
