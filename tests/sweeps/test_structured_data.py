"""Structured data: readable as a search engine reads it, true to the page and to schema.org."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import extruct
from django.conf import settings

from tests.sweeps.whole_site import Answer, Site

VOCABULARY = json.loads((Path(__file__).parent.parent / "public" / "schemaorg.json").read_text())
TEXTS = ("name", "description", "text", "alternateName", "jobTitle")


def nodes_of(value: object) -> Iterator[dict]:
    """Give every node of a graph, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes_of(inner)


def types_of(node: dict) -> list[str]:
    return node["@type"] if isinstance(node["@type"], list) else [node["@type"]]


def with_parents(kind: str) -> set[str]:
    parents = (with_parents(parent) for parent in VOCABULARY["types"].get(kind, []))
    return {kind}.union(*parents)


def as_list(value: object) -> list:
    return value if isinstance(value, list) else [value]


def accepts(name: str, value: object) -> bool:
    """Say whether schema.org lets a property hold a value of this type."""
    accepted = set(VOCABULARY["properties"][name]["range"])
    if isinstance(value, dict):
        return bool(accepted & set().union(*map(with_parents, types_of(value))))
    if isinstance(value, bool):
        return "Boolean" in accepted
    if isinstance(value, int):
        return bool(accepted & {"Integer", "Number"})
    return bool(accepted & {"Text", "URL", "Date", "DateTime"}) or name == "item"


def texts_of(page: Answer) -> Iterator[str]:
    for node in nodes_of(page.structured):
        for name in TEXTS:
            yield from as_list(node.get(name, []))


def test_extruct_reads_back_the_graph_of_every_listed_page(site: Site) -> None:
    for page in site.listed:
        read = extruct.extract(page.text, syntaxes=["json-ld"])["json-ld"]
        assert [graph["@graph"] for graph in read] == [page.structured], page.address
        assert read[0]["@context"] == "https://schema.org"


def test_every_type_and_property_is_schema_orgs_own(site: Site) -> None:
    swept: Counter[str] = Counter()
    for page in site.listed:
        for node in nodes_of(page.structured):
            kinds = set().union(*map(with_parents, types_of(node)))
            swept.update(types_of(node))
            assert set(types_of(node)) <= VOCABULARY["types"].keys(), page.address
            for name, values in node.items():
                if name != "@type":
                    assert kinds & set(VOCABULARY["properties"][name]["domain"]), name
                    assert all(accepts(name, value) for value in as_list(values)), name

    wanted = {"MedicalWebPage", "FAQPage", "Question", "BreadcrumbList", "DefinedTerm", "WebSite"}
    assert wanted <= swept.keys()


def test_every_text_stands_on_its_page(site: Site) -> None:
    swept = 0
    for page in site.listed:
        for text in texts_of(page):
            swept += 1
            assert " ".join(text.split()) in page.visible_text, f"{page.address}: {text}"

    assert swept > 1000


def test_every_address_in_it_is_a_page_of_this_site(site: Site) -> None:
    listed = {page.address: page for page in site.listed}
    swept = 0
    for page in site.listed:
        for node in nodes_of(page.structured):
            for address in (
                node[name] for name in ("url", "item") if isinstance(node.get(name), str)
            ):
                path, _, fragment = address.removeprefix(settings.SITE_URL).partition("#")
                assert path in listed, address
                assert not fragment or listed[path].tree.xpath(f"//*[@id='{fragment}']"), address
                swept += 1

    assert swept > 1000


def test_breadcrumbs_are_numbered_and_equal_the_visible_ones(site: Site) -> None:
    swept = 0
    for page in site.listed:
        shown = page.tree.xpath("//nav[@aria-label='Breadcrumbs']//li")
        stated = [node for node in page.structured if node["@type"] == "BreadcrumbList"]
        steps = stated[0]["itemListElement"] if stated else []
        assert [step["name"] for step in steps] == [s.text_content().strip() for s in shown]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        swept += bool(steps)

    assert swept == len(site.listed) - 1


def test_no_page_claims_a_review_that_nobody_did(site: Site) -> None:
    articles = [page for page in site.listed if "No clinician has reviewed" in page.text]

    assert len(articles) > 10
    for page in articles:
        assert "reviewedBy" not in page.text
        assert "lastReviewed" not in page.text


def test_each_claim_page_cites_its_sources_for_patients_and_states_no_rating(site: Site) -> None:
    pages = [page for page in site.listed if page.path.count("/") == 4 and "/claims/" in page.path]
    stated = [next(n for n in page.structured if "citation" in n) for page in pages]
    dois = [one["sameAs"] for node in stated for one in node["citation"] if "sameAs" in one]

    assert len(stated) > 250
    assert len(dois) > 100
    assert all(doi.startswith("https://doi.org/10.") for doi in dois)
    for page, node in zip(pages, stated, strict=True):
        assert node["@type"] == "MedicalWebPage"
        assert node["audience"]["audienceType"] == "Patient"
        assert node["about"][0]["@type"] == "MedicalCondition"
        named = {one["url"].removeprefix(settings.SITE_URL) for one in node["citation"]}
        assert named == set(page.tree.xpath("//a[@class='source']/@href")), page.address
        assert node["abstract"].endswith(".)"), "the statement goes with its label"
        assert not [name for name in node if "ating" in name], "a label is no rating"


def test_a_page_is_called_by_its_heading(site: Site) -> None:
    named = [
        (page, node["name"])
        for page in site.listed
        for node in page.structured
        if "name" in node and {"WebPage", "MedicalWebPage"} & set(types_of(node))
    ]

    assert len(named) > 30
    for page, name in named:
        assert name == " ".join(page.tree.xpath("//h1")[0].text_content().split()), page.address


def test_each_treatment_page_is_a_medical_page_about_its_therapy(site: Site) -> None:
    medical = [
        node
        for page in site.listed
        for node in page.structured
        if "MedicalWebPage" in types_of(node) and not page.path.startswith("/claims/")
    ]

    therapies = [node["about"]["name"] for node in medical if "about" in node]
    assert Counter(therapies) == {"Mesotherapy": 6, "MSC therapy": 6}
    assert len(medical) == 14, "the two options are medical pages about no therapy"
    assert sum("FAQPage" in types_of(node) for node in medical) == 2
