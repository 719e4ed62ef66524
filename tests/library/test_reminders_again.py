"""A page that shows a label which changed since is named until somebody has looked at it again."""

from datetime import timedelta

import pytest

from explainer.library import publishing, releasing, reminders
from explainer.library.models import Article
from tests.library import people, shelf
from tests.library.people import ALL, AT

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)
RAISED = {"level": "unsupported", "reason": "not-studied", "because": "None."}


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *ALL)


@pytest.fixture
def claim():
    """The claim t/hope, shown by the articles t/safety and t/process; t/other shows none."""
    claim = people.public_claim()
    other = people.public_claim("other", statement="The treatment may help other hair.")
    shelf.publish(shelf.article_draft(), shelf.article_draft("t/process"))
    article = shelf.article_draft("t/cost", f"[](claim:{other.key})")
    article.summary = f"[](claim:{other.key})"
    article.save()
    shelf.publish(article)
    return claim


def named():
    return {
        page.article.article.key: [version.claim.key for version in page.claims]
        for page in reminders.relabelled()
    }


def relabel(claim, at, **words):
    publishing.publish(versions=[shelf.claim_draft(**words)], by=None, reason="A test", at=at)


def released(identity, *who, at, **words):
    version = people.approved(identity, *who, **words)
    releasing.release(versions=[version], bases=[version.save_count], by=who[0], at=at)


def test_the_pages_that_show_a_changed_label_are_named_and_no_others(claim, ana):
    assert named() == {}

    releasing.raise_caution(claim=claim, base=1, by=ana, at=AT, **RAISED)

    assert named() == {"t/process": ["t/hope"], "t/safety": ["t/hope"]}
    assert {page.claims[0].level for page in reminders.relabelled()} == {"unsupported"}


def test_a_page_that_was_published_again_leaves_the_line(claim, ana, ben):
    releasing.raise_caution(claim=claim, base=1, by=ana, at=AT, **RAISED)

    released(Article.objects.get(key="t/safety"), ana, ben, at=LATER)

    assert named() == {"t/process": ["t/hope"]}


def test_new_words_under_the_same_label_ask_for_no_second_look(claim):
    relabel(claim, AT, why="[Because of this.](background:)")

    assert named() == {}


def test_a_label_that_is_as_it_was_then_asks_for_no_second_look(claim):
    relabel(claim, AT, level="under-investigation")
    assert set(named()) == {"t/process", "t/safety"}

    relabel(claim, LATER, level="plausible")

    assert named() == {}


def test_a_claim_and_its_page_that_are_published_together_fit(claim):
    versions = [
        shelf.claim_draft(level="under-investigation"),
        shelf.article_draft("t/safety", "[](claim:t/hope)\n\n::: background\nNew.\n:::"),
    ]

    publishing.publish(versions=versions, by=None, reason="A test", at=LATER)

    assert named() == {"t/process": ["t/hope"]}


def test_a_withdrawn_claim_asks_for_a_second_look_until_its_page_is_published_again(
    claim, ana, ben
):
    releasing.withdraw(what=claim, base=1, by=ana, reason="It was wrong.", at=AT)
    assert set(named()) == {"t/process", "t/safety"}

    article = shelf.article_draft("t/safety", "[](claim:t/other)")
    article.summary = "[](claim:t/other)"
    article.save()
    publishing.publish(versions=[article], by=None, reason="A test", at=LATER)

    assert named() == {"t/process": ["t/hope"]}


def test_asking_takes_three_queries_however_much_changed(claim, django_assert_num_queries):
    relabel(claim, AT, level="under-investigation")
    relabel(claim, LATER, slug="other", level="under-investigation")

    with django_assert_num_queries(3):
        found = reminders.relabelled()

    assert len(found) == 3
