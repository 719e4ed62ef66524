"""A reviewer sees what is new; what readers see already is folded, counted, and one click away."""

import pytest
from lxml import html

from explainer.kinds import ARTICLE
from explainer.library import drafts
from explainer.review.change import mark
from tests.library import people, shelf

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/desk/review/articles/t/safety/"
OLD = "\n".join(f"Pebble {n} is round." for n in range(5))
BODY = "[](claim:t/hope)\n\n::: background\n{}\n:::\n\n::: guidance\nAsk a doctor.\n:::"


@pytest.fixture
def revision(claim, ana):
    shelf.publish(shelf.article_draft(body=BODY.format(OLD)))
    body = BODY.format(f"{OLD}\nPebble 9 is new.")
    return people.submitted(shelf.document("articles/t/safety"), ana, body=body)


@pytest.fixture
def page(client, revision, ben):
    client.force_login(ben)
    return lambda **typed: html.fromstring(
        (client.post(ADDRESS, {"base": mark(revision), **typed}) if typed else client.get(ADDRESS))
        .content.decode()
    )  # fmt: skip


def folds(shown):
    return shown.xpath("//details[@class='review__fold']")


def test_what_is_new_is_in_sight_and_the_rest_one_click_away_without_a_script(page) -> None:
    shown = page()

    (fold,) = folds(shown)
    seen = shown.xpath("//ul[@class='review__sentences']/li[not(ancestor::details)]")
    assert [line.text_content().split("Remark")[0].strip() for line in seen] == [
        "New: Pebble 9 is new."
    ]
    assert fold.get("open") is None
    assert fold.xpath("count(.//li)") == 6
    said = " ".join(fold.find("summary").text_content().split())
    assert said == "As readers see them now: 6 sentences (Background 5, Guidance 1)"


def test_the_head_of_the_page_says_what_there_is_to_read(page) -> None:
    glance = [(a.text_content(), a.get("href")) for a in page().xpath("//*[@id='glance']/..//li/a")]

    assert ("Sentences without a label: 1 new, 6 as readers see them.", "#unlabelled") in glance
    assert ("Differs from what is public: Text.", "#fields") in glance


def test_a_remark_that_was_typed_is_never_in_a_closed_fold(page, revision) -> None:
    name = f"remark {revision.subject} body Pebble 3 is round."

    one = page(do="approve", **{name: "Which?"})
    several = page(do="approve", **{f"remark {revision.subject} body Guidance, as it was": "Who?"})

    (box,) = one.xpath(f"//textarea[@name='{name}']")
    assert box.text_content().strip() == "Which?"
    assert not box.xpath("ancestor::details[@class='review__fold']")
    assert folds(several)[0].get("open") is not None


def test_an_approval_is_said_to_cover_what_is_folded(page) -> None:
    assert "An approval covers it too" in folds(page())[0].text_content()


def test_a_page_that_nobody_has_seen_folds_nothing(client, claim, ana, ben) -> None:
    words = {"title": "Safety", "summary": "[](claim:t/hope)", "body": BODY.format(OLD)}
    drafts.create(kind=ARTICLE, key="t/safety", fields=words, actor=ana, now=people.AT)
    client.force_login(ben)

    shown = html.fromstring(client.get(ADDRESS).text)

    assert not folds(shown)
    assert "Pebble 3 is round." in shown.find_class("review__sentences")[0].text_content()


def test_a_second_look_folds_nothing_for_every_word_is_asked_about(client, claim, ben) -> None:
    shelf.publish(shelf.article_draft(body=BODY.format(OLD)))
    client.force_login(ben)

    shown = html.fromstring(client.get(ADDRESS).text)

    assert not folds(shown)
    assert len(shown.xpath("//ul[@class='review__sentences']/li")) == 6
    assert "New:" not in shown.text_content()
