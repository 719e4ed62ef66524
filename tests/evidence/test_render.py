"""How resolved words become HTML: labels, boxes, headings, links."""

import pytest

from explainer.evidence.claims import Source
from explainer.evidence.context import Context
from explainer.evidence.levels import Level, Seen, SourceKind
from explainer.evidence.pipeline import explain
from explainer.text.words import slug
from tests.evidence.invented import CONTEXT, claim


@pytest.mark.parametrize(
    ("key", "kind", "lead", "word", "reason"),
    [
        ("t/hope", "plausible", "", "Plausible", ", in theory only."),
        (
            "t/studied",
            "under-investigation",
            "",
            "Still under investigation",
            ": early studies only.",
        ),
        ("t/boast", "unsupported", "This promise: ", "unsupported", ", not tested."),
        ("t/harm", "plausible-risk", "", "Plausible risk", ", to be expected."),
    ],
)
def test_a_claim_and_its_verdict_are_one_paragraph(key, kind, lead, word, reason) -> None:
    html = explain(f"[It may be so.](claim:{key})", CONTEXT).html

    anchor = f"#c-{key.replace('/', '-')}"
    asked = f"{word[0].upper()}{word[1:]}: why? A name"
    assert html == (
        f'<p class="claim">It may be so. '
        f'<span class="label--{kind}"><b>(</b>{lead}'
        f'<a href="{anchor}" aria-label="{asked}">{word}</a>{reason}'
        f"<b>)</b></span></p>"
    )


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("[](claim:t/hope) [](claim:t/harm)", 2),
        ("Words. [](claim:t/hope)\n[](claim:t/harm) More.", 4),
        ("- [](claim:t/hope)\n- [](claim:t/harm) [](claim:t/hope)", 3),
        ("*[](claim:t/hope)*", 1),
    ],
)
def test_every_claim_has_a_paragraph_of_its_own(text: str, paragraphs: int) -> None:
    html = explain(text, CONTEXT).html

    assert html.count("<p") == html.count("</p>") == paragraphs
    assert "<p></p>" not in html


def test_the_words_that_somebody_says_are_set_apart() -> None:
    html = explain("[](claim:t/boast)", CONTEXT).html

    assert "Sellers say <i>it regrows hair</i>, but no study we found" in html


def test_a_withdrawn_claim_is_struck_and_says_so() -> None:
    html = explain("[](claim:t/gone)", CONTEXT).html

    assert '<p class="claim claim--withdrawn"><s>' in html
    assert "Withdrawn</a>." in html


def test_a_record_wears_who_and_when_and_leads_to_its_page() -> None:
    html = explain("[](record:t/warning)", CONTEXT).html

    assert html == (
        '<p class="claim">In May 2020 the DO warned '
        'clinics. <span class="label--record"><b>(</b>'
        '<a href="/records/t/warning/" '
        'aria-label="On record: DO, 2020. In May 2020 the DO warned clinics.">On record: DO, 2020'
        "</a>.<b>)</b></span></p>"
    )


def test_a_record_has_no_level_and_cites_its_source() -> None:
    shown = explain("[](record:t/warning) [](record:t/void)", CONTEXT)

    assert not any(f"label--{level}" in shown.html for level in Level)
    assert '<p class="claim claim--withdrawn"><s>' in shown.html
    assert [record.key for record in shown.records] == ["t/warning", "t/void"]
    assert shown.sources == ("office",)


def test_an_unknown_claim_wears_no_level() -> None:
    html = explain("[It works.](claim:t/none)", CONTEXT).html

    assert "Evidence not available" in html
    assert "claim:" not in html
    assert not any(f"label--{level}" in html for level in Level)


def test_values_of_claims_and_sources_cannot_break_out() -> None:
    evil = '"><script>alert(1)</script>'
    source = Source("clinic-a", evil, SourceKind.CLINIC, Seen.FULL)
    known = Context(claims={"t/evil": claim("evil", statement=evil)}, sources={"clinic-a": source})

    html = explain("[](claim:t/evil)\n\n::: reported clinic-a\nHello.\n:::", known).html

    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 2


def test_headings_get_anchors_that_do_not_collide() -> None:
    explanation = explain("## Is it so?\n\n## Is it so?\n\n### 1 & 2", CONTEXT, prefix="x-")

    assert [heading.id for heading in explanation.headings] == [
        "x-is-it-so",
        "x-is-it-so-2",
        "x-part",
    ]
    assert [heading.level for heading in explanation.headings] == [2, 2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Große Füße", "groe-fue"), ("A & B", "a-b"), ("42", "part"), ("?!", "part")],
)
def test_slugs_are_plain(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize("address", ["https://example.org/", "HTTPS://example.org/"])
def test_links_to_other_sites_tell_nothing_about_the_reader(address: str) -> None:
    html = explain(f"[them]({address})", CONTEXT).html

    assert f'<a href="{address}" rel="noopener noreferrer external">' in html


def test_a_figure_has_its_size_and_its_words() -> None:
    html = explain('![Roots "in" skin](figure:roots)', CONTEXT).html

    assert 'src="/static/roots.png" alt="Roots &quot;in&quot; skin"' in html
    assert 'width="640" height="360" loading="lazy"' in html


def test_sections_hold_the_visible_text_with_labels() -> None:
    explanation = explain("## Is it so?\n\n[](claim:t/hope)\n\n## And then?\n\nNo.", CONTEXT)

    assert [(s.title, s.text) for s in explanation.sections] == [
        ("Is it so?", "The treatment may help some hair. (Plausible, in theory only.)"),
        ("And then?", "No."),
    ]


def test_the_first_cell_of_a_row_with_a_claim_is_its_head_for_a_screen_reader() -> None:
    html = explain("| What | How sure |\n|---|---|\n| Hair | [](claim:t/hope) |", CONTEXT).html

    assert '<th role="rowheader" scope="row">Hair</th>' in html
    assert html.count('<th role="columnheader" scope="col">') == 2
