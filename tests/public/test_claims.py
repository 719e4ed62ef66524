"""The page of one claim: its label, why, who decided, what became of it."""

import pytest
from django.template.loader import render_to_string

from explainer.evidence.levels import Bearing, Level
from explainer.evidence.render import label as written_by_renderer
from explainer.public.labels import WHOLE_SCALE, label_of
from explainer.public.templatetags import components
from tests.library import shelf
from tests.public import newsroom, shop

pytestmark = pytest.mark.usefixtures("site")

MORE = {"level": "unsupported", "reason": "overstated", "level_reason": "A later look found less."}


def test_a_claim_page_gives_label_explanation_why_and_what_would_change_it(client):
    text = shop.visible(client, "/claims/t/hope/")

    assert "The treatment may help some hair. Evidence: Plausible There is a sound reason" in text
    assert "Why this label Because." in text
    assert "What would change it A trial." in text
    assert "Only one source speaks to this." in text


def test_a_claim_page_tells_which_source_decided_and_what_is_borrowed_or_sold(
    client,
):
    shop.source("seller", kind="clinic", sells_treatment=True)
    shop.source("far")
    positions = [
        shelf.position("under-investigation"),
        shelf.position("plausible", "seller", product="mix"),
        shelf.position("under-investigation", "far", product="other"),
    ]
    shop.claim("doubt", product="mix", kind="effect", positions=positions)

    text = shop.visible(client, "/claims/t/doubt/")

    assert "The most cautious reading decides, that of “A clinic” and “Title of far”." in text
    assert "“Title of seller” Clinic Sells the treatment" in text
    assert "“Title of far” Controlled trial Borrowed evidence: about another product" in text
    assert text.count("Decides the label") == 2


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
            "The most cautious reading decides, that of “Title of other-0”.",
        ),
        (
            ["plausible", "under-investigation"],
            MORE,
            "The sources differ in how sure one can be. "
            "Their most cautious reading is that of “Title of other-0”. "
            "We chose more caution than the sources give: A later look found less.",
        ),
    ],
)
def test_a_claim_says_who_decided_and_who_did_not(client, levels, words, expected):
    sources = ["clinic-a", *(f"other-{number}" for number in range(len(levels) - 1))]
    for source in sources[1:]:
        shop.source(source)
    positions = [shelf.position(*pair) for pair in zip(levels, sources, strict=True)]
    shop.claim("chosen", positions=positions, **words)

    assert expected in shop.visible(client, "/claims/t/chosen/")


def test_an_unsupported_claim_gives_its_reason(client):
    shop.claim("vain", **shop.VAIN)

    assert "We found no study of it." in shop.visible(client, "/claims/t/vain/")


def test_a_claim_page_links_to_every_page_that_shows_it(client):
    page = client.get("/claims/t/hope/").content

    assert b'href="/t/safety/#claim-t-hope"' in page
    assert b'href="/t/#claim-t-hope"' in page


def test_history_tells_each_version_with_its_labels(client):
    shop.claim("hope", **newsroom.doubted())

    text = shop.visible(client, "/claims/t/hope/")

    assert "Version 2, 2 January 2026 From Evidence: Plausible to Evidence: Under inv" in text
    assert "Version 1, 2 January 2026 First published as Evidence: Plausible A test" in text


def test_a_withdrawn_claim_keeps_its_address_struck_through_and_unlisted(client):
    shop.withdraw("claims/t/hope", "The study was taken back.")

    response = client.get("/claims/t/hope/")
    page = response.content.decode()

    assert response.status_code == 200
    assert '<s class="claim claim--withdrawn">The treatment may help some hair.</s>' in page
    assert "The study was taken back." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "From" in shop.visible(client, "/claims/t/hope/")
    assert b"/claims/t/hope/" not in client.get("/sitemap.xml").content
    assert b"may help some hair" not in client.get("/claims/").content


def test_pages_that_show_a_withdrawn_claim_strike_it_through(client):
    shop.withdraw("claims/t/hope", "The study was taken back.")

    text = shop.visible(client, "/t/safety/")

    assert b'<s class="claim claim--withdrawn">' in client.get("/t/safety/").content
    assert "Evidence: Withdrawn" in text
    assert "Evidence: Plausible There" not in text.rsplit("The claims on this page")[-1]


@pytest.mark.parametrize("address", ["/claims/t/none/", "/claims/none/hope/", "/claims/t/"])
def test_a_claim_that_is_not_public_is_not_found(client, address):
    shelf.claim_draft("none")

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("label", WHOLE_SCALE, ids=lambda label: label.words)
def test_the_label_component_writes_what_the_renderer_writes(label):
    component = render_to_string("components/label.html", {"label": label, "href": "#here"})

    assert component == written_by_renderer(label.modifier, label.words, "#here")


def test_the_label_component_refuses_a_level_nobody_knows():
    with pytest.raises(ValueError, match="'proven' is not a valid Level"):
        components.label_of_tag("proven", "promise")

    assert components.label_of_tag("plausible", "warning") == label_of(
        Level.PLAUSIBLE, Bearing.WARNING
    )
