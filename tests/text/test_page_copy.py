"""A page's Markdown says what its HTML says: words, labels, links, tables; nothing from menus."""

import pytest
from markdown_it import MarkdownIt

from explainer.text.page_copy import copy_of

HEAD = '<link rel="canonical" href="https://site.test/t/safety/">'
LABEL = (
    '<span class="label--unsupported"><b>(</b>This promise: '
    '<a href="{}" aria-label="why">unsupported</a>, not tested.<b>)</b></span>'
)
ENTRY = (
    '<li id="c-t-{0}"><a href="/method/">How</a> <a href="/claims/t/{0}/">It helps.</a> '
    '<span class="label--unsupported"><b>(</b>Unsupported.<b>)</b></span> Why.</li>'
)


def body(main: str, head: str = HEAD, after: str = "") -> str:
    found = copy_of(f"<html><head>{head}</head><body><main>{main}</main>{after}</body></html>")
    assert found is not None
    return found.text.partition("\n\n---\n\nSource: ")[0]


def test_a_claim_keeps_its_label_in_brackets_with_a_link_to_the_claims_page():
    label = LABEL.format("#c-t-hope")

    text = body(f'<p class="claim">Clinics say <i>it helps</i>. {label}</p>{ENTRY.format("hope")}')

    assert text.startswith(
        "Clinics say *it helps*. [(This promise: unsupported, not tested.)]"
        "(https://site.test/claims/t/hope/)\n"
    )


def test_each_label_leads_to_the_page_of_its_own_claim_and_stands_after_it():
    told = [("one", "b"), ("two", "a"), ("three", "c"), ("four", "a")]
    claims = [f"<p>It is {name}. {LABEL.format(f'#c-t-{key}')}</p>" for name, key in told]
    entries = "".join(map(ENTRY.format, "abc"))

    lines = body(f"{''.join(claims)}<ol>{entries}</ol>").split("\n\n")

    assert lines[:4] == [
        f"It is {name}. [(This promise: unsupported, not tested.)](https://site.test/claims/t/{key}/)"
        for name, key in told
    ]


def test_a_label_within_a_link_or_without_one_stays_as_words():
    label = LABEL.format("/claims/t/hope/").replace("<a ", "<strong ").replace("</a>", "</strong>")

    assert body(f"<p>So. {label}</p>") == "So. (This promise: unsupported, not tested.)"
    linked = body(f'<p><a href="/x/">So. {LABEL.format("/claims/t/hope/")}</a></p>')
    assert linked == "[So. (This promise: unsupported, not tested.)](https://site.test/x/)"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>A <em>b</em></h1>", "# A *b*"),
        ("<ol start=3><li>a</li><li><p>b</p><p>c</p></li></ol>", "3. a\n\n4. b\n\n   c"),
        ("<ol reversed><li>new</li><li>old</li></ol>", "2. new\n1. old"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n\n  - b"),
        ("<dl><div><dt>Kind</dt><dd>Trial</dd></div></dl>", "- **Kind:** Trial"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<p><s>Gone.</s> a<b> b </b>c</p>", "~~Gone.~~ a **b** c"),
        ("<p><span>Trial</span>\n<span>Sells it</span></p>", "Trial; Sells it"),
        ("<p><a href='#way'>on</a></p>", "[on](https://site.test/t/safety/#way)"),
        ("<p><a href='https://doi.org/10.1/(2)'>x</a></p>", "[x](<https://doi.org/10.1/(2)>)"),
        ("<p><a href='/a/'>a</a><a href='/b/'>b</a></p>", "[a](https://site.test/a/) [b](https://site.test/b/)"),
        ("<details><summary>More</summary><p>a</p></details>", "**More**\n\na"),
        ("<img src='/images/a.png' alt='A [hair]'>", "![A \\[hair\\]](https://site.test/images/a.png)"),
        ("<pre><code>a  b</code></pre><hr>", "```\na  b\n```\n\n---"),
    ],
)  # fmt: skip
def test_each_element_has_its_form(html, markdown):
    assert body(html) == markdown


def test_a_table_keeps_its_rows_and_a_cells_blocks():
    rows = "<thead><tr><th>Q</th><th>A|B</th></tr></thead>"
    rows += "<tr><th>x</th><td><p>a</p><ul><li>b</li><li>c</li></ul></td></tr>"

    text = body(f"<table><caption>Of</caption>{rows}</table>")

    assert text == "**Of**\n\n| Q | A\\|B |\n| --- | --- |\n| x | a<br>- b<br>- c |"


@pytest.mark.parametrize(
    "words",
    ["*a* _b_ [c](d) `e`", "<b>", "# a", "- a", "+ a", "1. a", "2) a", "a ~~b~~", "&amp;lt; \\*"],
)
def test_words_that_look_like_markup_stay_words(words):
    escaped = words.replace("<", "&lt;")

    shown = MarkdownIt("commonmark").enable("strikethrough").render(body(f"<p>{escaped}</p>"))

    assert shown == f"<p>{escaped.replace('>', '&gt;').replace('`', '`')}</p>\n"


@pytest.mark.parametrize(
    "html",
    [
        "<nav aria-label='Breadcrumbs'><a href='/'>Home</a></nav>",
        "<nav><h2>On this page</h2><a href='#a'>a</a></nav>",
        "<form><p>Filter</p></form>",
        "<svg><title>Bar</title></svg>",
        "<p aria-hidden='true'>mark</p>",
        "<div popover id='x'>More</div>",
        "<details data-no-markdown><summary>Quote</summary></details>",
    ],
)
def test_what_only_a_browser_needs_is_left_out(html):
    assert body(f"{html}<p>Words.</p>") == "Words."


def test_a_menu_that_leads_elsewhere_stays():
    assert body("<nav><ul><li><a href='/t/'>T</a></li></ul></nav>") == "- [T](https://site.test/t/)"


def test_the_end_gives_the_address_and_what_the_foot_of_the_page_says():
    footer = "<footer><p>Not medical advice.</p></footer>"
    page = copy_of(f"<head>{HEAD}</head><main><p>a</p></main>{footer}")

    assert page.canonical == "https://site.test/t/safety/"
    assert "Source: <https://site.test/t/safety/> Quote each sentence with its label" in page.text
    assert page.text.endswith("\n\nNot medical advice.\n")


def test_a_page_that_is_not_to_be_listed_has_no_copy():
    unlisted = f'{HEAD}<meta name="robots" content="noindex">'

    assert copy_of(f"<head>{unlisted}</head><main><p>a</p></main>") is None
    assert copy_of("<main><p>a</p></main>") is None
