"""Drafts see what is public; a page gives one line why, never stale."""

import pytest

from explainer.kinds import ARTICLE, CLAIM
from explainer.library import publishing, rendering
from explainer.library.models import Revision
from tests.library import shelf

pytestmark = pytest.mark.django_db


def reason():
    version = Revision.objects.of(ARTICLE).published().select_related("document").get()
    return rendering.explain_page(version).claims[0].reason


def term(key):
    shelf.publish(shelf.term_draft(key, term="the root", definition="Where hair grows."))


def test_a_page_gives_the_first_sentence_of_the_reason_and_the_claims_own_page_all_of_it():
    shelf.treatment()
    shelf.publish(shelf.claim_draft(why="Because **so**. And\nmore."), shelf.article_draft())
    claim = Revision.objects.of(CLAIM).published().select_related("document").get()

    assert reason() == "Because so."
    assert "And\nmore." in rendering.explain_claim(claim).why_html


def test_another_text_is_another_reason():
    shelf.treatment()
    shelf.publish(shelf.claim_draft(why="Before."), shelf.article_draft())
    before = reason()
    shelf.publish(shelf.claim_draft(why="After."))

    assert (before, reason()) == ("Before.", "After.")


def test_a_claims_own_page_links_the_words_of_the_glossary():
    shelf.treatment()
    term("root")
    shelf.publish(shelf.claim_draft(why="It is at the root."))

    version = Revision.objects.of(CLAIM).published().select_related("document").get()

    assert 'href="/glossary/#term-root"' in rendering.explain_claim(version).why_html


def test_a_draft_sees_everything_published():
    shelf.treatment()
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    shelf.publish(shelf.claim_draft("other"))

    explained = rendering.preview_page(shelf.article_draft(body="[](claim:t/other)"))

    assert [entry.key for entry in explained.claims] == ["t/hope", "t/other"]


BODY = """[](claim:t/hope)

::: reported clinic-a
Many ask about the scalp.
:::
"""

CHANGES = {
    "its claim": lambda: shelf.publish(shelf.claim_draft(statement="It may help nails.")),
    "the label of its claim": lambda: shelf.publish(
        shelf.claim_draft(positions=[shelf.position("under-investigation")])
    ),
    "a claim that was withdrawn": lambda: publishing.withdraw(
        document=shelf.document("claims/t/hope"), actor=None, reason="Wrong.", now=shelf.NOON
    ),
    "its source": lambda: shelf.publish(shelf.source_draft(title="Another title")),
    "a word of the glossary": lambda: shelf.publish(shelf.term_draft()),
    "its own words": lambda: shelf.publish(shelf.article_draft(body=f"{BODY}\n## More")),
}


def page():
    version = Revision.objects.of(ARTICLE).published().select_related("document").get()
    return rendering.explain_page(version)


@pytest.mark.parametrize("what", CHANGES)
def test_a_page_is_explained_once_until_something_that_it_shows_changes(what, monkeypatch):
    shelf.treatment()
    shelf.publish(shelf.claim_draft(), shelf.article_draft(body=BODY))
    before = page().body_html
    explained, context_of = [], rendering.context_of
    noted = lambda entries: explained.append(1) or context_of(entries)  # noqa: E731
    monkeypatch.setattr(rendering, "context_of", noted)

    assert page().body_html == before
    assert not explained

    CHANGES[what]()
    assert page().body_html != before
    assert explained
