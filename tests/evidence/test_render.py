"""How resolved words become HTML: labels, boxes, headings, links."""

import pytest

from explainer.evidence.claims import Source
from explainer.evidence.context import Context
from explainer.evidence.levels import Level, Seen, SourceKind
from explainer.evidence.pipeline import explain
from explainer.evidence.render import slug
from tests.evidence.invented import CONTEXT, claim


@pytest.mark.parametrize(
    ("key", "kind", "words"),
    [
        ("t/hope", "plausible", "Plausible"),
        ("t/studied", "under-investigation", "Under investigation"),
        ("t/boast", "unsupported", "Unsupported"),
        ("t/harm", "warning", "Warning: plausible"),
    ],
)
def test_a_claim_is_its_text_then_its_label(key: str, kind: str, words: str) -> None:
    html = explain(f"[It may be so.](claim:{key})", CONTEXT).html

    anchor = f"#claim-{key.replace('/', '-')}"
    assert html == (
        f'<p><span class="claim claim--{kind}">It may be so.</span>&nbsp;'
        f'<a class="label label--{kind}" href="{anchor}">'
        f'<span class="label__lead">Evidence: </span>{words}</a></p>'
    )


def test_a_withdrawn_claim_is_struck_and_says_so() -> None:
    html = explain("[](claim:t/gone)", CONTEXT).html

    assert '<s class="claim claim--withdrawn">' in html
    assert "Withdrawn</a>" in html


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
        ("Is it so?", "The treatment may help some hair. Evidence: Plausible"),
        ("And then?", "No."),
    ]
