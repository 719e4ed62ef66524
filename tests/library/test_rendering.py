"""Drafts see what is public; a page gives one line why, never stale."""

import pytest

from explainer.kinds import ARTICLE, CLAIM
from explainer.library import rendering
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
