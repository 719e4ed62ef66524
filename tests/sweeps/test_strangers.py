"""Strangers see what is public and nothing else: no word of a draft, no name of staff.

Swept over every public address that a link or the sitemap leads to, and some that
can be guessed.
"""

import pytest
from django.test import Client

from explainer.evidence.levels import Level
from explainer.kinds import ARTICLE, CLAIM, SOURCE, TERM
from explainer.library import drafts, emergency, workflow
from tests.library import shelf
from tests.public import newsroom, shop
from tests.sweeps.whole_site import Site, visit

MARK = "Zirkonium"
"""A word that no public page holds."""

CLAIM_WORDS = {
    "name": f"Effects of {MARK}",
    "statement": f"{MARK} may help some hair.",
    "why": f"[{MARK} is the reason.](background:)",
    "would_change": f"A trial of {MARK}.",
    "ask": f"Is it {MARK}?",
    "note": f"A note on {MARK}.",
    "positions": [shelf.position(says=f"Says {MARK}.")],
}
ARTICLE_WORDS = {
    "title": f"Questions on {MARK}",
    "summary": f"[Words on {MARK}.](background:)",
    "body": f"[More on {MARK}.](background:)",
    "note": f"A note on {MARK}.",
}
SOURCE_WORDS = {
    "title": f"A trial of {MARK}", "authors": MARK, "publisher": MARK, "kind": "trial",
    "year": 2020, "url": "", "doi": "", "sells_treatment": False, "seen": "full",
    "appraisal": f"{MARK}.", "note": f"A note on {MARK}.",
}  # fmt: skip
TERM_WORDS = {"term": MARK, "also": [], "definition": f"{MARK}.", "note": f"{MARK}."}
GUESSES = (
    "/claims/t/secret/", "/secret/", "/t/process/", "/sources/secret/", "/changes/?page=2",
    "/claims/?source=secret", "/claims/?treatment=secret", "/questions/secret/",
)  # fmt: skip

STATES = ("draft", "in-review", "approved", "scheduled", "discarded")


NEW_CLAIM = {**CLAIM_WORDS, "topic": "mechanism", "kind": "mechanism", "bearing": "promise"}


def hidden(staff: tuple) -> list:
    """Write the mark into every field of something new and of something public."""
    by, now = staff[0], newsroom.AT
    article = {**ARTICLE_WORDS, "body": f"{ARTICLE_WORDS['body']}\n\n[](claim:t/hope)"}
    new = (
        (CLAIM, "t/secret", NEW_CLAIM),
        (ARTICLE, "secret", ARTICLE_WORDS),
        (ARTICLE, "t/process", ARTICLE_WORDS),
        (SOURCE, "secret", SOURCE_WORDS),
        (TERM, "secret", TERM_WORDS),
    )
    return [
        *(
            drafts.create(kind=kind, key=key, fields=words, actor=by, now=now)
            for kind, key, words in new
        ),
        newsroom.drafted("claims/t/hope", by, **CLAIM_WORDS),
        newsroom.drafted("articles/t/safety", by, **article),
        newsroom.drafted("sources/clinic-a", by, title=f"A clinic of {MARK}", note=MARK),
        newsroom.drafted("treatments/t", by, name=MARK, also=[MARK], note=MARK),
    ]


def brought_to(state: str, revision, staff: tuple) -> None:
    step = {"revision": revision, "expected": revision.lock_version, "now": newsroom.AT}
    if state == "in-review":
        workflow.submit(**step, actor=staff[0])
    if state in ("approved", "scheduled"):
        newsroom.approved(revision, staff)
    if state == "scheduled":
        workflow.schedule(**step, actor=staff[1], when=newsroom.later(1))
    if state == "discarded":
        drafts.discard(**step, actor=staff[0])


def everything(site: Site) -> dict[str, str]:
    """Give what every address answered, the answers to guesses and machines' files included."""
    client = Client()
    addresses = (*GUESSES, "/changes.atom", "/sitemap.xml", "/robots.txt")
    more = {address: client.get(address).content.decode() for address in addresses}
    return {address: answer.text for address, answer in site.answers.items()} | more


@pytest.fixture
def staff() -> tuple:
    shop.build()
    return newsroom.two()


@pytest.mark.parametrize("state", STATES)
def test_no_word_of_what_is_not_public_stands_anywhere(staff, state: str) -> None:
    for revision in hidden(staff):
        brought_to(state, revision, staff)

    site = visit()

    assert len(site.answers) > 15
    assert [address for address, text in everything(site).items() if MARK in text] == []


@pytest.mark.parametrize("address", GUESSES[:5])
def test_a_guessed_address_of_a_draft_is_not_found(staff, address: str) -> None:
    hidden(staff)

    assert Client().get(address).status_code == 404


def test_the_same_words_are_seen_once_they_are_public(staff) -> None:
    revision = newsroom.drafted("claims/t/hope", staff[0], **CLAIM_WORDS)
    newsroom.published(revision, staff=staff)

    site = visit()

    found = [address for address, answer in site.answers.items() if MARK in answer.text]
    assert {"/claims/t/hope/", "/claims/", "/t/safety/", "/changes/", "/changes.atom"} <= {*found}


def test_no_page_or_feed_names_a_member_of_staff(staff) -> None:
    for person in staff:
        person.first_name, person.last_name = "Marker-First", "Marker-Last"
        person.email = "marker@clinic.example"
        person.save()
    subjects = ("sources/clinic-a", "treatments/t", "articles/home", "articles/t/safety")
    for subject in ("claims/t/hope", *subjects):
        newsroom.published(newsroom.drafted(subject, staff[0]), staff=staff)
    emergency.downgrade_label(
        document=shelf.document("claims/t/hope"),
        expected=2,
        level=Level.UNSUPPORTED,
        reason="not-studied",
        because="No study was found.",
        actor=staff[0],
        now=newsroom.later(1),
    )
    safety, later = shelf.document("articles/t/safety"), newsroom.later(2)
    emergency.withdraw(
        document=safety, expected=2, actor=staff[1], reason="It was wrong.", now=later
    )

    site = visit()
    text = "\n".join(everything(site).values())

    assert "Dr B. Example" in text, "the name that a reviewer chose for readers"
    assert "No study was found." in text
    assert "It was wrong." in text
    assert "marker" not in text.lower()
