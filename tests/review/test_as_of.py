"""What a patient saw on a day: the words, labels and reviews of then, whatever came after."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from explainer.library import as_of, workflow
from explainer.library.models import Document, Mention, Revision
from tests.images import pictures
from tests.library import people, shelf
from tests.library.people import ALL
from tests.public import shop

pytestmark = pytest.mark.django_db

NOON = shelf.NOON
DAY = timedelta(days=1)
PAGE, CLAIM = "/t/safety/", "/claims/t/hope/"


def _ask(client, address, when):
    when = when if isinstance(when, str) else when.isoformat()
    return client.get(reverse("staff-past"), {"address": address, "at": when})


def words(response, part):
    """Give the text of a part of a page in one line."""
    return " ".join(html.fromstring(response.text).find(f".//{part}").text_content().split())


@pytest.fixture
def history(client):
    """Noon: plausible, published. A day later: other words, and unsupported. Two: withdrawn."""
    shelf.treatment()
    shelf.publish(
        shelf.term_draft(definition="The skin of the head."),
        shelf.claim_draft(),
        shelf.article_draft(body="## Risks\n\n[](claim:t/hope)"),
    )
    shelf.publish(
        shelf.claim_draft(statement="No study shows that the treatment helps hair.", **shop.VAIN),
        now=NOON + DAY,
    )
    shop.withdraw("claims/t/hope", "It repeats another.", NOON + 2 * DAY)
    client.force_login(people.staff("ana"))
    return client


@pytest.fixture
def seen(history):
    """Ask what was seen at an address; gives the text of the page in one line."""

    def ask(address, when, status=200):
        response = _ask(history, address, when)
        assert response.status_code == status
        return words(response, "body")

    return ask


def test_an_article_shows_the_words_and_labels_of_then(seen):
    first, second, third = (seen(PAGE, NOON + days * DAY) for days in range(3))

    assert "The treatment may help some hair" in first
    assert "Plausible, in theory only." in first
    assert "No study shows" not in first
    assert "No study shows" in second
    assert "Unsupported, not tested." in second
    assert "(Withdrawn.)" in third


def test_the_page_says_that_it_is_of_the_past_and_leads_to_todays(history):
    page = html.fromstring(_ask(history, PAGE, "2026-01-02T12:00").text)

    note = page.find_class("notice")[0]
    assert "2 January 2026, 12:00:00 UTC" in note.text_content()
    assert note.xpath(".//a/@href") == [PAGE]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_moment_before_a_change_belongs_to_what_stood_before(seen):
    just_before = NOON + DAY - timedelta(microseconds=1)

    assert "may help some hair" in seen(CLAIM, just_before)
    assert "No study shows" in seen(CLAIM, NOON + DAY)


def test_a_withdrawn_claim_keeps_its_page_with_the_reason(seen):
    assert "It repeats another." in seen(CLAIM, NOON + 2 * DAY)
    assert "It repeats another." not in seen(CLAIM, NOON + DAY)


def test_where_an_article_was_withdrawn_its_notice_was_seen(seen):
    shop.withdraw("articles/t/safety", "It is out of date.", NOON + 3 * DAY)

    assert "A title" in seen(PAGE, NOON + 2 * DAY)
    assert "It is out of date." in seen(PAGE, NOON + 3 * DAY, status=410)


@pytest.mark.parametrize("address", ["/t/effects/", "/claims/t/no-such/", "/home/", "/x/y/z/"])
def test_drafts_and_what_never_was_show_nothing(address, seen):
    shelf.article_draft(key="t/effects")

    assert f"Nothing was public at {address} then" in seen(address, NOON + DAY)


def test_sources_and_the_glossary_are_shown_in_the_words_of_then(seen):
    shelf.publish(
        shelf.source_draft(title="A clinic, renamed"),
        shelf.term_draft(definition="The skin under the hair."),
        now=NOON + DAY,
    )

    for address, old, new in (
        ("/sources/clinic-a/", "“A clinic”", "“A clinic, renamed”"),
        ("/glossary/", "of the head", "under the hair"),
        (CLAIM, "“A clinic”", "“A clinic, renamed”"),
    ):
        then, later = seen(address, NOON), seen(address, NOON + DAY)
        assert (old in then, new in then) == (True, False)
        assert (old in later, new in later) == (False, True)


def test_a_source_tells_what_it_said_of_each_claim_with_the_labels_of_then(seen):
    first, second, third = (seen("/sources/clinic-a/", NOON + days * DAY) for days in range(3))

    assert ("may help some hair" in first, "Plausible, in theory" in first) == (True, True)
    assert ("No study" in second, "Unsupported, not tested" in second) == (True, True)
    assert "No study" not in third


def test_an_article_of_the_past_still_shows_its_images(settings, tmp_path, history):
    settings.VAR_DIR = tmp_path
    image = pictures.sent(pictures.person("ben"))
    figure = f"::: background\n![Hair roots](figure:{image.key})\n:::"
    shelf.publish(shelf.article_draft(body=figure), now=NOON + DAY)
    shelf.publish(shelf.article_draft(), now=NOON + 2 * DAY)

    then, later = (_ask(history, PAGE, NOON + days * DAY) for days in (1, 2))

    assert f"src={image.staff_address}" in then.text
    assert image.key not in later.text


def test_looking_back_changes_nothing(seen):
    tables = (Document, Revision, Mention)
    before = [list(table.objects.order_by("pk").values()) for table in tables]

    seen(PAGE, NOON)

    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    assert as_of.moment.get() is None


@pytest.mark.parametrize(
    "address", ["https://hair.example/t/safety?x=1#top", "t/safety/", " /t/safety "]
)
def test_an_address_may_be_given_whole_or_without_its_slashes(address, seen):
    assert "A title" in seen(address, NOON)


def test_a_page_of_the_past_names_who_had_reviewed_it(seen):
    ana, ben = (people.staff(name, *ALL) for name in ("cara", "ben"))
    people.public_claim("other", statement="It may help others.")
    revision = people.approved(shelf.document("claims/t/other"), ana, ben)
    workflow.publish(revisions=[revision], expected=[1], actor=ana, now=people.AT)

    assert "Dr B. Example" in seen("/claims/t/other/", people.AT)
    assert "Dr B. Example" not in seen("/claims/t/other/", NOON)


def test_the_guide_asks_in_the_words_and_shows_the_labels_of_then(history):
    answers = "### Slow\n\n#### What is known?\n\n[](claim:t/hope)\n\n### [Away](/t/)"
    always = "### Where can you read on?\n\n[](claim:t/hope)"
    guide = f"## Which {{}}?\n\n{answers}\n\n## What holds for everyone?\n\n{always}"
    for day, word in enumerate(("loss", "thinning")):
        shelf.publish(
            shelf.article_draft("where-do-i-stand", guide.format(word)), now=NOON + day * DAY
        )
    then, later = (_ask(history, "/where-do-i-stand/", NOON + day * DAY) for day in range(2))
    whole = _ask(history, "/where-do-i-stand/?all=1", NOON)

    assert "Which loss?" in words(then, "main")
    assert "Which thinning?" in words(later, "main")
    assert html.fromstring(then.text).xpath("//main//form//input/@value") == ["which-loss/slow"]
    assert "Plausible, in theory only." in words(whole, "main")


@pytest.mark.parametrize(
    ("address", "when", "message"),
    [
        (PAGE, "yesterday", "'yesterday' is not a date"),
        (PAGE, "", "'' is not a date"),
        (PAGE, "0001-01-01T00:00+23:00", "is not a date"),
        (PAGE, "2999-01-01", "has not come yet"),
        (PAGE, "2026-01-02T11:59", "Nothing was public at 2026-01-02 11:59"),
        (PAGE, "2026-01-02T11:59", "the first is of 2026-01-02 12:00"),
        ("/t/\0/", "2026-01-02T12:00", "is no address of a page"),
        ("http://[bad/", "2026-01-02T12:00", "is no address of a page"),
        ("/admin/", "2026-01-02T12:00", "is no address of a page"),
        ("/admin", "2026-01-02T12:00", "is no address of a page"),
        ("/admin/desk/past/?address=/t/", "2026-01-02T12:00", "is no address of a page"),
        ("/sitemap.xml", "2026-01-02T12:00", "/sitemap.xml is read by machines"),
        ("/changes.atom", "2026-01-02T12:00", "/changes.atom is read by machines"),
        ("/healthz", "2026-01-02T12:00", "/healthz is read by machines"),
        (f"/images/{'0' * 32}.png", "2026-01-02T12:00", "is read by machines"),
    ],
)
def test_a_question_without_an_answer_is_told_why(address, when, message, seen):
    assert message in seen(address, when)


def test_a_moment_without_a_zone_is_utc():
    assert as_of.parse(" 2026-01-02T12:00 ") == NOON
    assert as_of.parse("2026-01-02T13:00+01:00") == NOON


@pytest.mark.parametrize("path", [PAGE, CLAIM, "/t/", "/claims/", "/sources/", "/glossary/"])
def test_a_page_of_just_now_is_the_page_of_today(path, client, seen):
    today = shop.visible(client, path)

    before, _, note = seen(path, shop.LATER).partition("This is what the page said")
    after = note.partition("all links lead.")[2]

    assert f"{before.strip()} {after.strip()}" == today


@pytest.fixture
def told(client):
    """Noon: two claims. A day later: one relabelled, all renamed. Two: the other withdrawn."""
    shelf.treatment()
    questions = "## At the desk\n\n::: guidance\n- Who treats me?\n- Who says so?\n:::"
    shelf.publish(
        shelf.term_draft(also=["head"], definition="Skin."),
        shelf.claim_draft(ask="Nobody asks this of what is plausible?"),
        shelf.claim_draft("more", statement="It helps more.", ask="Who says so?", **shop.VAIN),
        shelf.article_draft("questions", questions),
    )
    changed = {"statement": "No study shows hair.", "topic": "safety", "ask": "Who  saw it?"}
    shelf.publish(
        shelf.source_draft(title="Renamed", sells_treatment=True),
        shelf.term_draft(also=["head"], definition="What holds hair."),
        shelf.draft(shop.TREATMENT, "t", **{**shelf.TREATMENT_FIELDS, "name": "The cure"}),
        shelf.claim_draft(**changed, **shop.VAIN),
        now=NOON + DAY,
    )
    shop.withdraw("claims/t/more", "It was wrong.", NOON + 2 * DAY)
    client.force_login(people.staff("ana"))

    return lambda address, days: words(_ask(client, address, NOON + days * DAY), "main")


SEEN = {
    "/claims/": [
        (["2 promises", "may help some hair", "It helps more"], ["No study"]),
        (["2 promises", "No study shows hair", "It helps more"], ["may help some hair"]),
        (["1 promise", "No study shows hair"], ["It helps more"]),
    ],
    "/claims/?level=plausible": [(["1 promise", "may help some hair"], ["It helps more"])],
    "/claims/?treatment=t&level=unsupported": [(["1 promise", "It helps more"], ["may help"])],
    "/claims/?bearing=promise&source=clinic-a": [(["2 promises"], [])],
    "/claims/?topic=safety": [
        (["No claim"], ["may help some hair"]),
        (["1 promise", "No study"], []),
    ],
    "/questions/t/": [
        (["The treatment", "Who says so?", "Who treats me?"], ["The cure", "Who saw it?"]),
        (["The cure", "Who saw it?"], ["Nobody asks this"]),
        (["Who saw it?", "Who says so?"], []),
    ],
    "/sources/": [
        (["“A clinic”"], ["Renamed"]),
        (["“Renamed”"], ["A clinic"]),
    ],
    "/glossary/": [(["Scalp", "head", "Skin."], ["holds"]), (["What holds hair."], ["Skin."])],
    "/changes/": [
        (["2 January 2026"], ["3 January 2026", "It was wrong."]),
        (["3 January 2026"], ["It was wrong."]),
        (["It was wrong."], []),
    ],
}


@pytest.mark.parametrize("address", SEEN)
def test_a_list_holds_what_it_held_then(address, told):
    for days, (there, missing) in enumerate(SEEN[address]):
        page = told(address, days)
        assert {text: text in page for text in (*there, *missing)} == {
            **dict.fromkeys(there, True),
            **dict.fromkeys(missing, False),
        }


def test_a_treatment_without_a_sheet_had_none(told):
    assert "Nothing was public at /questions/nothing/" in told("/questions/nothing/", 1)
