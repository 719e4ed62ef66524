"""The first page tells each member of staff what waits for them, and what is late."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from explainer.library import beginning, drafts, releasing, reviewing
from explainer.library.models import ClaimVersion
from tests.library import shelf
from tests.library.test_story import staff

pytestmark = pytest.mark.django_db
AT = shelf.NOON + timedelta(days=1)
REVIEWER = reviewing.Reviewer("Dr B. Example", "Dermatologist", date(2027, 1, 2))


@pytest.fixture(autouse=True)
def claim():
    cache.clear()
    shelf.treatment()
    version = shelf.claim_draft(note="First.")
    shelf.publish(version)
    return version.claim


@pytest.fixture
def ana():
    return staff("ana", "author", "reviewer", "publisher")


@pytest.fixture
def ben():
    return staff("ben", "author", "reviewer", "publisher")


def drafted(claim, by):
    version = beginning.start(identity=claim, by=by, at=AT)
    given = {"note": "Reads better.", "why": "[Because of this.](background:)"}
    drafts.save(version=version, base=0, given=given, by=by, at=AT)
    return version


def page(client, who):
    client.force_login(who)
    return client.get(reverse("admin:index")).content.decode()


def part(client, who, name):
    found = re.search(rf'<section[^>]*labelledby="{name}">(.*?)</section>', page(client, who), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_a_draft_goes_from_my_drafts_to_a_colleagues_desk_and_back(client, claim, ana, ben):
    version = drafted(claim, ana)
    assert "Claim. Published, draft open. Saved on 3 Jan 2026." in part(client, ana, "drafts")

    reviewing.submit(version=version, base=1, by=ana, at=AT, comment="Please look.")
    assert "Submitted on 3 Jan 2026 by ana. Please look." in part(client, ben, "waits")
    assert part(client, ana, "waits") == "Waits for you Nothing waits for you."

    reviewing.send_back(version=version, base=1, by=ben, at=AT, comment="Name the source.")
    assert "Sent back to you" in part(client, ana, "waits")
    assert "Name the source." in part(client, ana, "waits")


def test_what_is_approved_waits_and_what_is_scheduled_has_its_time(client, claim, ana, ben):
    version = drafted(claim, ana)
    reviewing.submit(version=version, base=1, by=ana, at=AT)
    reviewing.approve(version=version, base=1, by=ben, at=AT, reviewer=REVIEWER)
    assert "To publish" in part(client, ana, "waits")

    when = AT + timedelta(days=1)
    releasing.schedule(version=version, base=1, by=ana, at=AT, when=when)

    assert "Becomes public on 4 Jan 2026, 12:00 (UTC)." in part(client, ana, "scheduled")
    assert "Nothing waits for you." in part(client, ana, "waits")


def test_late_and_coming_reviews_are_named(client, ana):
    for slug, days in (("late", -1), ("soon", 30), ("later", 31)):
        version = shelf.claim_draft(slug, statement=f"The treatment may help {slug}.")
        day = timezone.localdate() + timedelta(days=days)
        ClaimVersion.objects.filter(pk=version.pk).update(
            review_due=day,
            reviewed_by="Dr",
            reviewer_qualification="MD",
            reviewed_at=day - timedelta(days=9),
        )
        shelf.publish(version)

    assert "may help late." in part(client, ana, "late")
    assert "may help soon." in part(client, ana, "soon")
    assert "later" not in part(client, ana, "late") + part(client, ana, "soon")


def test_wording_that_lags_behind_its_label_is_a_problem_with_the_time_of_counting(
    client, claim, ana
):
    assert "None: the wording of every public claim fits its label." in part(
        client, ana, "problems"
    )
    releasing.raise_caution(
        claim=claim,
        base=1,
        level="unsupported",
        reason="not-studied",
        because="None.",
        by=ana,
        at=AT,
    )

    told = part(client, ana, "problems")

    assert "t/hope" in told
    assert "does not say whose promise this is" in told
    assert re.search(r"Wording read on \d+ \w+ \d{4}, \d\d:\d\d \(UTC\), for edition \d+\.", told)


def test_pages_whose_labels_changed_since_are_named_on_one_line_with_links(client, claim, ana):
    shelf.publish(shelf.article_draft())
    assert "No page shows a label that changed" in part(client, ana, "again")
    given = {"level": "unsupported", "reason": "not-studied", "because": "None."}
    releasing.raise_caution(claim=claim, base=1, by=ana, at=AT, **given)

    told = part(client, ana, "again")

    assert "leaves this line: A title (t/hope: now “Unsupported”)." in told
    assert '<a href="/admin/desk/edit/articles/t/safety/">A title</a> (t' in page(client, ana)


def test_claims_are_counted_by_label_in_words_and_bars(client, ana):
    shelf.publish(shelf.claim_draft("x", statement="The treatment may help two."))
    shelf.publish(shelf.claim_draft("w", bearing="warning", statement="It can hurt."))

    told = part(client, ana, "labels")
    bars = re.findall(r'class="chart__share" width="([\d.]+)"', page(client, ana))

    assert "Plausible 2" in told
    assert "Warning: plausible 1" in told
    assert "Unsupported 0" in told
    assert bars == ["100.0", "0.0", "0.0", "50.0", "0.0", "0.0"]


def test_last_changes_and_steps_name_who_did_them(client, claim, ana):
    drafted(claim, ana)

    assert "Published: A test" in part(client, ana, "changes")
    assert "content files, edition 2" in part(client, ana, "changes")
    assert "Claim. ana began a new version, 3 Jan 2026, 12:00." in part(client, ana, "steps")


def test_only_writers_are_offered_to_begin_something(client, ana):
    reader = staff("reader")

    assert "New claim" in part(client, ana, "ways")
    assert "New claim" not in part(client, reader, "ways")
    assert "Staff guide" in part(client, reader, "ways")


def test_more_entries_than_fit_are_counted_and_cost_no_query_each(client, claim, ana):
    drafted(claim, ana)
    page(client, ana)
    with CaptureQueriesContext(connection) as for_one:
        page(client, ana)
    for number in range(12):
        given = {"statement": f"New {number}."}
        beginning.begin_claim(key=f"t/n{number}", given=given, by=ana, at=AT)

    with CaptureQueriesContext(connection) as for_many:
        told = part(client, ana, "drafts")

    assert "And 3 more" in told
    assert len(for_many) == len(for_one) < 60
