"""A glossary word is linked once a page, where it is mentioned first."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.evidence.context import Context, Term
from explainer.evidence.pipeline import explain
from tests.evidence.invented import CONTEXT
from tests.evidence.test_coverage import PIECES

TERMS = {
    term.key: term
    for term in (
        Term("hair-root", "hair root", ("follicle",)),
        Term("root", "root"),
        Term("msc", "MSC", ("stem cell",)),
        Term("dht", "DHT"),
    )
}
KNOWN = Context(claims=CONTEXT.claims, terms=TERMS)
LINK = re.compile(r'<a href="/glossary/#term-([a-z-]+)">([^<]*)</a>')


def links(text: str, linked: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return LINK.findall(explain(text, KNOWN, linked=linked).html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hair root lives.", [("hair-root", "hair root")]),
        ("Hair roots live.", [("hair-root", "Hair roots")]),
        ("A follicle is a hair root.", [("hair-root", "follicle")]),
        ("A root of a hair root.", [("root", "root"), ("hair-root", "hair root")]),
        ("MSCs and stem cells.", [("msc", "MSCs")]),
        ("Rooting, uprooted, rootless.", []),
        ("## A root\n\nNothing.", []),
        ("`root` and [root](/x/)", []),
        ("[root](term:root) and root", [("root", "root")]),
        ("[A **root** may grow.](claim:t/hope)", [("root", "root")]),
        ("Hair\nroot", [("root", "root")]),
        ("DHT.", [("dht", "DHT")]),
        ("\u0130 root", []),
    ],
)
def test_the_first_mention_is_linked(text: str, expected: list[tuple[str, str]]) -> None:
    assert links(text) == expected


def test_a_page_links_a_term_once_across_its_texts() -> None:
    summary = explain("A root.", KNOWN, linked=())

    assert summary.linked == ("root",)
    assert links("A root and DHT.", summary.linked) == [("dht", "DHT")]


def test_nothing_is_linked_unless_asked() -> None:
    assert 'href="/glossary/' not in explain("A root.", KNOWN).html


@given(st.lists(PIECES, max_size=12).map("".join))
def test_linking_changes_no_word_and_no_problem(text: str) -> None:
    known = Context(CONTEXT.claims, CONTEXT.sources, TERMS, CONTEXT.figures)

    plain, linked = explain(text, known), explain(text, known, linked=())

    assert linked.text == plain.text
    assert linked.words == plain.words
    assert linked.problems == plain.problems
