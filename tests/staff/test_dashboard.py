"""The first page tells each member of staff what waits for them, and what is late."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from explainer.kinds import CLAIM
from explainer.library import drafts, workflow
from explainer.web import start_report
from tests.library import people, shelf
from tests.library.people import ALL, AT, staff
from tests.staff.rows import doubted, reviewed

pytestmark = pytest.mark.django_db
WHY = {"why": "[Because of this.](background:)"}


@pytest.fixture(autouse=True)
def claim():
    cache.clear()
    return people.public_claim()


@pytest.fixture
def ana():
    return staff("ana", *ALL)


@pytest.fixture
def ben():
    return staff("ben", *ALL)


def page(client, who):
    client.force_login(who)
    return client.get(reverse("admin:index")).text


def part(client, who, name):
    found = re.search(rf'<section[^>]*labelledby="{name}">(.*?)</section>', page(client, who), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_a_draft_goes_from_my_drafts_to_a_colleagues_desk_and_back(client, claim, ana, ben):
    revision = people.drafted(claim, ana, **WHY)
    assert "Claim. Published, draft open. Saved on 3 Jan 2026." in part(client, ana, "drafts")

    step = {"revision": revision, "expected": 1, "now": AT}
    workflow.submit(**step, actor=ana, comment="Please look.")
    assert "Submitted on 3 Jan 2026 by ana. Please look." in part(client, ben, "waits")
    assert part(client, ana, "waits") == "Waits for you Nothing waits for you."

    workflow.send_back(**step, actor=ben, comment="Name the source.")
    assert "Sent back to you" in part(client, ana, "waits")
    assert "Name the source." in part(client, ana, "waits")


def test_what_is_approved_waits_and_what_is_scheduled_has_its_time(client, claim, ana, ben):
    revision = people.approved(claim, ana, ben, **WHY)
    assert "To publish" in part(client, ana, "waits")

    when = AT + timedelta(days=1)
    workflow.schedule(revision=revision, expected=1, actor=ana, now=AT, when=when)

    assert "Becomes public on 4 Jan 2026, 12:00 (UTC)." in part(client, ana, "scheduled")
    assert "Nothing waits for you." in part(client, ana, "waits")


def test_late_and_coming_reviews_are_named(client, ana):
    for slug, days in (("late", -1), ("soon", 30), ("later", 31)):
        reviewed(slug, days)

    assert "may help late." in part(client, ana, "late")
    assert "may help soon." in part(client, ana, "soon")
    assert "later" not in part(client, ana, "late") + part(client, ana, "soon")


def test_wording_that_lags_behind_its_label_is_a_problem_with_the_time_of_counting(
    client, claim, ana
):
    assert "None: the wording of every public claim fits its label." in part(
        client, ana, "problems"
    )
    doubted(claim, ana)

    found = part(client, ana, "problems")

    assert "t/hope" in found
    assert "does not say whose promise this is" in found
    assert re.search(r"Wording read on \d+ \w+ \d{4}, \d\d:\d\d \(UTC\), for version \d+\.", found)


def test_files_that_were_not_loaded_are_told_to_those_who_may_publish(
    client, settings, tmp_path, ana
):
    settings.VAR_DIR = tmp_path
    start_report.keep(["content/pages/x.md:3: No title. Add one.", "content/pages/y.md:1: Empty."])
    told = "not loaded at the last start: 2 errors, first content/pages/x.md:3: No title. Add one."

    assert told in part(client, ana, "problems")
    assert "not loaded" not in page(client, staff("eva", "author"))

    start_report.forget()
    assert "not loaded" not in page(client, ana)


def test_pages_whose_labels_changed_since_are_named_on_one_line_with_links(client, claim, ana):
    shelf.publish(shelf.article_draft())
    assert "No page shows a label that changed" in part(client, ana, "again")
    doubted(claim, ana)

    found = part(client, ana, "again")

    assert "leaves this line: A title (t/hope: now “Unsupported”)." in found
    assert '<a href="/admin/desk/review/articles/t/safety/">A title</a> (t' in page(client, ana)


def test_claims_are_counted_by_label_in_words_and_bars(client, ana):
    shelf.publish(shelf.claim_draft("x", statement="The treatment may help two."))
    shelf.publish(shelf.claim_draft("w", bearing="warning", statement="It can hurt."))

    found = part(client, ana, "labels")
    bars = re.findall(r'class="chart__share" width="([\d.]+)"', page(client, ana))

    assert "Plausible 2" in found
    assert "Plausible risk 1" in found
    assert "Unsupported 0" in found
    assert bars == ["100.0", "0.0", "0.0", "50.0", "0.0", "0.0"]


def test_last_changes_and_steps_name_who_did_them(client, claim, ana):
    people.drafted(claim, ana)

    assert "Published: A test" in part(client, ana, "changes")
    assert "content files, version 2" in part(client, ana, "changes")
    assert "Claim. ana began a new version, 3 Jan 2026, 12:00." in part(client, ana, "steps")


def test_only_writers_are_offered_to_begin_something(client, ana):
    reader = staff("reader")

    assert "New claim" in part(client, ana, "ways")
    assert "New claim" not in part(client, reader, "ways")
    assert "Staff guide" in part(client, reader, "ways")


def test_more_documents_than_fit_are_counted_and_cost_no_query_each(client, claim, ana, ben):
    shelf.publish(shelf.article_draft())
    doubted(claim, ana)
    for slug, back in (("one", True), ("two", False)):
        document = people.public_claim(slug, statement=f"It may help {slug}.")
        revision = people.submitted(document, ben if slug == "two" else ana, **WHY)
        if back:
            step = {"revision": revision, "expected": 1, "now": AT}
            workflow.send_back(**step, actor=ben, comment="Name the source.")
    page(client, ana)
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse("admin:index"))
    for number in range(12):
        fields = {"statement": f"New {number}."}
        drafts.create(kind=CLAIM, key=f"t/n{number}", fields=fields, actor=ana, now=AT)

    with CaptureQueriesContext(connection) as for_many:
        found = client.get(reverse("admin:index")).text

    assert "And 3 more" in found
    assert len(for_many) == len(for_one) <= 24


def test_administrators_see_whether_the_machine_is_in_order_and_nobody_else(
    client, settings, tmp_path, ana
):
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.touch()

    said = part(client, staff("ida", "administrator", "author"), "machine")

    assert f"Not in order. Nothing can be written to {settings.VAR_DIR} (Not a directory)" in said
    assert "No backup of this site is known" in said
    assert 'aria-labelledby="machine"' not in page(client, staff("eve", "author"))
