"""What a page with claims weighs on the way to a reader: bytes, which no machine's load changes.

An article of 30 claims, said 40 times, is the measure; a longer page may weigh more in proportion,
by its claims or by how often it says them, whichever is more. Drawings are not counted, nor, before
it is compressed, what a page of questions says once more to search engines.
"""

import re

import brotli

from tests.sweeps.whole_site import Answer, Site

CLAIMS, MENTIONS = 30, 40
WHOLE, COMPRESSED = 45_000, 9_000
COMPARED = 70_000
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
SAID_AGAIN = re.compile(r"<script type=\"?application/ld\+json\"?>.*?</script>", re.DOTALL)


def with_claims(site: Site) -> list[tuple[Answer, float]]:
    """Give the pages with a list of claims, and how many times the measure each may weigh."""
    found = []
    for page in site.listed:
        claims = len(page.tree.xpath("//section[@aria-labelledby='claims']//li"))
        said = len(page.tree.xpath("//main//*[contains(concat(' ', @class, ' '), ' claim ')]"))
        if claims and page.path != "/compare/":
            found.append((page, max(1, claims / CLAIMS, said / MENTIONS)))
    return found


def html_of(page: Answer) -> str:
    return DRAWING.sub("", page.text)


def html_once(page: Answer) -> str:
    """Give the HTML of a page without the answers that a page of questions repeats."""
    return SAID_AGAIN.sub("", html_of(page)) if page.path.endswith("/faq/") else html_of(page)


def test_a_page_weighs_no_more_than_its_claims_allow(site: Site) -> None:
    pages = with_claims(site)
    weights = {
        page.address: (len(html_once(page).encode()), int(WHOLE * times)) for page, times in pages
    }

    assert len(pages) > 25
    assert {address: it for address, it in weights.items() if it[0] > it[1]} == {}


def test_a_page_weighs_little_compressed(site: Site) -> None:
    pages = with_claims(site)
    weights = {
        page.address: (len(brotli.compress(html_of(page).encode())), int(COMPRESSED * times))
        for page, times in pages
    }

    assert len(pages) > 25
    assert {address: it for address, it in weights.items() if it[0] > it[1]} == {}


def test_the_comparison_is_one_page_that_a_phone_loads(site: Site) -> None:
    assert len(site.answers["/compare/"].text.encode()) <= COMPARED
