"""A label stays with its sentence wherever words travel as plain text (method, section 1).

Two ordinary splitters cut every page, description, structured text and feed entry into sentences;
what is counted are labels that a reader of the pieces would give to another sentence.
"""

import re
from collections.abc import Iterator

import pytest
from lxml import html
from nupunkt import sent_tokenize

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.labels import BRACKETED, label_of
from tests.files.folders import real_check
from tests.sweeps.test_structured_data import texts_of
from tests.sweeps.whole_site import Answer, Site

LABEL = re.compile(BRACKETED)
STOPS = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"'”’)]))\s+(?=[A-Z0-9(\"'“‘])")


def by_signs(text: str) -> list[str]:
    """Cut where a stop, with what closes after it, stands before a capital or a bracket."""
    return [piece for piece in STOPS.split(text) if piece]


SPLITTERS = {"nupunkt": sent_tokenize, "signs": by_signs}


def plain(page: Answer) -> Iterator[str]:
    """Give everything of a page that is read without its markup."""
    yield page.visible_text
    heads = page.tree.xpath(
        "//title/text() | //meta[@name='description' or starts-with(@property, 'og:')]/@content"
    )
    yield from map(str, heads)
    yield from map(str, page.tree.xpath("//@aria-label"))
    yield from texts_of(page)


@pytest.fixture(scope="module")
def texts(site: Site) -> list[tuple[str, str]]:
    found = [(page.address, text) for page in site.pages for text in plain(page)]
    feed = html.fromstring(site.answers["/changes.atom"].text.encode())
    found += [("feed", text.text or "") for text in feed.iter("title", "summary")]
    return found


@pytest.mark.parametrize("split", SPLITTERS.values(), ids=SPLITTERS)
def test_no_label_falls_to_another_sentence(texts, split) -> None:
    labels, strays = 0, []
    for address, text in texts:
        for piece in split(text) if LABEL.search(text) else ():
            for found in LABEL.finditer(piece):
                labels += 1
                if piece[found.end() :].strip():
                    strays.append(f"{address}: {piece}")

    assert labels > 2000
    assert strays == []


def test_every_statement_is_followed_by_its_own_label(texts) -> None:
    claims = real_check().context.claims.values()
    sentences = {c.statement: label_of(c, adjudicate(c)).sentence for c in claims}
    known = re.compile("|".join(re.escape(s) for s in sorted(sentences, key=len, reverse=True)))

    seen, bare = 0, []
    for address, text in texts:
        for found in known.finditer(text):
            seen += 1
            after = text[found.end() : found.end() + 200].lstrip()
            if not after.startswith(sentences[found[0]]):
                bare.append(f"{address}: {found[0]} | {after[:60]}")

    assert seen > 2000
    assert bare == []
