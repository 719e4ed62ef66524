"""Drafts see what is public; a reason's HTML is remembered by text and glossary, never stale."""

import pytest

from explainer.kinds import ARTICLE, CLAIM
from explainer.library import rendering
from explainer.library.models import Revision
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered(monkeypatch):
    """Every reason that was rendered and not remembered, from a cold start."""
    texts: list[str] = []
    render = rendering.explain_markdown

    def counted(text, known):
        texts.append(text)
        return render(text, known)

    monkeypatch.setattr(rendering, "explain_markdown", counted)
    rendering._writer_of.cache_clear()
    yield texts
    rendering._writer_of.cache_clear()


def reason():
    version = Revision.objects.of(ARTICLE).published().select_related("document").get()
    return str(rendering.explain_page(version).claims[0].why_html)


def term(key):
    shelf.publish(shelf.term_draft(key, term="the root", definition="Where hair grows."))


def test_the_same_reason_is_rendered_once(rendered):
    shelf.treatment()
    shelf.publish(shelf.claim_draft(why="Because **so**."), shelf.article_draft())

    assert {reason(), reason()} == {"<p>Because <strong>so</strong>.</p>"}
    assert rendered == ["Because **so**."]


def test_another_text_is_another_reason(rendered):
    shelf.treatment()
    shelf.publish(shelf.claim_draft(why="Before."), shelf.article_draft())
    before = reason()
    shelf.publish(shelf.claim_draft(why="After."))

    assert (before, reason()) == ("<p>Before.</p>", "<p>After.</p>")


def test_a_changed_glossary_changes_the_reason(rendered):
    shelf.treatment()
    shelf.publish(shelf.claim_draft(why="At [](term:root)."), shelf.article_draft())
    before = reason()
    term("root")

    assert before == "<p>At .</p>"
    assert reason() == '<p>At <a class="term" href="/glossary/#term-root">the root</a>.</p>'


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
