"""The search: groups, labels, marks, filters, and that no query is kept or logged."""

import logging

import pytest
from lxml import html

from explainer.kinds import TERM
from explainer.library import as_of
from explainer.search import index, results
from explainer.web.logs import DiscreetFormatter
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def claims(site):
    shop.claim(
        "roots", name="Sleeping roots", heard=["wakes lazy follicles"], ask="Who counted them?",
        statement="Sellers say *it wakes sleeping roots*, but no study shows it.", **shop.VAIN,
    )  # fmt: skip
    shop.claim(
        "unborn", name="Dutasteride in pregnancy", bearing="warning", topic="safety",
        statement="Dutasteride may harm an unborn boy.", heard=["dutasteride when pregnant"],
    )  # fmt: skip
    shop.claim("drug", name="Dutasteride shots", statement="Dutasteride shots may slow hair loss.")
    shelf.publish(shelf.draft(TERM, "follicle", term="hair root", definition="Where hair grows."))


def page(client, query: str) -> html.HtmlElement:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def text_of(found: html.HtmlElement) -> str:
    return " ".join(found.text_content().split())


def test_a_claim_is_found_with_its_label_and_its_words_marked(client):
    first = page(client, "q=sleeping+root").xpath("//section[@aria-labelledby='best']//li")[0]

    assert text_of(first).startswith("Sellers say it wakes sleeping roots, but no study shows it.")
    assert "(This promise: unsupported" in text_of(first)
    assert [mark.text for mark in first.xpath(".//mark")] == ["sleeping", "roots"]


def test_no_claim_stands_in_any_result_without_its_label(client):
    tree = page(client, "q=dutasteride+sleeping+roots+hair")

    claims = tree.xpath("//main//a[starts-with(@href, '/claims/t/')]")
    assert len(claims) >= 3
    assert all(link.getnext().get("class").startswith("label--") for link in claims)


def test_results_come_in_groups_and_a_word_with_its_meaning(client):
    tree = page(client, "q=hair+root")

    assert "Where hair grows." in text_of(tree)
    titles = [text_of(title) for title in tree.xpath("//h2")]
    assert titles[0] == "What fits best"
    assert tree.xpath("//a[@href='/glossary/#term-follicle']")


def test_no_more_claims_are_read_than_can_be_shown(client, monkeypatch):
    asked, read = [], results.by_key

    def counted(keys, names):
        asked.append([*keys])
        return read(asked[-1], names)

    monkeypatch.setattr(results, "by_key", counted)
    monkeypatch.setattr(results, "BEST", 1)
    monkeypatch.setattr(results, "PER_GROUP", 1)

    page(client, "q=dutasteride+sleeping+roots+hair")

    assert len(asked[0]) == 2


def test_filters_keep_what_fits_them(client):
    assert page(client, "q=roots&kind=term").xpath("//a[@href='/glossary/#term-follicle']")
    assert not page(client, "q=roots&kind=term").xpath("//a[@href='/claims/t/roots/']")
    assert page(client, "q=roots&treatment=t").xpath("//a[@href='/claims/t/roots/']")
    assert "Nothing found for" in text_of(page(client, "q=roots&treatment=nobody-knows"))


def test_pregnancy_stands_above_the_results_where_a_drug_is_found(client):
    for query in ("dutasteride", "dutasteride+shots"):
        first = page(client, f"q={query}").xpath("//section")[0]
        assert "Pregnant, planning a child or breast feeding?" in text_of(first)
        assert "Dutasteride may harm an unborn boy. (Plausible risk" in text_of(first)
    assert "Pregnant, planning" not in text_of(page(client, "q=sleeping+roots"))


def test_a_slip_is_forgiven_and_told(client):
    tree = page(client, "q=dutastride")

    assert "We looked for “dutasteride”." in text_of(tree)
    assert tree.xpath("//a[@href='/claims/t/drug/']")


@pytest.mark.parametrize("query", ["q=", "q=+", "", "q=the", "q=%00", "q=xyzzyq", "q=%3Cb%3E"])
def test_an_empty_page_and_one_without_a_hit_lead_on(client, query):
    tree = page(client, query)

    assert tree.xpath("//main//a[@href='/t/']")
    assert tree.xpath("//main//a[@href='/claims/']")
    assert not tree.xpath("//main//b")


def test_a_search_is_kept_by_nobody(client):
    for address in ("/search/?q=roots", "/search/names.json?q=ro"):
        response = client.get(address)
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies


def test_no_word_of_a_query_reaches_a_log(client, caplog, monkeypatch):
    monkeypatch.setattr(index.Index, "search", lambda _, query: int(query))

    with caplog.at_level(logging.DEBUG):
        assert "The search is away" in text_of(page(client, "q=secretword"))

    written = "".join(map(DiscreetFormatter().format, caplog.records))
    assert "in find" in written
    assert "secretword" not in written


def test_a_broken_index_is_made_anew(client, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(index.Index, "search", lambda _, query: int(query))
        assert "The search is away" in text_of(page(client, "q=roots"))

    assert page(client, "q=roots").xpath("//a[@href='/claims/t/roots/']")


def test_without_an_index_the_page_says_so_and_offers_the_claims(client, monkeypatch):
    monkeypatch.setattr(index, "make", lambda: 1 / 0)

    tree = page(client, "q=roots")

    assert "The search is away at the moment" in text_of(tree)
    assert tree.xpath("//main//p[@role='status']/a/@href") == ["/claims/"]
    assert client.get("/search/names.json?q=ro").json() == {"names": []}


def test_the_past_never_asks_the_index_of_today(client, monkeypatch):
    monkeypatch.setattr(index.Shelf, "current", lambda _: 1 / 0)

    with as_of.looking_at(shop.LATER):
        assert "The search is away" in text_of(page(client, "q=roots"))


def test_names_go_on_as_the_query_does_and_are_never_those_of_claims(client):
    assert client.get("/search/names.json?q=ha").json() == {"names": ["hair root"]}
    assert client.get("/search/names.json?q=hair+ro").json() == {"names": ["hair root"]}
    assert client.get("/search/names.json?q=slee").json() == {"names": []}
    assert client.get("/search/names.json?q=h").json() == {"names": []}


def first_of(client, settings, tmp_path, table: str, query: str) -> list[str]:
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "first.tsv").write_text(f"pages\ttitle\twords\n{table}\n")
    settings.CONTENT_DIR = tmp_path
    links = page(client, f"q={query}").xpath("//section[@aria-labelledby='first-pages']//li/a")
    return [f"{text_of(link)}: {link.get('href')}" for link in links]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hard+lump", ["Is it bad? Do this: /help/"]),
        ("lumps+on+my+head", ["Is it bad? Do this: /help/"]),
        ("mouldy+treatment+lump", ["Is it bad? Do this: /help/"]),
        ("lump+after+the+treatment+at+hand", ["Is it bad? Do this: /help/"]),
        ("no+lump", []),
        ("xyzzyq", []),
    ],
)  # fmt: skip
def test_words_of_a_person_bring_the_page_that_starts_from_them(
    client, settings, tmp_path, query, found
):
    shelf.publish(shelf.article_draft("help", title="Help"))
    table = "help\tIs it bad? Do this\tlump\nnobody\t\tlump"

    assert first_of(client, settings, tmp_path, table, query) == found


def test_a_treatment_that_is_named_brings_its_own_page_and_a_page_stands_once(
    client, settings, tmp_path
):
    shelf.publish(shelf.article_draft("help", title="Help"))
    table = "help|*/safety\tDo this\tlump\nhelp\t\thard"

    found = first_of(client, settings, tmp_path, table, "the+treatment+hard+lump")

    assert [link.rpartition(": ")[2] for link in found] == ["/help/", "/t/safety/"]


def test_a_source_is_never_what_fits_best(client):
    shop.source("paper", title="Sleeping roots wake")

    tree = page(client, "q=sleeping+roots+wake")

    assert not tree.xpath("//section[@aria-labelledby='best']//a[contains(@href, '/sources/')]")
    assert tree.xpath("//section[@aria-labelledby='group-source']//a")


def test_what_a_word_is_called_finds_it_before_what_means_the_same(client):
    shelf.publish(shelf.draft(TERM, "a-blend", term="blend", definition="A mix of things."))
    shelf.publish(shelf.draft(TERM, "zz", term="zz platelet", also=["MIX"], definition="A zz."))

    first = page(client, "q=mix").xpath("//section[@aria-labelledby='best']//li")[0]

    assert text_of(first).startswith("zz platelet")


def test_pregnancy_is_told_only_if_a_drug_or_pregnancy_is_looked_for(client):
    assert "Pregnant, planning" not in text_of(page(client, "q=shots"))
    assert "Pregnant, planning" in text_of(page(client, "q=shots+when+pregnant"))


def test_the_filters_are_folded_after_a_search_and_open_if_one_is_set(client):
    assert page(client, "").xpath("//form//details[@open]//select")
    assert page(client, "q=roots").xpath("//form//details[not(@open)]//select")
    assert page(client, "q=roots&kind=term").xpath("//form//details[@open]//select")
