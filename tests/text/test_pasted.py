"""A clipboard becomes Markdown of the dialect, its words whole, and what was left out is said.

The clipboards are built as the programs build them; beside each stands what it becomes, and what
is said of it.
"""

from pathlib import Path

import pytest

from explainer.text.lost_words import lost
from explainer.text.markdown import hidden, tokens
from explainer.text.pasted import from_html, from_text
from explainer.text.pasted_links import cleaned

CLIPBOARDS = sorted((Path(__file__).parents[1] / "editor" / "clipboards").glob("*.html"))


def test_there_is_a_clipboard_of_each_kind_of_program():
    assert len(CLIPBOARDS) == 4


@pytest.mark.parametrize("path", CLIPBOARDS, ids=lambda path: path.stem)
def test_a_clipboard_becomes_the_text_beside_it(path):
    pasted = from_html(path.read_text())

    said = f"{pasted.text}\n\n<!-- {pasted.message} -->\n"
    assert said == path.with_suffix(".md").read_text()
    assert list(hidden(pasted.text, 1)) == []
    found, source = tokens(pasted.text)
    assert list(lost(source, found)) == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<br><br>b<br>c<br></p>", "a\n\nb\\\nc"),
        ("<p>::: guidance</p><p># no</p>", "\\::: guidance\n\n\\# no"),
        ("<div>[](claim:a/b) *x* `y` &lt;b&gt;</div>", r"\[\](claim:a/b) \*x\* \`y\` \<b>"),
        ("<b>one</b><b> two</b>", "**one two**"),
        ("<b style='font-weight: normal'><p>plain</p></b>", "plain"),
        ("<h1>A</h1><h3>B</h3><h6>C</h6><h2> </h2>", "## A\n\n### B\n\n#### C"),
        ("<h2><b>A</b></h2><ul><li><h3>B</h3></li></ul>", "## A\n\n- **B**"),
        ("<p>10<sup>-6</sup> and H<sub>2</sub>O, 1<sup>st</sup></p>", "10⁻⁶ and H₂O, 1st"),
        ("<p>5<sup>2x</sup></p>", "5^2x"),
        ("<p>“Smart” – it’s</p>", "“Smart” – it’s"),
        ("<p>top\u2011up, fol\u00adlicle,\u00a0a\tb</p>", "top-up, follicle, a b"),
        ("<a href='/x y'></a><a href='#top'>Up</a>", "Up"),
        ("<a href='https://a.example/b_(c)'>d</a>", "[d](https://a.example/b_%28c%29)"),
        ("<table><tr><td>a</td><td>b|c</td></tr></table>", "| a | b\\|c |\n| --- | --- |"),
        ("<script>x</script><style>y</style><!-- z --><p>w</p>", "w"),
        ("<p>x</p><hr><p>y</p>", "x\n\ny"),
        ("", ""),
    ],
)
def test_each_of_its_parts_becomes_a_part_of_the_dialect(html, text):
    assert from_html(html).text == text


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>As it is</p>", ""),
        ("<img><p style='color:red'>x</p>", "1 colour and 1 picture were left out."),
        ("<p>x<del>y</del></p>", "1 deleted passage was left out."),
        ("<p>x<s>y</s></p>", "1 struck-through passage was kept: is it meant?"),
    ],
)
def test_what_was_left_out_or_changed_is_said(html, said):
    assert from_html(html).message == said


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://a.example/?utm_source=x&b=1&fbclid=2#c", ("https://a.example/?b=1#c", 2)),
        ("https://a.example/?q=a+b%26c", ("https://a.example/?q=a+b%26c", 0)),
        ("https://www.google.com/url?q=https://b.example/x&sa=D", ("https://b.example/x", 1)),
        ("https://google.de/url?q=data:x", ("https://google.de/url?q=data:x", 0)),
        ("javascript:alert(1)", ("", 0)),
        ("file:///c/x", ("", 0)),
        ("http://[bad", ("", 0)),
        ("mailto:a@b.example", ("mailto:a@b.example", 0)),
        ("page.html", ("", 0)),
    ],
)  # fmt: skip
def test_a_link_loses_what_follows_readers_and_detours(address, found):
    assert cleaned(address) == found


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        ("•\tone\r\n•\ttwo", "- one\n- two"),
        ("1)\tone\n2)\ttwo", "1. one\n2. two"),
        ("a\u00a0b\u200b\tc\u2011d", "a b c-d"),
        ("a\n\n\n\nb  ", "a\n\nb"),
        ("[](claim:a/b)\n\n::: guidance\nx\n:::", "[](claim:a/b)\n\n::: guidance\nx\n:::"),
        ("- a\n    - b", "- a\n    - b"),
        ("\U0001f469\ufe0f", "\U0001f469\ufe0f"),
    ],
)
def test_plain_text_is_tidied_and_marks_of_the_dialect_stay(plain, text):
    assert from_text(plain).text == text
