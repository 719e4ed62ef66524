"""The whole public site, visited once: every page that a link or the sitemap leads to."""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from lxml import html

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BLOCKS = ("h1", "h2", "h3", "p", "ul", "ol", "li", "section", "div", "th", "td", "dt", "dd", "br")
BLOCKS += ("option", "title", "desc", "text")
SEARCHES = ("", "?q=dutasteride", "?q=downtme&treatment=mesotherapy", "?q=xyzzyq&kind=claim")
FILTERS = (
    "treatment=mesotherapy",
    "topic=safety",
    "level=plausible",
    "bearing=warning",
    "source=clinic-meso-a",
    "level=unsupported&bearing=promise&page=2",
    "level=nobody-knows-this",
)
LIST = "/bag/?c=mesotherapy/nutrient-mix-for-pattern-hair-loss&since=2026-11-01"
"""A reader's own list, which no page leads to."""

RESULT = "/where-do-i-stand/#result"
"""What is made of posted answers: no address leads to it."""

SENT = {"text": "Our vitamin mix is painless and needs no downtime. Mild redness. Free parking."}
"""What a reader sends to the check of a promise; its answer is swept as this address:"""
SENT_TO = "/check/ (sent)"


@dataclass
class Answer:
    """What one address answered."""

    address: str
    status: int
    headers: dict[str, str]
    cookies: list[str]
    text: str

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    @property
    def is_page(self) -> bool:
        return self.headers["Content-Type"].startswith("text/html")

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.text)

    @cached_property
    def visible_text(self) -> str:
        body = html.fromstring(self.text).find("body")
        for element in body.iter(*BLOCKS):
            element.tail = f" {element.tail or ''}"
            element.text = f" {element.text or ''}"
        return " ".join(body.text_content().split())

    @property
    def listed(self) -> bool:
        return not self.tree.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")

    def one(self, xpath: str) -> str:
        found = self.tree.xpath(xpath)
        assert len(found) == 1, f"{self.address}: {len(found)} of {xpath}"
        return str(found[0])

    @property
    def links(self) -> list[str]:
        """Every internal link as path, query and fragment."""
        found = (urljoin(self.address, href) for href in self.tree.xpath("//a/@href"))
        return [link for link in found if not urlsplit(link).netloc and link.startswith("/")]

    @property
    def structured(self) -> list[dict]:
        found = self.tree.xpath("//script[@type='application/ld+json']/text()")
        return [node for text in found for node in json.loads(text)["@graph"]]


@dataclass
class Site:
    """Every answer by address; `mapped` are the sitemap's addresses with their times."""

    answers: dict[str, Answer] = field(default_factory=dict)
    mapped: dict[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> list[Answer]:
        return [answer for answer in self.answers.values() if answer.is_page]

    @property
    def listed(self) -> list[Answer]:
        return [page for page in self.pages if page.status == 200 and page.listed]


@contextmanager
def real_content() -> Iterator[None]:
    """Load content/ for as long as the block lasts."""
    with transaction.atomic():
        call_command("load_content", verbosity=0)
        yield
        transaction.set_rollback(True)


def visit() -> Site:
    """Follow every link from the home page, the sitemap and some filters of the register.

    Besides, send the one form that readers can send.
    """
    site, client = Site(), Client()
    site.mapped = _mapped(client)
    filtered = (f"/claims/?{query}" for query in FILTERS)
    waiting = deque(["/", *site.mapped, *filtered, "/no-page/", LIST, "/bag/"])
    waiting.extend(f"/search/{query}" for query in SEARCHES)
    site.answers[SENT_TO] = sent = _answered(SENT_TO, client.post("/check/", SENT))
    waiting.extend(urldefrag(link).url for link in sent.links)
    while waiting:
        address = waiting.popleft()
        if address in site.answers:
            continue
        site.answers[address] = answer = _answer(client, address)
        if answer.is_page:
            waiting.extend(urldefrag(link).url for link in answer.links)
    site.answers[RESULT] = _result(client)
    return site


def _result(client: Client) -> Answer:
    """Choose every answer of "Where do I stand?", step by step, and see what follows."""
    chosen, step = [], "1"
    while True:
        response = client.post("/where-do-i-stand/", {"answer": chosen, "step": step})
        answer = _answered(RESULT, response)
        chosen = answer.tree.xpath("//input/@value")
        if not answer.tree.xpath("//input[@type='checkbox']"):
            return answer
        step = answer.tree.xpath("//button/@value")[0]


def _answer(client: Client, address: str) -> Answer:
    return _answered(address, client.get(address))


def _answered(address: str, response: HttpResponse) -> Answer:
    text = response.content.decode()
    return Answer(
        address, response.status_code, dict(response.headers), list(response.cookies), text
    )


def _mapped(client: Client) -> dict[str, str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    return {
        url.findtext(f"{SITEMAP}loc").removeprefix(settings.SITE_URL): url.findtext(
            f"{SITEMAP}lastmod", ""
        )
        for url in root.iter(f"{SITEMAP}url")
    }
