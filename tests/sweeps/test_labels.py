"""Every claim anywhere on the site carries its label, and every label explains itself."""

import re

from django.test import Client
from lxml import html

from explainer.evidence.labels import BRACKETED
from explainer.public.labels import WHOLE_SCALE
from tests.public import newsroom, shop
from tests.sweeps.whole_site import Site

WITH_CLASS = "contains(concat(' ', @class, ' '), ' {} ')"
CLAIM = f"//*[{WITH_CLASS.format('claim')}]"
LABEL = "*[starts-with(@class, 'label')]"
IN_KEY = "ancestor::details[@class='scale']"
WORDS = ("Plausible", "Under investigation", "Unsupported", "Plausible risk")


def test_every_claim_in_a_text_is_one_paragraph_with_its_label(site: Site) -> None:
    claims = [(page, claim) for page in site.pages for claim in page.tree.xpath(CLAIM)]

    assert len(claims) > 200
    for page, claim in claims:
        assert len(claim.xpath(LABEL)) == 1, f"{page.address}: {claim.text_content()}"
        assert claim.getchildren()[-1] in claim.xpath(LABEL)


def test_every_label_is_a_sentence_in_brackets_of_a_known_word(site: Site) -> None:
    words = {
        label.text_content()
        for page in site.pages
        for label in page.tree.xpath(f"//{LABEL}[not({WITH_CLASS.format('label--proven')})]")
    }

    assert {f"({word}.)" for word in WORDS} <= words
    assert "(This promise: unsupported, not tested.)" in words
    assert [found for found in words if not re.fullmatch(BRACKETED, found)] == []


def test_wherever_a_label_judges_this_promise_the_promise_is_in_italics(site: Site) -> None:
    told = [
        (page.address, claim.text_content())
        for page in site.pages
        for claim in page.tree.xpath(f"//div[contains(@class, 'prose')]{CLAIM}")
        if "(This promise: " in claim.text_content()
    ]
    bare = [
        (page.address, claim.text_content())
        for page in site.pages
        for claim in page.tree.xpath(f"//div[contains(@class, 'prose')]{CLAIM}")
        if "(This promise: " in claim.text_content() and not claim.xpath(".//i")
    ]

    assert len(told) > 200
    assert bare == []


def test_the_label_of_a_claim_opens_to_its_entry_and_says_which_claim_it_is(site: Site) -> None:
    swept = 0
    for page in site.pages:
        for link in page.tree.xpath(f"{CLAIM}/{LABEL}/a[starts-with(@href, '#')]"):
            (entry,) = page.tree.xpath(f"//*[@id='{link.get('href').removeprefix('#')}']")
            assert entry[-1].tail.strip().endswith((".", "?")), f"{page.address}{link.get('href')}"
            assert entry.xpath(f"./{LABEL}")
            assert entry.xpath("./a/@href")[0].startswith("/claims/")
            told = link.get("aria-label")
            assert told.lower().startswith(link.text_content().lower())
            assert ": why? " in told
            swept += 1

    assert swept > 200


def test_links_to_the_reasons_of_one_page_are_all_different(site: Site) -> None:
    for page in site.pages:
        told = {
            (link.get("href"), link.get("aria-label"))
            for link in page.tree.xpath(f"{CLAIM}/{LABEL}/a[starts-with(@href, '#')]")
        }
        names = [name for _, name in told]
        assert len(names) == len(set(names)), page.address


def test_every_row_of_the_register_and_every_claim_page_shows_a_label(site: Site) -> None:
    rows = [
        row
        for page in site.pages
        for row in page.tree.xpath(f"//li[{WITH_CLASS.format('register__item')}]")
    ]
    claims = [page for page in site.pages if re.fullmatch(r"/claims/[\w-]+/[\w-]+/", page.path)]

    assert len(rows) > 200
    assert len(claims) > 150
    assert all(row.xpath(f".//{LABEL}") for row in rows)
    assert all(page.tree.xpath(f"//header//{LABEL}") for page in claims)


def test_proven_stands_in_the_legend_only(site: Site) -> None:
    proven = [
        (page.path, label.getparent().get("class"))
        for page in site.pages
        for label in page.tree.xpath(f"//*[{WITH_CLASS.format('label--proven')}]")
    ]

    assert {"/", "/compare/", "/claims/map/", "/method/"} <= {path for path, _ in proven}
    assert {place for _, place in proven} == {"scale__item"}


def test_an_article_leads_to_the_key_by_its_first_mark(site: Site) -> None:
    swept = 0
    below = f"//main//{LABEL}[not(ancestor::div[@class='short-answer'] or {IN_KEY})]"
    for page in site.pages:
        if not page.tree.xpath("//section[@aria-labelledby='claims']"):
            continue
        keys = page.tree.xpath("//details[@class='scale']")
        leads = page.tree.xpath("//a[@href='/method/#how-to-read-a-label']")
        (found,) = keys + leads
        in_order = list(page.tree.iter())
        assert in_order.index(found) < in_order.index(page.tree.xpath(below)[0]), page.address
        for lead in leads:
            assert lead.getparent().getprevious().get("class") == "short-answer", page.address
        swept += 1

    assert swept > 25


def change_much() -> None:
    """Make a site on which something of every sort has changed."""
    shop.build()
    staff = newsroom.two()
    others = ("articles/home", "articles/t/safety", "treatments/t", "sources/clinic-a")
    drafts = [newsroom.drafted("claims/t/hope", staff[0], **newsroom.doubted(), correction=True)]
    drafts += [newsroom.drafted(subject, staff[0]) for subject in others]
    newsroom.published(*drafts, staff=staff)
    shop.claim("harm", statement="It can hurt.", bearing="warning", topic="safety")
    shop.withdraw("claims/t/hope", now=newsroom.later(1))


def test_every_claim_among_the_changes_stands_beside_its_label() -> None:
    change_much()

    page = html.fromstring(Client().get("/changes/").content.decode())
    links = page.xpath(f"//li[{WITH_CLASS.format('changes__item')}]//a[contains(@href, 'claims')]")
    statements = [link for link in links if link.get("class") == "changes__link"]

    assert len(statements) == 4
    for statement in statements:
        struck = statement.getparent() if statement.getparent().tag == "s" else statement
        assert struck.getnext().get("class").startswith("label--"), statement.text_content()


def test_every_claim_in_the_feed_begins_with_its_label() -> None:
    change_much()
    labels = tuple(label.word for label in WHOLE_SCALE)

    feed = html.fromstring(Client().get("/changes.atom").content)
    titles = {
        entry.findtext("title"): entry.find("link").get("href") for entry in feed.iter("entry")
    }

    claims = [title for title, address in titles.items() if "/claims/" in address]
    assert len(claims) == 4 < len(titles)
    assert all(title.removeprefix("Correction: ").startswith(labels) for title in claims)


def test_what_a_label_is_explained_with_carries_that_label(site: Site) -> None:
    swept = 0
    for address in ("/did-i-read-it-right/", "/method/"):
        asked = ""
        for element in site.answers[address].tree.xpath(f"//main//h2 | //main{CLAIM}"):
            if element.tag == "h2":
                asked = element.text_content().lower()
            elif "question does" in asked or "called" in asked or "under investigation" in asked:
                (word,) = element.xpath(f"./{LABEL}/a")
                told = word.text_content().lower().removeprefix("still ")
                assert told in asked, f"{address}: {element.text_content()}"
                swept += 1

    assert swept == 6
