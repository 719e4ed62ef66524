"""For every page: its Markdown has the same claims with the same labels in the same order."""

import json
import re

from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from lxml import html
from markdown_it import MarkdownIt

from explainer.evidence.labels import BRACKETED
from explainer.text.page_copy import copy_of
from tests.files.folders import real_check
from tests.sweeps.whole_site import Answer, Site

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
CLAIM = "//main//*[contains(concat(' ', @class, ' '), ' claim ')]"
KINDS = ["/", "/compare/", "/msc-therapy/", "/msc-therapy/safety/", "/claims/", "/claims/?page=2"]
KINDS += ["/questions/msc-therapy/", "/records/", "/glossary/", "/sources/", "/changes/"]


def line(text: str) -> str:
    return " ".join(text.split())


def copied(page: Answer) -> str:
    """Give the words of a page's Markdown as a reader of Markdown would show them."""
    copy = copy_of(page.text)
    assert copy is not None, page.address
    shown = PARSER.render(copy.text).replace("<br>", " ").replace("<td>", "<td> ")
    return line(html.fromstring(f"<div>{shown}</div>").text_content())


def linked_labels(page: Answer) -> list[html.HtmlElement]:
    """Give each label that is a link by itself; those of the key lead to their own entry."""
    copy = copy_of(page.text)
    assert copy is not None, page.address
    shown = html.fromstring(f"<div>{PARSER.render(copy.text)}</div>")
    alone = [link for link in shown.iter("a") if re.fullmatch(BRACKETED, link.text_content())]
    return [link for link in alone if "/method/#label-" not in link.get("href")]


def test_every_copy_has_the_labels_of_its_page_in_their_order(site: Site) -> None:
    swept = 0
    for page in site.listed:
        labels = re.findall(BRACKETED, page.visible_text)
        swept += len(labels)
        assert re.findall(BRACKETED, copied(page)) == labels, page.address

    assert swept > 1500


def test_every_copy_has_the_claims_of_its_page_with_their_labels_in_their_order(site: Site) -> None:
    swept = 0
    for page in site.listed:
        text, at = copied(page), 0
        for claim in page.tree.xpath(CLAIM):
            words = line(claim.text_content())
            found = text.find(words, at)
            assert found >= 0, f"{page.address}: {words}"
            at, swept = found + len(words), swept + 1

    assert swept > 500


def test_every_label_of_a_claim_in_a_text_leads_to_the_page_of_the_claim_before_it(
    site: Site,
) -> None:
    claims, swept = real_check().context.claims, 0
    for page in site.listed:
        for link in linked_labels(page):
            address = link.get("href").removeprefix(settings.SITE_URL)
            claim = claims.get(address.removeprefix("/claims/").strip("/"))
            statement = line(site.answers[address].tree.xpath("string(//main//h1)"))
            told = (statement, *claim.wordings) if claim else (statement,)
            before = line(
                "".join(link.xpath("preceding-sibling::node()/descendant-or-self::text()"))
            )
            assert before.endswith(told), f"{page.address}: {before} leads to {address}"
            swept += 1

    assert swept > 800


def test_the_address_of_a_copy_answers_with_the_copy_of_that_page(site: Site, content) -> None:
    client = Client()
    with content():
        for address in KINDS:
            page = site.answers[address]
            (copied_at,) = page.tree.xpath("//link[@type='text/markdown']/@href")
            copy = copy_of(page.text)
            assert copy is not None
            assert client.get(copied_at).content.decode() == copy.text, address


def test_only_what_may_be_listed_names_a_copy(site: Site) -> None:
    with_copy = {p.address for p in site.pages if p.tree.xpath("//link[@type='text/markdown']")}

    assert with_copy == {page.address for page in site.listed}


def test_every_claim_fits_the_schema(content) -> None:
    client = Client()
    with content():
        told = json.loads(client.get("/claims.json").content)
        schema = json.loads(client.get("/claims.schema.json").content)

    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert len(told["claims"]) > 200
    assert [f"{list(e.path)}: {e.message}" for e in validator.iter_errors(told)] == []
    assert all(re.search(rf"{BRACKETED}$", claim["quote"]) for claim in told["claims"])
