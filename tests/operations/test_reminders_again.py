"""A page that shows a label which changed since is named until somebody has looked at it again."""

from datetime import timedelta

import pytest

from explainer.evidence.levels import Level
from explainer.library import emergency, publishing, workflow
from explainer.operations import reminders
from tests.library import people, shelf
from tests.library.people import ALL, AT

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)
RAISED = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "None."}
DOUBT = {"positions": [shelf.position("under-investigation")]}


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *ALL)


@pytest.fixture
def claim():
    """The claim t/hope, shown by the articles t/safety and t/process, but not by t/cost."""
    claim = people.public_claim()
    people.public_claim("other", statement="The treatment may help other hair.")
    other = "[](claim:t/other)"
    shelf.publish(
        shelf.article_draft(),
        shelf.article_draft("t/process"),
        shelf.article_draft("t/cost", other, summary=other),
    )
    return claim


def named():
    return {
        found.page.document.key: [claim.document.key for claim in found.claims]
        for found in reminders.relabelled()
    }


def publish(*revisions, now):
    publishing.publish(revisions=revisions, actor=None, reason="A test", now=now)


def relabel(now, slug="hope", **words):
    publish(shelf.claim_draft(slug, **words), now=now)


def doubted(claim, actor):
    emergency.downgrade_label(document=claim, expected=1, actor=actor, now=AT, **RAISED)


def test_the_pages_that_show_a_changed_label_are_named_and_no_others(claim, ana):
    assert named() == {}

    doubted(claim, ana)

    assert named() == {"t/process": ["t/hope"], "t/safety": ["t/hope"]}
    assert {page.claims[0].level for page in reminders.relabelled()} == {"unsupported"}


def test_a_page_that_was_published_again_leaves_the_line(claim, ana, ben):
    doubted(claim, ana)

    revision = people.approved(shelf.document("articles/t/safety"), ana, ben)
    workflow.publish(revisions=[revision], expected=[1], actor=ana, now=LATER)

    assert named() == {"t/process": ["t/hope"]}


def test_new_words_under_the_same_label_ask_for_no_second_look(claim):
    relabel(AT, why="[Because of this.](background:)")

    assert named() == {}


def test_a_label_that_is_as_it_was_then_asks_for_no_second_look(claim):
    relabel(AT, **DOUBT)
    assert set(named()) == {"t/process", "t/safety"}

    relabel(LATER)

    assert named() == {}


def test_a_claim_and_its_page_that_are_published_together_fit(claim):
    body = "[](claim:t/hope)\n\n::: background\nNew.\n:::"
    publish(shelf.claim_draft(**DOUBT), shelf.article_draft("t/safety", body), now=LATER)

    assert named() == {"t/process": ["t/hope"]}


def test_a_withdrawn_claim_asks_for_a_second_look_until_its_page_is_published_again(claim, ana):
    emergency.withdraw(document=claim, expected=1, actor=ana, reason="It was wrong.", now=AT)
    assert set(named()) == {"t/process", "t/safety"}

    other = "[](claim:t/other)"
    publish(shelf.article_draft("t/safety", other, summary=other), now=LATER)

    assert named() == {"t/process": ["t/hope"]}


def test_asking_takes_three_queries_however_much_changed(claim, django_assert_num_queries):
    relabel(AT, **DOUBT)
    relabel(LATER, "other", **DOUBT)

    with django_assert_num_queries(3):
        found = reminders.relabelled()

    assert len(found) == 3
