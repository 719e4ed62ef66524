"""Drawings are put into texts behind the sanitiser, by name, and by nothing an author types."""

import pytest

from explainer.kinds import ARTICLE
from explainer.library import pictures
from explainer.library.models import Revision
from explainer.library.rendering import explain_page, preview_page
from tests.library import shelf

pytestmark = pytest.mark.django_db

PLACE = '<div class="picture__drawing picture__drawing--{}" id="{}"></div>'


@pytest.fixture
def name():
    """Any picture there is."""
    return min(pictures.names())


def published(body):
    shelf.treatment()
    shelf.publish(shelf.claim_draft(), shelf.article_draft(body=body))
    revision = Revision.objects.published().of(ARTICLE).with_document().get()
    return revision, str(explain_page(revision).body_html)


def test_a_named_drawing_stands_in_the_page_and_in_its_preview(name):
    body = f"[](claim:t/hope)\n\n::: picture {name}\n[A root.](background:)\n:::"
    revision, page = published(body)

    assert '<svg class="pic" viewBox="0 0 360 ' in page
    assert f'<title id="picture-{name}-title">' in page
    preview = str(preview_page(revision, prefix="new-").body_html)
    assert f'<title id="new-picture-{name}-title">' in preview


def test_what_an_author_types_is_never_read_as_a_place(name):
    typed = PLACE.format(name, "x")
    _, page = published(f"[](claim:t/hope)\n\n[{typed}](background:) [`{typed}`](background:)")

    assert "<svg" not in page


def test_a_place_without_a_drawing_is_left_out():
    assert pictures.with_drawings(f"<p>a</p>{PLACE.format('gone', 'x')}") == "<p>a</p>"
