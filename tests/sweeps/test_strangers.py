"""Strangers see what is public and nothing else: no word of a draft, no name of staff.

Swept over every public address that a link or the sitemap leads to, and some that
can be guessed (requirements I6 and P12).
"""

from datetime import timedelta

import pytest
from django.test import Client

from explainer.library import beginning, drafts, releasing, reviewing
from explainer.library.models import Article, Claim, Source
from tests.public import newsroom, shop
from tests.sweeps.whole_site import Site, visit

MARK = "Zirkonium"
"""A word that no public page holds."""

CLAIM_WORDS = {
    "statement": f"{MARK} may help some hair.",
    "why": f"[{MARK} is the reason.](background:)",
    "would_change": f"A trial of {MARK}.",
    "ask": f"Is it {MARK}?",
    "note": f"A note on {MARK}.",
    "positions": [
        {"source": "clinic-a", "level": "plausible", "product": "", "says": f"Says {MARK}."}
    ],
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


def hidden(people: tuple) -> list:
    """Write the mark into every field of something new and of something public."""
    by, at = people[0], newsroom.AT
    article = {**ARTICLE_WORDS, "body": f"{ARTICLE_WORDS['body']}\n\n[](claim:t/hope)"}
    return [
        beginning.begin_claim(
            key="t/secret",
            given={
                **CLAIM_WORDS,
                "topic": "mechanism",
                "kind": "mechanism",
                "bearing": "promise",
                "product": "any",
            },
            by=by,
            at=at,
        ),
        beginning.begin_article(key="secret", topic="", given=ARTICLE_WORDS, by=by, at=at),
        beginning.begin_article(
            key="t/process", topic="process", given=ARTICLE_WORDS, by=by, at=at
        ),
        beginning.begin_row(subject="sources/secret", given=SOURCE_WORDS, by=by, at=at),
        beginning.begin_row(subject="glossary/secret", given=TERM_WORDS, by=by, at=at),
        newsroom.drafted(Claim.objects.get(key="t/hope"), by, **CLAIM_WORDS),
        newsroom.drafted(Article.objects.get(key="t/safety"), by, **article),
        newsroom.drafted("sources/clinic-a", by, title=f"A clinic of {MARK}", note=MARK),
        newsroom.drafted("treatments/t", by, name=MARK, also=[MARK], note=MARK),
    ]


def brought_to(state: str, version, people: tuple) -> None:
    if state == "in-review":
        reviewing.submit(version=version, base=version.save_count, by=people[0], at=newsroom.AT)
    if state in ("approved", "scheduled"):
        newsroom.approved(version, people)
    if state == "scheduled":
        releasing.schedule(
            version=version,
            base=version.save_count,
            by=people[1],
            at=newsroom.AT,
            when=newsroom.AT + timedelta(days=1),
        )
    if state == "discarded":
        drafts.discard(version=version, base=version.save_count, by=people[0], at=newsroom.AT)


def everything(site: Site) -> dict[str, str]:
    """Give what every address answered, the answers to guesses and machines' files included."""
    client = Client()
    addresses = (*GUESSES, "/changes.atom", "/sitemap.xml", "/robots.txt")
    more = {address: client.get(address).content.decode() for address in addresses}
    return {address: answer.text for address, answer in site.answers.items()} | more


@pytest.fixture
def people() -> tuple:
    shop.build()
    return newsroom.two()


@pytest.mark.parametrize("state", STATES)
def test_no_word_of_what_is_not_public_stands_anywhere(people, state: str) -> None:
    for version in hidden(people):
        brought_to(state, version, people)

    site = visit()

    assert len(site.answers) > 15
    assert [address for address, text in everything(site).items() if MARK in text] == []
    assert Source.objects.filter(key="secret").count() == 0


@pytest.mark.parametrize("address", GUESSES[:5])
def test_a_guessed_address_of_a_draft_is_not_found(people, address: str) -> None:
    hidden(people)

    assert Client().get(address).status_code == 404


def test_the_same_words_are_seen_once_they_are_public(people) -> None:
    version = newsroom.drafted(Claim.objects.get(key="t/hope"), people[0], **CLAIM_WORDS)
    newsroom.released(version, people=people)

    site = visit()

    told = [address for address, answer in site.answers.items() if MARK in answer.text]
    assert {"/claims/t/hope/", "/claims/", "/t/safety/", "/changes/", "/changes.atom"} <= {*told}


def test_no_page_or_feed_names_a_member_of_staff(people) -> None:
    for person in people:
        person.first_name, person.last_name = "Marker-First", "Marker-Last"
        person.email = "marker@clinic.example"
        person.save()
    claim = Claim.objects.get(key="t/hope")
    newsroom.released(newsroom.drafted(claim, people[0]), people=people)
    for subject in ("sources/clinic-a", "treatments/t", *Article.objects.all()):
        newsroom.released(newsroom.drafted(subject, people[0]), people=people)
    given = {"level": "unsupported", "reason": "not-studied", "because": "No study was found."}
    releasing.raise_caution(claim=claim, base=2, by=people[0], at=newsroom.later(1), **given)
    safety, later = Article.objects.get(key="t/safety"), newsroom.later(2)
    releasing.withdraw(what=safety, base=2, by=people[1], reason="It was wrong.", at=later)

    site = visit()
    told = "\n".join(everything(site).values())

    assert "Dr B. Example" in told, "the name that a reviewer chose for readers"
    assert "No study was found." in told
    assert "It was wrong." in told
    assert "marker" not in told.lower()
