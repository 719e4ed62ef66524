"""The page of one claim: its label, why, who decided, what became of it."""

import pytest

from explainer.evidence.labels import Label
from explainer.evidence.levels import Bearing, Ground, Level
from explainer.library.rendering import explain_page, label_html
from tests.library import shelf
from tests.public import newsroom, shop

pytestmark = pytest.mark.usefixtures("site")

MORE = {"level": "unsupported", "reason": "overstated", "level_reason": "A later look found less."}


def test_a_claim_page_gives_label_explanation_why_and_what_would_change_it(client):
    text = shop.visible(client, "/claims/t/hope/")

    verdict = (
        "The treatment may help some hair. (Plausible, in theory only.) There is a sound reason"
    )
    assert verdict in text
    assert "Why this label Because." in text
    assert "What would change it A trial." in text
    assert "Plausible by our rule: those who say so sell it and show nothing." in text


def test_a_claim_page_tells_which_source_decided_and_what_is_borrowed_or_sold(
    client,
):
    shop.source("seller", kind="clinic", sells_treatment=True)
    shop.source("far")
    shop.source("near")
    positions = [
        shelf.position("under-investigation"),
        shelf.position("plausible", "seller", product="mix"),
        shelf.position("under-investigation", "far", product="other", finding="supports"),
        shelf.position("under-investigation", "near", finding="mixed"),
    ]
    shop.claim("doubt", product="mix", kind="effect", positions=positions)

    text = shop.visible(client, "/claims/t/doubt/")

    assert "The most cautious reading decides, that of “Title of far” and “Title of near”." in text
    assert "“Title of seller” Clinic Sells the treatment" in text
    assert "“Title of far” Controlled trial Borrowed evidence: about another product" in text
    assert text.count("Decides the label") == 2


def test_who_says_it_stands_apart_from_who_looked_and_no_seller_is_quoted_or_labelled(client):
    shop.source("trial")
    positions = [
        shelf.position("plausible"),
        shelf.position("under-investigation", "trial", finding="mixed", says="Saw little."),
    ]
    shop.claim("doubt", kind="effect", positions=positions)

    text = shop.visible(client, "/claims/t/doubt/")
    page = client.get("/claims/t/doubt/").content.decode()

    says, _, looked = text.rpartition("Who looked into it")
    says = says.rpartition("Who says it")[2]
    assert "Saw little. Looked into it: mixed or weak results" in looked
    assert "Going by this alone: under investigation Decides the label" in looked
    assert "Says so. Says so, shows nothing" in says
    assert "Going by" not in says
    assert page.count("data-nosnippet") == 1


def test_a_claim_page_gives_both_arms_and_what_was_looked_for(client):
    shop.source("trial")
    numbers = [
        ["source", "trial"],
        ["outcome", "Hair grew"],
        ["with", "3 of 9"],
        ["without", "2 of 9"],
    ]
    looked = [["date", "2026-11-20"], ["for", "trials of it"]]
    shop.claim("counted", numbers=numbers, looked=looked)

    text = shop.visible(client, "/claims/t/counted/")

    assert "Hair grew: 3 of 9 with it, 2 of 9 without." in text
    assert "As of 20 November 2026: trials of it." in text


@pytest.mark.parametrize(
    ("levels", "words", "expected"),
    [
        (["plausible"] * 2, {}, "Each source alone would lead to the same label."),
        (
            ["plausible"] * 2,
            MORE,
            "Each source alone would lead to the same label. "
            "We chose more caution than the sources give: A later look found less.",
        ),
        (
            ["plausible", "under-investigation"],
            {},
            "The sources differ in how sure one can be. "
            "The most cautious reading decides, that of “Title of other-1”.",
        ),
        (
            ["plausible", "under-investigation"],
            MORE,
            "The sources differ in how sure one can be. "
            "Their most cautious reading is that of “Title of other-1”. "
            "We chose more caution than the sources give: A later look found less.",
        ),
    ],
)
def test_a_claim_says_who_decided_and_who_did_not(client, levels, words, expected):
    sources = [f"other-{number}" for number in range(len(levels))]
    for source in sources:
        shop.source(source)
    positions = [shelf.position(*pair) for pair in zip(levels, sources, strict=True)]
    shop.claim("chosen", positions=positions, **words)

    assert expected in shop.visible(client, "/claims/t/chosen/")


def test_an_unsupported_claim_gives_its_reason(client):
    shop.claim("vain", **shop.VAIN)

    assert "(Unsupported, not tested.)" in shop.visible(client, "/claims/t/vain/")


def test_a_claim_page_links_to_every_page_that_shows_it(client):
    page = client.get("/claims/t/hope/").content

    assert b'href="/t/safety/#c-t-hope"' in page
    assert b'href="/t/#c-t-hope"' in page


def test_history_tells_each_version_with_its_labels(client):
    shop.claim("hope", **newsroom.doubted())

    text = shop.visible(client, "/claims/t/hope/")

    assert "Version 2, 2 January 2026 From (Plausible, in theory only.) to (Still under" in text
    assert (
        "Version 1, 2 January 2026 First published as (Plausible, in theory only.) A test" in text
    )


def test_a_withdrawn_claim_keeps_its_address_struck_through_and_unlisted(client):
    shop.withdraw("claims/t/hope", "The study was taken back.")

    response = client.get("/claims/t/hope/")
    page = response.content.decode()

    assert response.status_code == 200
    assert '<s class="claim--withdrawn">The treatment may help some hair.</s>' in page
    assert "The study was taken back." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "From" in shop.visible(client, "/claims/t/hope/")
    assert b"/claims/t/hope/" not in client.get("/sitemap.xml").content
    assert b"may help some hair" not in client.get("/claims/").content


def test_pages_that_show_a_withdrawn_claim_strike_it_through(client):
    shop.withdraw("claims/t/hope", "The study was taken back.")

    text = shop.visible(client, "/t/safety/")

    assert b'<p class="claim claim--withdrawn"><s' in client.get("/t/safety/").content
    assert "(Withdrawn.)" in text
    assert "(Plausible" not in text.rsplit("The claims on this page")[-1]


@pytest.mark.parametrize("address", ["/claims/t/none/", "/claims/none/hope/", "/claims/t/"])
def test_a_claim_that_is_not_public_is_not_found(client, address):
    shelf.claim_draft("none")

    assert client.get(address).status_code == 404


def test_the_label_component_writes_what_the_renderer_writes():
    label = Label(Level.PLAUSIBLE, Bearing.PROMISE, Ground.THEORY)

    component = label_html(label, "#c-t-hope", "Hope")

    page = explain_page(shelf.document("articles/t/safety").live)
    assert component in page.body_html
