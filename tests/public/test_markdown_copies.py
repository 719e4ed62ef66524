"""Each page's Markdown: at its address, for programs, never in place of the page."""

import re

import pytest
from lxml import html

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.usefixtures("site")

PAGES = {
    "/": "/index.md",
    "/t/": "/t.md",
    "/t/safety/": "/t/safety.md",
    "/claims/": "/claims.md",
    "/claims/t/hope/": "/claims/t/hope.md",
    "/sources/": "/sources.md",
    "/sources/clinic-a/": "/sources/clinic-a.md",
    "/records/": "/records.md",
    "/glossary/": "/glossary.md",
    "/changes/": "/changes.md",
}


@pytest.mark.parametrize(("address", "copied"), PAGES.items())
def test_every_page_names_its_copy_and_the_copy_its_page(client, settings, address, copied):
    page = html.fromstring(client.get(address).content)
    answer = client.get(copied)

    assert page.xpath("//link[@type='text/markdown']/@href") == [copied]
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Link"] == f'<{settings.SITE_URL}{address}>; rel="canonical"'
    title = page.xpath("//h1")[0].text_content().strip()
    assert answer.content.decode().startswith(f"# {title}\n")


def test_a_copy_says_that_nobody_reviewed_it_and_when_it_changed(client):
    text = client.get("/t/safety.md").content.decode()

    assert "No clinician has reviewed this page yet. Words last changed " in text
    assert "(Plausible, in theory only.)](http://127.0.0.1:8000/claims/t/hope/)" in text


def test_an_unchanged_copy_is_not_sent_twice(client):
    first = client.get("/t/safety.md")

    assert client.get("/t/safety.md", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.head("/t/safety.md").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/nothing.md", "/home.md", "/.md", "/index/.md", "/admin.md",
     "/claims.md?level=plausible", "/robots.txt.md", "/t/safety/.md", "/healthz.md"],
)  # fmt: skip
def test_what_has_no_page_to_be_listed_has_no_copy(client, address):
    assert client.get(address).status_code == 404


def test_a_withdrawn_page_has_no_copy_and_a_withdrawn_claim_is_not_copied_as_if_it_stood(client):
    shop.withdraw("articles/t/safety")
    shop.withdraw("claims/t/hope")

    assert client.get("/t/safety.md").status_code == 404
    assert client.get("/claims/t/hope.md").status_code == 404
    assert "~~" in client.get("/t.md").content.decode()


def test_a_later_page_of_a_list_has_its_own_copy(client):
    shelf.publish(*(shelf.claim_draft(f"more-{number}") for number in range(60)))

    second = client.get("/claims/?page=2").content.decode()

    assert 'href="/claims.md?page=2"' in second
    assert client.get("/claims.md?page=2").content.decode().startswith("# All claims, page 2\n")


def test_a_short_list_leads_programs_to_the_copies_and_tells_how_to_quote(client, settings):
    shelf.publish(shelf.article_draft("reuse", shop.PLAIN, title="Use “our” words & labels"))

    answer = client.get("/llms.txt")
    text = answer.content.decode()

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith(f"# {settings.SITE_NAME}\n\n> The treatment may help some hair. (Plaus")
    assert "\n\nQuote each sentence with its label in brackets" in text
    assert f"- [The treatment]({settings.SITE_URL}/t.md)\n" in text
    assert f"- [Use “our” words & labels]({settings.SITE_URL}/reuse.md)\n" in text
    for address in re.findall(rf"\({settings.SITE_URL}(/[^)]+)\)", text):
        assert client.get(address).status_code == 200, address
