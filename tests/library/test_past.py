"""What a patient saw on a day: the words, labels and versions of then, whatever came after."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from explainer.library.past import moment, page_on

from explainer.library import publishing, releasing, reviewing
from explainer.library.models import Article, Claim, ClaimVersion, GlossaryTerm, Position, Source
from tests.images import pictures
from tests.library import shelf
from tests.library.test_story import staff

pytestmark = pytest.mark.django_db

NOON = shelf.NOON
DAY = timedelta(days=1)
ARTICLE, CLAIM = "/t/safety/", "/claims/t/hope/"


@pytest.fixture(autouse=True)
def history() -> None:
    """Noon: plausible, published. A day later: other words, and unsupported. Two: withdrawn."""
    shelf.treatment()
    term = GlossaryTerm(key="scalp", term="scalp", definition="The skin of the head.")
    publishing.revise(rows=[term], by=None, reason="A test", at=NOON)
    shelf.publish(shelf.claim_draft(), shelf.article_draft(body="## Risks\n\n[](claim:t/hope)"))
    second = shelf.claim_draft(
        statement="No study shows that the treatment helps hair.",
        level="unsupported",
        reason="not-studied",
    )
    publishing.publish(versions=[second], by=None, reason="New", at=NOON + DAY)
    publishing.withdraw(
        what=Claim.objects.get(), by=None, reason="It repeats another.", at=NOON + 2 * DAY
    )


def text(path, at):
    page = page_on(path, at)
    return "\n".join([page.title, *(line for text in page.texts for line in text.lines)])


def run(*arguments):
    out = StringIO()
    call_command("seen_on", *arguments, stdout=out)
    return out.getvalue()


def test_an_article_shows_the_words_and_labels_of_then() -> None:
    first, second = text(ARTICLE, NOON), text(ARTICLE, NOON + DAY)
    third = text(ARTICLE, NOON + 2 * DAY)

    assert "may help some hair. Evidence: Plausible" in first
    assert "No study shows" not in first
    assert "No study shows" in second
    assert "Evidence: Unsupported" in second
    assert "Evidence: Withdrawn" in third


def test_a_moment_before_a_change_belongs_to_what_stood_before() -> None:
    just_before = NOON + DAY - timedelta(microseconds=1)

    assert page_on(CLAIM, just_before).version.number == 1
    assert page_on(CLAIM, NOON + DAY).version.number == 2


def test_a_withdrawn_claim_keeps_its_page_with_the_reason() -> None:
    page = page_on(CLAIM, NOON + 2 * DAY)

    assert page.claims[0].label == "Withdrawn"
    assert "It repeats another." in text(CLAIM, NOON + 2 * DAY)
    assert page_on(CLAIM, NOON + DAY).claims[0].label == "Unsupported"


def test_where_an_article_was_withdrawn_its_notice_was_seen() -> None:
    publishing.withdraw(
        what=Article.objects.get(), by=None, reason="It is out of date.", at=NOON + 3 * DAY
    )

    assert page_on(ARTICLE, NOON + 2 * DAY).version.number == 1
    assert text(ARTICLE, NOON + 3 * DAY).splitlines() == [
        "We withdrew this page",
        "“A title” was withdrawn on 2026-01-05.",
        "It is out of date.",
    ]


def test_drafts_and_times_before_the_first_version_show_nothing() -> None:
    shelf.article_draft(key="t/effects")

    assert page_on("/t/effects/", NOON + DAY) is None
    assert page_on(ARTICLE, NOON - DAY) is None
    assert page_on("/claims/t/no-such/", NOON) is None
    assert page_on("/home/", NOON) is None


def test_sources_and_the_glossary_are_shown_in_the_words_of_then() -> None:
    source, term = Source.objects.get(), GlossaryTerm.objects.get()
    source.title, term.definition = "A clinic, renamed", "The skin under the hair."
    publishing.revise(rows=[source, term], by=None, reason="Mended", at=NOON + DAY)

    assert page_on("/sources/clinic-a/", NOON).title == "Clinic: “A clinic”"
    assert page_on("/sources/clinic-a/", NOON + DAY).title == "Clinic: “A clinic, renamed”"
    assert "of the head" in text("/glossary/", NOON)
    assert "under the hair" in text("/glossary/", NOON + DAY)
    assert page_on("/glossary/", NOON - DAY) is None
    position = page_on(CLAIM, NOON).claims[0].judged.claim.positions[0]
    assert position.source.title == "A clinic"


def test_a_source_tells_what_it_said_of_each_claim_with_both_labels_of_then() -> None:
    told = text("/sources/clinic-a/", NOON)

    assert "Sells the treatment: No" in told
    assert "How far we read it: We read it in full" in told
    assert (
        "The treatment may help some hair. Evidence: Plausible. "
        "Going by this source alone: Plausible. Says so."
    ) in told
    assert "Evidence: Unsupported." in text("/sources/clinic-a/", NOON + DAY)
    assert "takes no position" in text("/sources/clinic-a/", NOON + 2 * DAY)


def test_an_article_of_the_past_still_shows_its_images(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path
    image = pictures.sent(pictures.person())
    shown = f"::: background\n![Hair roots](figure:{image.key})\n:::"
    publishing.publish(
        versions=[shelf.article_draft(body=shown)], by=None, reason="A test", at=NOON + DAY
    )
    publishing.publish(
        versions=[shelf.article_draft()], by=None, reason="A test", at=NOON + 2 * DAY
    )

    body = page_on(ARTICLE, NOON + DAY).texts[1]

    assert f'src="{image.staff_address}"' in body.html
    assert "Hair roots" in body.lines
    assert "<img" not in page_on(ARTICLE, NOON + 2 * DAY).texts[1].html


def test_looking_back_changes_nothing() -> None:
    before = list(ClaimVersion.objects.values()), list(Position.objects.values())

    text(ARTICLE, NOON)

    assert (list(ClaimVersion.objects.values()), list(Position.objects.values())) == before


def test_an_address_may_be_given_whole_or_without_its_last_slash() -> None:
    assert page_on("https://hair.example/t/safety?x=1#top", NOON).path == ARTICLE


def test_the_command_prints_words_labels_versions_and_reviewers() -> None:
    ana, ben = (staff(name, "author", "reviewer", "publisher") for name in ("ana", "ben"))
    version = shelf.claim_draft("other", note="New.", why="[Because of this.](background:)")
    reviewing.submit(version=version, base=0, by=ana, at=NOON)
    due = (NOON + 400 * DAY).date()
    reviewer = reviewing.Reviewer("Dr B. Example", "Dermatologist", due)
    reviewing.approve(version=version, base=0, by=ben, at=NOON, reviewer=reviewer)
    releasing.release(versions=[version], bases=[0], by=ana, at=NOON)

    told = run("/claims/t/other/", "2026-01-02T12:00")
    article = run(ARTICLE, "2026-01-02T12:00")

    assert "as it was on 2026-01-02 12:00 UTC" in told
    assert "reviewed by Dr B. Example, Dermatologist, on 2026-01-02" in told
    assert "Because of this." in told
    assert "A clinic: plausible. Says so." in told
    assert "Short answer:\n" in article
    assert "t/hope: Version 1, public since 2026-01-02 12:00 UTC, not reviewed" in article


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("/nothing/", "2026-01-02T12:00"), "Nothing was public at /nothing/"),
        ((ARTICLE, "yesterday"), "'yesterday' is no moment"),
        ((ARTICLE, "2999-01-01"), "has not come yet"),
        (("/t/\0/", "2026-01-02"), "is no address of a page"),
        (("/changes/", "2026-01-02T12:00"), "/changes is not shown as it was"),
        (("/sitemap.xml", "2026-01-02T12:00"), "/sitemap.xml is read by machines"),
        ((f"/images/{'0' * 32}.png", "2026-01-02T12:00"), "file of an image never changes"),
    ],
)
def test_the_command_says_why_it_has_nothing_to_show(arguments, message) -> None:
    with pytest.raises(CommandError, match=message):
        run(*arguments)


def test_a_moment_without_a_zone_is_utc() -> None:
    assert moment(" 2026-01-02T12:00 ") == NOON
    assert moment("2026-01-02T13:00+01:00") == NOON


def test_the_pages_of_today_and_the_past_agree(client) -> None:
    shelf.publish(
        shelf.claim_draft("again"), shelf.article_draft(key="t", body="[](claim:t/again)")
    )

    today = client.get("/t/")

    assert str(page_on("/t/", NOON).texts[1].html) in today.text
