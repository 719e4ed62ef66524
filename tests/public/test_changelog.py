"""What changed: every public change once, with labels and reason, and never a name of staff."""

import pytest
from lxml import html

from explainer.evidence.levels import Level
from explainer.kinds import CLAIM
from explainer.library import emergency, publishing
from explainer.public.changelog import MOST_LISTED
from explainer.public.navigation import PAGE_SIZE
from tests.library import people, shelf
from tests.public import newsroom, shop

pytestmark = pytest.mark.usefixtures("site")

ADDRESS = "/changes/"
HOPE = "claims/t/hope"
SAFETY = "articles/t/safety"


def test_a_new_label_is_told_with_the_one_before_the_reason_and_a_link(client):
    newsroom.changed(HOPE, note="A trial failed.", **newsroom.doubted())

    text, page = shop.visible(client, ADDRESS), client.get(ADDRESS).content.decode()

    assert (
        "3 May 2026 Claim It is not known whether the treatment helps any hair. "
        "(Still under investigation: trials are running.) Label changed. Before: "
        "(Plausible, in theory only.) A trial failed."
    ) in text
    assert 'href="/claims/t/hope/">It is not known' in page
    assert "Correction" not in html.fromstring(page).find(".//h2/..").text_content()


def test_a_correction_is_called_one_here_and_on_the_claims_own_page(client):
    newsroom.changed(HOPE, correction=True, note="We misread it.")

    assert "Correction Changed, with the same label. We misread it." in shop.visible(
        client, ADDRESS
    )
    history = shop.visible(client, "/claims/t/hope/").partition("History")[2]
    assert (
        "3 May 2026 Correction Label unchanged: (Plausible, in theory only.) We misread it."
        in history
    )
    assert history.count("Correction ") == 1


def test_an_older_change_also_tells_todays_label(client):
    shop.withdraw(HOPE, "The study was taken back.")

    text = shop.visible(client, ADDRESS)

    assert "(Withdrawn.) Withdrawn. Before: (Plausible, in theory only.) The study was" in text
    assert "(Plausible, in theory only.) First published. Today: (Withdrawn.)" in text
    page = html.fromstring(client.get(ADDRESS).content.decode())
    assert page.xpath("//s[@class='claim--withdrawn']/following-sibling::*[1]/@class") == [
        "label--withdrawn"
    ]


def test_a_claim_that_comes_back_was_withdrawn_before(client):
    shop.withdraw(HOPE, "The study was taken back.")
    newsroom.changed(HOPE)

    assert "only.) Label changed. Before: (Withdrawn.)" in shop.visible(client, ADDRESS)


def test_more_caution_by_one_alone_is_told_like_any_change(client):
    given = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "No study was found."}
    claim, actor = shelf.document(HOPE), newsroom.two()[0]
    emergency.downgrade_label(document=claim, expected=1, actor=actor, now=newsroom.AT, **given)

    told = "Label changed. Before: (Plausible, in theory only.) No study"
    assert f"(Unsupported, not tested.) {told}" in shop.visible(client, ADDRESS)


def test_pages_sources_words_and_treatments_are_told_too(client):
    people.public_term()
    newsroom.changed(SAFETY, "sources/clinic-a", "glossary/scalp", "treatments/t")

    newest = html.fromstring(client.get(ADDRESS).content.decode()).xpath("//section[h2]")[0]

    lines = [" ".join(line.text_content().split()) for line in newest.xpath(".//li")]
    assert sorted(lines) == [
        "Glossary Scalp Changed.",
        "Page A title Changed.",
        "Source Clinic: “A clinic” Changed.",
        "Treatment The treatment Changed.",
    ]
    links = {"/t/safety/", "/sources/clinic-a/", "/glossary/#term-scalp", "/t/"}
    assert set(newest.xpath(".//li//a/@href")) == links
    assert newest.text_content().count("Reads better.") == 1


def test_things_that_changed_together_for_different_reasons_each_tell_their_own(
    client,
):
    staff = newsroom.two()
    newsroom.published(
        newsroom.drafted(SAFETY, staff[0], note="Shorter."),
        newsroom.drafted("sources/clinic-a", staff[0], note="Read in full."),
        staff=staff,
    )

    text = shop.visible(client, ADDRESS)

    assert "Page A title Changed. Shorter. Source Clinic: “A clinic” Changed. Read in full." in text
    assert "Shorter. Read in full." not in text


def test_a_withdrawn_page_is_told_with_its_reason_and_no_link(client):
    shop.withdraw(SAFETY, "It mixed up two drugs.")

    page = html.fromstring(client.get(ADDRESS).content.decode())

    assert "Page A title Withdrawn. It mixed up two drugs." in shop.visible(client, ADDRESS)
    assert page.xpath("//main//a[@href='/t/safety/']") == []


def test_a_load_of_many_files_is_one_sentence_and_its_changed_labels(client):
    new = [shelf.claim_draft(f"more-{number}") for number in range(MOST_LISTED)]
    doubt = shelf.claim_draft("hope", **newsroom.doubted())
    publishing.publish(revisions=[*new, doubt], actor=None, reason="Loaded.", now=newsroom.AT)

    text = shop.visible(client, ADDRESS)

    assert "New: 12 claims. Changed: 1 claim. The labels of the new claims: 12 plausible." in text
    assert text.count("Label changed. Before: (Plausible, in theory only.)") == 1
    assert text.count("First published.") == 5, "the few of the first day"


def test_the_first_load_is_the_first_edition(client):
    more = [shelf.claim_draft(f"more-{number}") for number in range(MOST_LISTED)]

    shelf.publish(*more)

    assert "2 January 2026 First edition: 13 claims, 2 pages, 1 treatment, 1 source." in (
        shop.visible(client, ADDRESS)
    )


def test_many_things_that_staff_publish_together_are_told_one_by_one(client):
    slugs = [f"more-{number}" for number in range(MOST_LISTED + 1)]
    ana, ben = newsroom.two()
    drafts = [shelf.claim_draft(slug, **shelf.approval(ben)) for slug in slugs]
    publishing.publish(revisions=drafts, actor=ana, reason="Ours.", now=newsroom.AT)

    assert shop.visible(client, ADDRESS).count("First published.") == MOST_LISTED + 1 + 5


def test_a_long_list_is_cut_into_pages_under_their_own_addresses(client, settings):
    for number in range(PAGE_SIZE):
        publishing.publish(
            revisions=[shelf.claim_draft()],
            actor=None,
            reason=f"Reason {number}.",
            now=newsroom.later(number),
        )

    first = client.get(ADDRESS).content.decode()
    second = client.get(f"{ADDRESS}?page=2").content.decode()

    assert first.count('class="changes"') == PAGE_SIZE
    assert 'href="?page=2" rel="next"' in first
    assert second.count('class="changes"') == 1
    assert f'<link rel="canonical" href="{settings.SITE_URL}/changes/?page=2">' in second
    assert "<title>What changed, page 2 |" in second
    assert "noindex" not in second


def test_the_changes_of_one_treatment_are_told_alone_under_its_name(client, settings):
    shelf.publish(shop.treatment("u", "Another", shop.PLAIN))
    words = {**shelf.CLAIM_FIELDS, "name": "Other", "statement": "It may help u."}
    shelf.publish(shelf.draft(CLAIM, "u/other", **words))
    newsroom.changed(HOPE, note="A trial failed.", **newsroom.doubted())

    page = html.fromstring(client.get(f"{ADDRESS}?treatment=t").content)
    text = shop.visible(client, f"{ADDRESS}?treatment=t")

    assert "A trial failed." in text
    assert "It may help u." not in text
    assert "A clinic" not in text
    assert page.findtext(".//h1") == "What changed: The treatment"
    assert page.xpath("//nav[@aria-label='Changes of one treatment']//a[@aria-current]/text()") == [
        "The treatment"
    ]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{settings.SITE_URL}{ADDRESS}"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    of_the_other = shop.visible(client, f"{ADDRESS}?treatment=u")
    assert "It may help u." in of_the_other
    assert "A trial failed." not in of_the_other


def test_a_withdrawal_is_among_the_changes_of_its_treatment(client):
    shop.withdraw(HOPE, "The study was taken back.")

    assert "The study was taken back." in shop.visible(client, f"{ADDRESS}?treatment=t")


def test_a_load_of_many_files_counts_those_of_the_treatment_alone(client):
    drafts = [shelf.claim_draft(f"more-{number}") for number in range(MOST_LISTED + 1)]
    drafts.append(shelf.source_draft("second"))
    publishing.publish(revisions=drafts, actor=None, reason="Loaded.", now=newsroom.AT)

    assert "New: 13 claims, 1 source." in shop.visible(client, ADDRESS)
    assert "New: 13 claims. The labels" in shop.visible(client, f"{ADDRESS}?treatment=t")


def test_the_later_page_of_a_treatments_changes_keeps_to_it(client):
    for number in range(PAGE_SIZE + 1):
        shelf.publish(shelf.claim_draft(f"n-{number}"), now=newsroom.later(number))

    page = html.fromstring(client.get(f"{ADDRESS}?treatment=t").content)

    (later,) = page.xpath("//a[@rel='next']/@href")
    assert later == "?treatment=t&page=2"
    second = html.fromstring(client.get(f"{ADDRESS}{later}").content)
    assert second.xpath("//a[@rel='prev']/@href") == ["?treatment=t"]


@pytest.mark.parametrize("treatment", ["nobody", "home", "t/safety", "%00"])
def test_no_treatment_no_changes(client, treatment):
    assert client.get(f"{ADDRESS}?treatment={treatment}").status_code == 404
    assert client.get(f"/changes.atom?treatment={treatment}").status_code == 404


def test_what_else_changed_fills_no_page_of_a_treatments_changes(client):
    for number in range(PAGE_SIZE):
        shelf.publish(shelf.source_draft(f"source-{number}"), now=newsroom.later(number))

    text = shop.visible(client, f"{ADDRESS}?treatment=t")

    assert "The treatment may help some hair." in text
    assert "Page 1 of" not in text
