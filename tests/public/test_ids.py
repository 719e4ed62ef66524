"""Each id stands once on a page, whatever an author calls a heading."""

import re
from collections import Counter

import pytest
from django.conf import settings
from lxml import html

from explainer.kinds import RECORD, TERM
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.usefixtures("site")

LABELS = ("label-plausible", "label-unsupported", "label-under-investigation", "label-withdrawn")
ANCHORS = ("c-t-hope", "short-words", "part", "part-main", "term-scalp", *LABELS)


def ids_of_templates() -> set[str]:
    """Give every id that a template writes out, those of the staff's pages too."""
    texts = (path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    return {name for text in texts for name in re.findall(r' id="([a-z-]+)"', text)}


def headings(names) -> str:
    """Give a text with a heading for each id, twice, as an author would write it."""
    titles = [name.replace("-", " ").capitalize() for name in sorted(names)]
    return "\n\n".join(f"## {title}\n\n[Words.](background:)" for title in titles * 2)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


def test_no_heading_takes_an_id_of_its_page(client):
    names = ids_of_templates() | {*ANCHORS}
    body = f"[](claim:t/hope) [Words.](background:)\n\n{headings(names)}"
    words = {"body": body, "summary": f"## Words\n\n{shop.TAGGED}"}
    for key in ("t/safety", "home", "method", "questions", "compare", "about"):
        shelf.publish(shelf.article_draft(key, **words))
    shelf.publish(shop.treatment("t", "The treatment", **words))

    for address in ("/", "/t/", "/t/safety/", "/method/", "/questions/", "/compare/", "/about/"):
        found = Counter(page(client, address).xpath("//@id"))
        assert found.total() > 2 * len(names) > 150, address
        assert [name for name, times in found.items() if times > 1] == [], address


def test_headings_of_other_texts_have_no_ids_and_keep_their_words(client):
    text = headings(ids_of_templates() | {*ANCHORS})
    shelf.publish(shelf.source_draft("regulator-2020", kind="regulator", appraisal=text))
    shelf.publish(
        shelf.claim_draft(why=text),
        shelf.claim_draft("other", statement="The treatment may help other hair.", why=text),
        shelf.article_draft("t/safety", "[](claim:t/hope) [](claim:t/other)"),
        *(shelf.draft(TERM, key, term=key, definition=text) for key in ("scalp", "root")),
        shelf.draft(RECORD, "may-2020", **{**shelf.RECORD_FIELDS, "body": text}),
    )

    addresses = ("/claims/t/hope/", "/sources/regulator-2020/", "/glossary/")
    for address in (*addresses, "/records/may-2020/"):
        shown = page(client, address)
        assert len(shown.xpath("//h2[text()='Main']")) >= 1, address
        assert max(Counter(shown.xpath("//@id")).values()) == 1, address


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Sources", "part-sources"),
        ("Main", "part-main"),
        ("C t hope", "part-c-t-hope"),
        ("Source", "source"),
        ("Why", "why"),
        ("What claims cost", "what-claims-cost"),
    ],
)
def test_only_a_heading_that_would_collide_has_another_anchor(client, title, anchor):
    shelf.publish(shelf.article_draft("t/safety", f"## {title}\n\n{shop.TAGGED}"))

    shown = page(client, "/t/safety/")

    assert shown.xpath(f"//h2[@id='{anchor}']/text()") == [title]
    assert shown.xpath(f"//a[@href='#{anchor}']/text()") == [title]
