"""What is left out of a page as it is sent is nothing that anybody reads."""

import pytest
from django.test import Client
from lxml import html

from explainer.public import views
from explainer.text.minified import minified
from tests.sweeps.whole_site import Answer, Site

MANY = ("/claims/", "/sources/", "/records/", "/past/")
"""Of what has a page for each document, one in twenty is enough."""

TAKEN_FOR_GRANTED = {("form", "method", "get"), ("button", "type", "submit")}


def elements(page: Answer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give every element with its attributes, whatever their order and the spaces in lists."""
    return [
        (
            it.tag,
            sorted(
                (name, " ".join(value.replace(",", " , ").split()))
                for name, value in it.attrib.items()
                if (it.tag, name, value) not in TAKEN_FOR_GRANTED
            ),
        )
        for it in page.tree.iter()
        if isinstance(it.tag, str)
    ]


def test_a_page_has_the_text_and_the_elements_that_its_template_writes(
    site: Site, content, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [page for page in site.listed if page.path.startswith(MANY)]
    pages = [page for page in site.listed if page not in many] + many[::20]
    monkeypatch.setattr(views, "minified", lambda written: written)

    assert len(pages) > 60
    with content():
        for page in pages:
            text = Client().get(page.address).text
            written = Answer(page.address, 200, {}, [], text)
            assert len(page.text) < len(text), page.address
            assert page.visible_text == written.visible_text, page.address
            assert elements(page) == elements(written), page.address
            assert page.structured == written.structured, page.address


@pytest.mark.parametrize("tag", ["pre", "textarea"])
def test_spaces_that_count_stay(tag: str) -> None:
    whole = f"<!doctype html><html><body><main><{tag}>a  b\n\n  c</{tag}></main></body></html>"

    assert html.fromstring(minified(whole)).find(f".//{tag}").text == "a  b\n\n  c"


def test_words_beside_marks_keep_their_one_space() -> None:
    words = "<p>It <i>may</i>\n      <b>(</b>help<b>)</b>\n    you.</p>"

    assert "<p>It <i>may</i> <b>(</b>help<b>)</b> you.</p>" in minified(f"<html><body>{words}")
