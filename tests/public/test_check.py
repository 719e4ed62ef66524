"""The check of a promise: what is marked and told, what stays silent, and that nothing is kept."""

import logging
import re
from threading import BoundedSemaphore

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from explainer.kinds import CLAIM
from explainer.public import check
from explainer.search import index, pasted
from explainer.web.logs import DiscreetFormatter
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

BOAST = "Sellers say *vitamin shots wake sleeping roots*, but no study we found shows it."
TEXT = "We are open on Monday. Our vitamins wake up your sleeping roots!\n\nNo time off. Parking."


@pytest.fixture(autouse=True)
def claims(site):
    shop.claim(
        "roots", name="Sleeping roots", statement=BOAST, heard=["wakes dormant hair roots"],
        why="Nobody has counted them. Ask.", ask="Who counted the roots?", **shop.VAIN,
    )  # fmt: skip
    shop.claim("rest", name="No rest", statement="It may need rest.", heard=["no time off work"])
    shop.claim("harm", name="Sore skin", statement="It can hurt.", bearing="warning")
    shelf.publish(shelf.article_draft("t/process", summary="[](claim:t/harm)"))


def post(client: Client, text: str, **more: str) -> html.HtmlElement:
    response = client.post("/check/", {"text": text, **more})
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def listed(client: Client, keys: str) -> html.HtmlElement:
    return html.fromstring(client.get(f"/check/?claims={keys}").content.decode())


def words(tree: html.HtmlElement, xpath: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(xpath)]


def test_the_form_is_there_without_a_text(client):
    tree = html.fromstring(client.get("/check/").content.decode())

    assert tree.xpath("//form[@method='post'][@action='/check/']//textarea[@name='text']")
    assert tree.xpath("//h1")[0].text_content() == "Check a promise"
    assert not tree.xpath("//section")


def test_a_text_comes_back_with_its_promises_marked_and_the_rest_plain(client):
    tree = post(client, TEXT)

    assert words(tree, "//blockquote//mark") == ["wake up your sleeping roots", "No time off"]
    quoted = tree.xpath("//blockquote/pre")[0]
    for number in quoted.xpath("a"):
        number.text = ""
    assert quoted.text_content() == TEXT
    assert tree.xpath("//blockquote//a/@href") == ["#found-1", "#found-2"]
    assert tree.xpath("//blockquote//mark/@class") == [
        "checked__mark label--unsupported",
        "checked__mark label--plausible",
    ]
    assert tree.xpath("//h2[@id='result']")[0].text_content() == "2 promises found"


def test_each_promise_tells_its_label_why_what_to_ask_and_what_was_heard(client):
    told = words(post(client, TEXT), "//li[@id='found-1']")[0]

    said = "You wrote wake up your sleeping roots, which is close to wakes dormant hair roots."
    assert said in told
    assert "Sellers say vitamin shots wake sleeping roots" in told
    assert "(This promise: unsupported" in told
    assert "Why: Nobody has counted them. Ask. Ask: Who counted the roots?" in told


def test_questions_are_gathered_and_the_same_claims_have_an_address(client):
    tree = post(client, TEXT)

    assert words(tree, "//section[@aria-labelledby='take-along']//li") == ["Who counted the roots?"]
    (address,) = tree.xpath("//a[@class='found__again']/@href")
    assert address == "/check/?claims=t/roots+t/rest"
    again = listed(client, "t/roots+t/rest")
    assert words(again, "//li[@class='found__item']/p[1]")[0].startswith("Sellers say")
    assert not again.xpath("//blockquote")


def test_risks_of_the_treatment_that_the_text_leaves_out_are_told_with_their_label(client):
    article = shelf.document("articles/t/safety")
    shop.withdraw("articles/t/safety")
    assert article
    shelf.publish(shelf.draft(article.kind, "t/safety", title="Risks", body="[](claim:t/harm)",
                              summary="[](claim:t/harm)", note="x"))  # fmt: skip

    tree = post(client, TEXT)

    (section,) = tree.xpath("//section[@aria-labelledby='left-out-1']")
    assert "Risks that your text leaves out: The treatment" in (section.text_content())
    assert re.search(r"It can hurt\.\s*\(Plausible risk", section.text_content())


def test_neither_a_draft_nor_what_was_withdrawn_is_listed_or_told_as_a_risk_left_out(client):
    shop.claim("gone", statement="It can burn.", bearing="warning")
    shop.claim("minor", statement="It can itch.", bearing="warning")
    risks = "[](claim:t/harm)\n\n[](claim:t/gone)"
    shelf.publish(shelf.article_draft("t/safety", summary=risks))
    shop.withdraw("claims/t/gone")
    shelf.claim_draft("secret", statement="It can kill.", bearing="warning")
    shelf.claim_draft("harm", statement="It can maim.", bearing="warning")
    shelf.article_draft("t/safety", summary="[](claim:t/minor)")

    tree = listed(client, "t/secret+t/gone+t/rest")

    assert words(tree, "//li[@id]//a[@class='found__link']") == ["It may need rest."]
    left_out = "//section[@aria-labelledby='left-out-1']//a[@class='found__link']"
    assert words(tree, left_out) == ["It can hurt."]
    assert words(listed(client, "t/harm"), "//a[@class='found__link']") == ["It can hurt."]


@pytest.mark.parametrize("text", ["We are open on Monday.", "Free parking!", "<b>no</b>"])
def test_silence_is_told_to_be_no_all_clear(client, text):
    tree = post(client, text)

    assert not tree.xpath("//mark")
    assert "Silence is never an all-clear" in tree.text_content()
    assert "That says nothing about the treatment" in " ".join(tree.text_content().split())
    assert tree.xpath("//blockquote")[0].text_content() == text


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "nothing to check"), (" \n ", "nothing to check"), ("no pain " * 3000, "23,999")],
)
def test_a_text_that_cannot_be_checked_is_kept_in_the_form(client, text, message):
    tree = post(client, text)

    assert message in tree.xpath("//p[@role='alert']")[0].text_content()
    assert tree.xpath("//textarea")[0].text_content().strip() == text.strip()
    assert not tree.xpath("//blockquote")


def test_no_answer_is_kept_by_anybody_or_sets_a_cookie(client):
    form = client.get("/check/")
    answers = client.post("/check/", {"text": TEXT}), client.get("/check/?claims=t/roots")

    assert 'content="noindex"' not in form.content.decode()
    for response in answers:
        assert response["Cache-Control"] == "no-store"
        assert 'content="noindex"' in response.content.decode()
    for response in (form, *answers):
        assert not response.cookies
        assert "csrf" not in response.content.decode().lower()


def test_a_text_from_any_site_is_checked_and_nothing_is_written(site):
    client = Client(enforce_csrf_checks=True)

    with CaptureQueriesContext(connection) as asked:
        answer = client.post(
            "/check/", {"text": TEXT}, headers={"Origin": "https://elsewhere.example"}
        )

    assert answer.status_code == 200
    assert b"2 promises found" in answer.content
    readings = ("SELECT", "(SELECT", "WITH")
    assert all(query["sql"].startswith(readings) for query in asked.captured_queries)


def test_no_word_of_a_text_reaches_a_log(client, caplog, monkeypatch):
    monkeypatch.setattr(pasted.matching, "find", lambda _book, text, _group: int(text))

    with caplog.at_level(logging.DEBUG):
        tree = post(client, "my secretword")

    assert "cannot check a text at the moment" in tree.text_content()
    written = "".join(map(DiscreetFormatter().format, caplog.records))
    assert "in check" in written
    assert "secretword" not in written


def test_without_an_index_the_page_says_so_and_keeps_the_text(client, monkeypatch):
    monkeypatch.setattr(index, "make", lambda: 1 / 0)

    tree = post(client, TEXT)

    assert "cannot check a text at the moment" in tree.xpath("//p[@role='alert']")[0].text_content()
    assert tree.xpath("//p[@role='alert']/a/@href") == ["/claims/"]


def test_keys_that_nobody_knows_are_left_out(client):
    tree = listed(client, "t/roots+t/none+%00+../etc+t/roots")

    assert len(tree.xpath("//li[@class='found__item']")) == 1


def test_what_is_published_or_withdrawn_shows_at_once(client):
    assert "Sellers say" in post(client, TEXT).text_content()

    shop.withdraw("claims/t/roots")

    assert "Sellers say" not in post(client, TEXT).text_content()
    assert CLAIM.address("t/roots") == "/claims/t/roots/"


def test_a_text_that_waits_too_long_for_its_turn_is_kept(client, monkeypatch):
    monkeypatch.setattr(check, "_turns", BoundedSemaphore(1))
    monkeypatch.setattr(check, "PATIENCE", 0)

    with check._turns:
        tree = post(client, TEXT)

    assert "Many texts are being checked" in tree.xpath("//p[@role='alert']")[0].text_content()
    assert tree.xpath("//textarea")[0].text_content().strip() == TEXT
    assert post(client, TEXT).xpath("//mark")


def test_a_reader_says_which_treatment_it_is_about(client):
    assert post(client, TEXT, treatment="t").xpath("//input[@value='t'][@checked]")
    assert post(client, TEXT, treatment="t").xpath("//mark")
    assert post(client, TEXT, treatment="nobody").xpath("//input[@value='any'][@checked]")


def test_what_differs_in_order_and_endings_only_is_not_told_as_another(client):
    told = words(
        post(client, "Hair roots! Our dormant hair root wakes."), "//p[@class='found__said']"
    )

    assert told[0].endswith("dormant hair root wakes.")
    assert "close to" not in told[0]


def test_labels_are_counted_on_top_and_lead_to_what_has_them(client):
    summary = post(client, TEXT).xpath("//section[@aria-labelledby='result']/p[1]")[0]

    told = " ".join(summary.text_content().split())
    assert told == "Promises: 1 unsupported, 1 plausible. Questions to ask ↓"
    assert summary.xpath("a/@href") == ["#found-1", "#found-2", "#take-along"]


def test_a_line_for_each_promise_gives_its_label_before_all_that_is_known_of_it(client):
    (lines,) = post(client, TEXT).xpath("//ol[@class='found__brief']")
    again = listed(client, "t/rest").xpath("//ol[@class='found__brief']/li/a")

    assert lines.xpath("li/a/@href") == ["#found-1", "#found-2"]
    assert lines.xpath("count(li/a/q)") == 2
    assert len(lines.xpath("li/*[contains(@class, 'label--')]")) == 2
    assert "never an all-clear" in lines.getprevious().text_content(), "where the eye is"
    assert [line.text_content() for line in again] == ["No rest"]


def test_a_treatment_that_is_named_brings_its_short_answer_once(client):
    (section,) = post(client, "The treatment! The treatment.").xpath(
        "//section[@aria-labelledby='general-t']"
    )

    assert "About The treatment in general" in section.text_content()
    assert section.xpath(".//*[contains(@class, 'label--')]")
    assert section.xpath(".//a[@href='/t/']")
    assert not post(client, TEXT).xpath("//section[@aria-labelledby='general-t']")


def test_pages_that_start_from_the_person_stand_on_top(client, settings, tmp_path):
    shelf.publish(shelf.article_draft("help", title="Help"))
    (tmp_path / "search").mkdir()
    table = "pages\ttitle\twords\nhelp\tDo this\tlump\n"
    (tmp_path / "search" / "first.tsv").write_text(table)
    settings.CONTENT_DIR = tmp_path

    first, *_ = post(client, "We are kind. A hard lump!").xpath("//section")

    assert first.xpath(".//li/a/@href") == ["/help/"]
    answer = first.xpath(".//li/div")[0]
    assert "The treatment may help some hair." in answer.text_content(), (
        "its short answer is told at once"
    )
    assert answer.xpath(".//*[contains(@class, 'label--')]")
    assert not post(client, "No lumps!").xpath("//section[@aria-labelledby='first-pages']")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("95% success", "Your text gives a number, 95 %. Ask: 95 % of how many people"),
        ("95 per cent. 95%. 80 %", "Your text gives numbers, 95 %, 80 %. Ask: 95 % of"),
        ("It helps 63 % of men and grows.", ""),
        ("minoxidil 5%", ""),
        ("A discount of 50 %", ""),
        ("3 sessions", ""),
    ],
)
def test_a_share_that_no_claim_has_brings_a_question_and_nothing_else(client, text, asked):
    shop.claim(
        "share", name="Share", statement="It helps 63 % of men.", heard=["helps 63 % of men"]
    )

    told = " ".join(post(client, text).text_content().split())

    assert (asked in told) if asked else ("of how many people" not in told)
