"""The sheet of what a reader kept: labels of today, one code, and what changed since a print."""

import re
from datetime import UTC, date, datetime

import pytest
import qrcode
from lxml import html

from explainer.guide.bag import MOST, code_of, read
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def claims(monkeypatch):
    shop.build()
    shop.claim("harm", statement="It can hurt.", bearing="warning", ask="How often?")
    now = datetime(2026, 3, 5, 12, tzinfo=UTC)
    monkeypatch.setattr("explainer.guide.bag.timezone.localdate", lambda *args: now.date())


def page(client, query):
    response = client.get(f"/bag/?{query}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def test_claims_stand_in_their_order_with_label_and_address(client):
    found = page(client, "c=t/harm,t/hope")

    assert [words(item) for item in found.xpath("//li[@class='kept__item']")] == [
        "It can hurt. (Plausible risk, to be expected.) Page: http://127.0.0.1:8000/claims/t/harm/",
        "The treatment may help some hair. (Plausible, in theory only.) "
        "Page: http://127.0.0.1:8000/claims/t/hope/",
    ]
    assert words(found.xpath("//ul[@class='kept__asks']")[0]) == "How often?"


def test_a_question_can_be_kept_without_its_claim(client):
    found = page(client, "q=t/harm")

    assert "How often?" in words(found)
    assert "It can hurt." not in words(found)


def test_the_code_leads_back_with_the_day_of_print(client):
    found = page(client, "c=t/hope,none/such,bad&q=t/harm")
    (link,) = found.xpath("//figure//a/@href")

    assert link == "http://127.0.0.1:8000/bag/?c=t/hope&q=t/harm&since=2026-03-05"
    assert found.xpath("//figure//path[2]/@d") == [code_of(link).path]


def test_the_drawn_code_is_the_encoded_one_module_by_module():
    address = "https://example.org/bag/?c=t/hope"
    encoded = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_L, border=4)
    encoded.add_data(address)
    code = code_of(address)

    drawn = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path)
        for step in range(int(length))
    }

    rows = encoded.get_matrix()
    assert code.size == len(rows)
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def test_an_address_too_long_for_paper_has_a_link_and_no_code():
    assert code_of("https://example.org/" + "x" * 3000).path == ""


def test_what_an_address_cannot_mean_is_left_out_and_said(client):
    keys = ",".join(f"t/no-{number}" for number in range(MOST + 5))

    assert read({"c": "t/a,t/a, t/b ,T/c,<b>"}, TODAY).claims == ("t/a", "t/b")
    assert len(read({"c": keys, "q": "t/more"}, TODAY).keys) == MOST
    assert "We know no claim for 36 of the entries" in words(page(client, f"c={keys}&q=t/more"))
    assert "There is no list in this address." in words(page(client, ""))


@pytest.mark.parametrize("typed", ["2026-03-06", "20260301", "yesterday", "2026-02-30", ""])
def test_a_day_that_is_none_or_has_not_come_is_not_asked_about(typed):
    assert read({"since": typed}, TODAY).since is None


def test_a_draft_is_unknown_and_shows_none_of_its_words(client):
    shelf.claim_draft("secret", statement="It may shine.", ask="Who saw it?")
    shelf.claim_draft("hope", statement="It may dazzle.", ask="Who was dazzled?")
    found = page(client, "c=t/secret,t/hope&q=t/secret,t/hope&since=2026-02-01")

    (item,) = found.xpath("//li[@class='kept__item']")
    assert words(item).startswith("The treatment may help some hair. (Plausible")
    assert "We know no claim for 1 of the entries" in words(found)
    assert not found.xpath("//ul[@class='kept__asks'] | //div[@class='kept__change']")
    (link,) = found.xpath("//figure//a/@href")
    assert "secret" not in link


def test_it_says_what_changed_since_it_was_printed_and_leads_to_how_it_was(client):
    words_then = {"positions": [shelf.position("unsupported")], "reason": "not-studied"}
    shelf.publish(shelf.claim_draft(**words_then, note="A trial failed."), now=shop.LATER)
    found = page(client, "c=t/hope,t/harm&since=2026-02-01")
    (changed,) = found.xpath("//div[@class='kept__change']")

    assert "4 March 2026: label changed. From (Plausible, in theory only.)" in words(changed)
    assert "to (Unsupported, not tested.)" in words(changed)
    assert changed.xpath(".//a[@rel='nofollow']/@href") == ["/past/2026-02-01/claims/t/hope/"]
    assert "Nothing else on your list has changed on that day or later." in words(found)
    assert not page(client, "c=t/hope&since=2026-03-05").xpath("//div[@class='kept__change']")


def test_a_change_of_the_day_of_print_counts(client):
    shelf.publish(shelf.claim_draft(why="Another reason."), now=shop.LATER)
    (changed,) = page(client, "c=t/hope&since=2026-03-04").xpath("//div[@class='kept__change']")

    assert "4 March 2026: changed, with the same label." in words(changed)


def test_what_was_withdrawn_since_is_struck_through_and_asks_nothing(client):
    shop.withdraw("claims/t/harm")
    found = page(client, "c=t/harm&since=2026-02-01")

    assert "It can hurt. (Withdrawn.)" in words(found)
    assert "4 March 2026: withdrawn. It was wrong." in words(found)
    assert "How often?" not in words(found)


def test_nobody_keeps_or_lists_it(client):
    response = client.get("/bag/?c=t/hope")

    assert response["Cache-Control"] == "no-store"
    assert b'<meta name="robots" content="noindex">' in response.content
    assert response.cookies == {}
    assert b"/bag/" not in client.get("/sitemap.xml").content


@pytest.mark.parametrize(("since", "queries"), [("", 2), ("&since=2026-02-01", 3)])
def test_a_list_costs_the_same_however_long_it_is(
    client, django_assert_num_queries, since, queries
):
    shelf.publish(shelf.claim_draft(why="Another reason."), now=shop.LATER)
    shelf.publish(
        shelf.claim_draft("harm", statement="It may hurt.", bearing="warning"), now=shop.LATER
    )

    for keys in ("t/hope", "t/hope,t/harm"):
        with django_assert_num_queries(queries):
            shown = page(client, f"c={keys}{since}")
        changes = shown.xpath("//div[@class='kept__change']")
        assert len(changes) == (len(keys.split(",")) if since else 0)
