"""Question sheets: every unsupported promise asks, each question once, nothing else does."""

import pytest
from lxml import html

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db

GUIDANCE = """## Who does it?

::: guidance
- Who holds the needle?
- Take notes.
- May I leave?
:::

[](claim:t/hope)
"""


FIVE = """## The first five: The treatment

::: guidance
| Ask | A clear answer | An evasive one |
|---|---|---|
| What is in it? | Get a list in writing. | Do not settle for "our mix". |
:::

## The first five: Another

::: guidance
| Ask | A clear answer | An evasive one |
|---|---|---|
| Who else? | Look for a name. | Beware of a shrug. |
:::
"""


@pytest.fixture(autouse=True)
def treatment():
    shop.build()
    shelf.publish(shelf.article_draft("questions", GUIDANCE))


def promise(slug, ask, **words):
    shop.claim(slug, ask=ask, **{**shop.VAIN, **words})


def lines(client):
    page = html.fromstring(client.get("/questions/t/").content.decode())
    return [
        " ".join(item.text_content().split()) for item in page.xpath("//li[@class='sheet__item']")
    ]


def test_a_sheet_asks_each_question_once_the_most_promised_first_by_topic(client):
    promise("b", "Who saw it?", topic="safety")
    promise("c", "Who counted?")
    promise("d", "Who  counted?", topic="safety")
    promise("e", "Who paid?")

    assert lines(client) == [
        "Who counted? About 2 promises",
        "Who paid? About 1 promise",
        "Who saw it? About 1 promise",
        "Who holds the needle?",
        "May I leave?",
    ]
    assert "From 4 promises labelled “Unsupported”" in shop.visible(client, "/questions/t/")


def test_a_question_leads_to_the_unsupported_promises_of_its_topics(client):
    promise("b", "Who saw it?", topic="safety")
    promise("c", "Who counted?")
    promise("d", "Who counted?", topic="safety")

    page = html.fromstring(client.get("/questions/t/").content.decode())
    shared, own = page.xpath("//a[@class='sheet__about']/@href")

    assert shared == "/claims/?treatment=t&level=unsupported&bearing=promise"
    assert own == "/claims/?treatment=t&topic=safety&level=unsupported&bearing=promise"
    assert "3 promises" in shop.visible(client, shared)
    assert "2 promises" in shop.visible(client, own)


def test_what_a_promise_asks_is_not_asked_again(client):
    promise("b", "May I leave?")

    assert lines(client) == ["May I leave? About 1 promise", "Who holds the needle?"]
    assert "Who does it?" in shop.visible(client, "/questions/t/")


def test_a_heading_whose_questions_are_all_asked_already_is_left_out(client):
    promise("b", "May I leave?")
    promise("c", "Who holds the needle?")

    assert lines(client) == [
        "May I leave? About 1 promise",
        "Who holds the needle? About 1 promise",
    ]
    assert "Who does it?" not in shop.visible(client, "/questions/t/")


def test_only_published_unsupported_promises_with_a_question_ask(client):
    promise("gone", "Withdrawn?")
    shop.withdraw("claims/t/gone")
    shelf.claim_draft("draft", ask="A draft?", **shop.VAIN)
    promise("silent", "")
    promise("harm", "A warning?", bearing="warning")
    shop.claim("likely", ask="A likely one?")

    assert lines(client) == ["Who holds the needle?", "May I leave?"]


def test_the_first_questions_stand_with_their_answers_on_the_sheet_of_their_treatment(client):
    shelf.publish(shelf.article_draft("questions", f"{FIVE}{GUIDANCE}"))

    page = html.fromstring(client.get("/questions/t/").content.decode())
    (first,) = page.xpath("//li[@class='first__item']")

    assert " ".join(first.text_content().split()) == (
        "What is in it? A clear answer: Get a list in writing. "
        'An evasive one: Do not settle for "our mix".'
    )
    assert lines(client) == ["Who holds the needle?", "May I leave?"]
    assert "Batch number" in shop.visible(client, "/questions/t/")


ROWS = """
| [It may help.](claim:t/hope) | Get a list. | Beware. |
| **Who?** | [It may help.](claim:t/hope) | Beware. |
| What? | Get a list. | [It may help.](claim:t/hope) |
| **Who?** | Get a list. | [](claim:t/hope) |
| **Who?** | | Beware. |
"""


def test_no_claim_stands_on_the_sheet_without_its_label(client):
    in_row = FIVE.replace(
        ":::\n\n## The first five: A", f"{ROWS.strip()}\n:::\n\n## The first five: A"
    )
    in_list = f"{in_row}\n::: guidance\n- Ask: [It may help.](claim:t/hope) Is it so?\n:::\n"
    shelf.publish(shelf.article_draft("questions", in_list))

    page = html.fromstring(client.get("/questions/t/").content.decode())

    assert len(page.xpath("//li[@class='first__item']")) == 1
    assert "It may help" not in shop.visible(client, "/questions/t/")


def test_the_first_questions_of_a_longer_name_are_not_those_of_a_part_of_it(client):
    longer = FIVE.replace("five: Another", "five: The treatment by needle")
    shelf.publish(shelf.article_draft("questions", longer))

    assert "Who else?" not in shop.visible(client, "/questions/t/")


def test_words_of_the_glossary_are_printed_on_the_sheet(client):
    shelf.publish(shelf.term_draft())
    told = FIVE.replace("Get a list", "Get a list for the [](term:scalp)")
    shelf.publish(shelf.article_draft("questions", told))

    assert "Get a list for the Scalp in writing." in shop.visible(client, "/questions/t/")


@pytest.mark.parametrize("key", ["nothing", "questions", "home", "u"])
def test_there_is_a_sheet_for_explained_treatments_alone(client, key):
    shelf.publish(shop.treatment("u", "An option", role="option"))

    assert client.get(f"/questions/{key}/").status_code == 404
    assert f"/questions/{key}/".encode() not in client.get("/sitemap.xml").content


def test_a_sheet_is_reached_from_the_questions_the_treatment_and_the_sitemap(
    client,
):
    for address in ("/questions/", "/t/", "/t/safety/"):
        assert b'href="/questions/t/"' in client.get(address).content, address
    assert b"/questions/t/</loc>" in client.get("/sitemap.xml").content


def test_without_the_page_of_questions_there_is_no_sheet(client):
    shop.withdraw("articles/questions")

    assert client.get("/questions/t/").status_code == 404
    for address in ("/t/", "/t/safety/", "/sitemap.xml"):
        assert b"/questions/" not in client.get(address).content, address


def test_a_claim_shows_its_question_on_its_page(client):
    shop.claim("hope", ask="Who measured it?")

    assert "What you can ask Who measured it?" in shop.visible(client, "/claims/t/hope/")


def test_a_claim_without_a_question_says_nothing_about_asking(client):
    assert "What you can ask" not in shop.visible(client, "/claims/t/hope/")
    assert "What you can ask" not in shop.visible(client, "/t/safety/")
