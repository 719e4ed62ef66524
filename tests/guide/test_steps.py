"""Where do I stand, three questions: posted answers, nothing kept, each claim with its label."""

import pytest
from django.test import Client
from lxml import html

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

CLAIM = "[](claim:t/hope)"
SAID = "[Words.](background:)"
BODY = f"""{SAID}

## What kind?

### [After a birth](/t/)

### Slow loss

#### What is known?

{CLAIM}

### Bare spots

#### What is known?

{CLAIM}

#### What can you ask?

::: guidance
Who looked?
:::

## What else?

### Illness

#### What should a doctor look at first?

::: guidance
Ask a nurse.
:::

### Nothing

#### What can you ask?

::: guidance
Who paid?
:::

## What holds for everyone?

### What should a doctor look at first?

::: guidance
See a doctor.
:::
"""
QUIZ = f"## Which?\n\n{CLAIM}\n\n### Is it so?\n\n{SAID}\n\n### Is it not?\n\n{SAID}"
AT = "/where-do-i-stand/"
SLOW, BARE, ILL = "what-kind/slow-loss", "what-kind/bare-spots", "what-else/illness"


@pytest.fixture(autouse=True)
def pages():
    shop.build()
    shelf.publish(
        shelf.article_draft("where-do-i-stand", BODY),
        shelf.article_draft("did-i-read-it-right", QUIZ),
    )


def tree(response):
    return html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def result(client, *answers):
    return client.post(AT, {"answer": answers, "step": "3"})


def test_the_first_step_asks_without_an_address_and_leads_away_at_once(client):
    page = tree(client.get(AT))
    (form,) = page.xpath("//main//form")

    assert (form.get("method"), form.get("action")) == ("post", None)
    assert page.xpath("//input/@value") == [SLOW, BARE]
    assert page.xpath("//a[@class='guide__away']/@href") == ["/t/"]
    assert page.xpath("//button/@value") == ["2", "3"]
    assert not page.xpath("//meta[@name='robots']")


def test_answers_travel_on_hidden_and_back_again_and_are_forgotten(client):
    second = client.post(AT, {"answer": [SLOW], "step": "2"})
    first = tree(client.post(AT, {"answer": [SLOW, ILL], "step": "1"}))

    assert tree(second).xpath("//input[@type='hidden']/@value") == [SLOW]
    assert tree(second).xpath("//button/@value") == ["3", "1"]
    assert first.xpath("//input[@checked]/@value") == [SLOW]
    assert first.xpath("//input[@type='hidden']/@value") == [ILL]
    assert not tree(client.get(AT)).xpath("//input[@checked]")


@pytest.mark.parametrize("step", ["1", "2", "3"])
def test_what_was_posted_is_kept_nowhere(client, step):
    response = client.post(AT, {"answer": [BARE], "step": step})

    assert response["Cache-Control"] == "no-store"
    assert response.cookies == {}
    assert tree(response).xpath("//meta[@name='robots']/@content") == ["noindex"]
    addresses = tree(response).xpath("//@href | //@action")
    assert not [address for address in addresses if "bare-spots" in address]


def test_no_token_is_asked_and_no_answer_is_logged(caplog, monkeypatch):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    assert client.post(AT, {"answer": [BARE], "step": "3"}).status_code == 200
    monkeypatch.setattr("explainer.guide.steps.sections", lambda *args: 1 / 0)
    assert client.post(AT, {"answer": [BARE], "step": "3"}).status_code == 500
    assert "bare-spots" not in caplog.text


def test_the_result_gathers_by_part_says_what_brought_it_and_tells_a_claim_once(client):
    page = tree(result(client, ILL, BARE, SLOW))
    parts = page.xpath("//main/section[.//h2[@class='page__section-title']]")

    assert [words(part.find("h2")) for part in parts] == [
        "What should a doctor look at first?",
        "What is known?",
        "What can you ask?",
    ]
    assert [words(h) for h in parts[0].findall("h3")] == ["For everyone", "Illness"]
    assert [words(h) for h in parts[1].findall("h3")] == ["Slow loss"]
    (claim,) = parts[1].xpath(".//p[@class='claim']")
    assert claim.xpath(".//a/@href") == ["/claims/t/hope/"]
    assert claim.xpath("./span[contains(@class, 'label--plausible')]")
    assert [words(dd) for dd in page.xpath("//dd")] == ["Slow loss; Bare spots", "Illness"]


def test_whoever_skips_everything_is_told_what_holds_for_everyone(client):
    text = words(tree(result(client)).find("body"))

    assert "You chose no answer, so here is what holds for everyone." in text
    assert "See a doctor." in text
    assert "Who paid?" not in text


@pytest.mark.parametrize(
    "sent", [{"step": "x"}, {"step": "99"}, {"step": "²"}, {"answer": "no/such"}]
)
def test_what_nobody_could_have_chosen_begins_anew(client, sent):
    page = tree(client.post(AT, sent))

    assert "Step 1 of 2" in words(page)
    assert not page.xpath("//input[@checked or @type='hidden']")


def test_all_of_it_stands_on_one_page_which_is_not_listed(client):
    page = tree(client.get(f"{AT}?all=1"))

    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href")[0].endswith(AT)
    assert len(page.xpath("//main//p[@class='claim']")) >= 2


def test_a_withdrawn_guide_or_quiz_is_gone(client):
    for key in ("where-do-i-stand", "did-i-read-it-right"):
        shop.withdraw(f"articles/{key}", "It was uneven.")

        assert "It was uneven." in shop.visible(client, f"/{key}/", 410)


def test_texts_out_of_shape_keep_every_word_as_prose(client):
    for key in ("where-do-i-stand", "did-i-read-it-right"):
        shelf.publish(shelf.article_draft(key, f"### A heading\n\n{CLAIM}"))

        assert "A heading" in shop.visible(client, f"/{key}/")


def test_other_addresses_take_no_form(client):
    assert client.post("/did-i-read-it-right/").status_code == 405
    assert client.put(AT).status_code == 405


def test_each_answer_about_a_label_opens_to_what_is_said_to_it(client):
    page = tree(client.get("/did-i-read-it-right/"))

    assert [words(each) for each in page.xpath("//details")] == [
        "Is it so? Words.",
        "Is it not? Words.",
    ]
    assert page.xpath("//p[@class='claim']/span[contains(@class, 'label--plausible')]")
