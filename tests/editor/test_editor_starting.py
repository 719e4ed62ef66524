"""A revision is started from what somebody saw, and a draft is thrown away as they saw it."""

import pytest
from django.urls import reverse

from explainer.library import drafts, workflow
from explainer.library.models import Save
from tests.library import people, shelf
from tests.library.people import ALL, AT
from tests.staff.rows import CLAIM, NEWS, at, draft, of_every_kind, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return people.staff("bea", *ALL), people.staff("cem", *ALL)


def released(document, pair, **words):
    revision = people.approved(document, *pair, **words)
    workflow.publish(revisions=[revision], expected=[revision.lock_version], actor=pair[0], now=AT)
    return revision


def opened(document):
    found = drafts.newest(document)
    return found if found.state == "draft" else None


def test_starting_opens_the_form_with_the_words_of_the_newest_version(desk_of_ana, claim):
    response = desk_of_ana.post(at("start"), {"seen": 1}, follow=True)

    assert claim.revisions.open().count() == 1
    assert 'name="statement"' in response.text
    assert 'name="base" value="0"' in response.text
    assert '<option value="clinic-a" selected>clinic-a: A clinic</option>' in response.text


def test_starting_twice_leads_to_the_open_draft(desk_of_ana, claim):
    draft(claim, staff("ben", "author"))

    response = desk_of_ana.post(at("start"), {"seen": 1}, follow=True)

    assert claim.revisions.count() == 2
    assert "begun by ben" in response.text


def test_an_old_version_is_started_again_by_its_number(desk_of_ana, claim, ana):
    revision = draft(claim, ana)
    drafts.save(revision=revision, expected=0, fields={"why": "New."}, actor=ana, now=shelf.NOON)
    shelf.publish(revision)

    desk_of_ana.post(at("start"), {"like": "1", "seen": "2"})

    assert claim.revisions.open().get().fields["why"] == "Because."
    for unknown in ("99", "-1", "9" * 40, "one"):
        asked = {"like": unknown, "seen": "2"}
        assert desk_of_ana.post(at("start"), asked).status_code == 404


@of_every_kind
@pytest.mark.parametrize("like", [None, "1"])
def test_what_became_public_in_between_is_shown_before_anything_is_started(
    desk_of_ana, document, pair, like
):
    subject = document.subject
    asked = {"seen": "1"} | ({"like": like} if like else {})
    released(document, pair, **NEWS[subject])

    refused = desk_of_ana.post(at("start", subject), asked)
    assert refused.status_code == 409
    assert opened(document) is None
    again = desk_of_ana.post(at("start", subject), asked | {"seen": "2"})

    assert "Version 2 is the newest by now, made public by bea" in refused.text
    assert "added: </span>" in refused.text
    assert "Start from version 2, the newest" in refused.text
    assert ("Start from version 1 all the same" in refused.text) is bool(like)
    assert again.status_code == 302
    assert opened(document).number == 3


@pytest.mark.parametrize("seen", ["", "0", "7", "x", "9" * 40])
def test_a_start_that_does_not_say_what_was_seen_starts_nothing(desk_of_ana, claim, seen):
    response = desk_of_ana.post(at("start"), {"seen": seen})

    assert response.status_code == 409
    assert "Version 1 is the newest now" in response.text
    assert not claim.revisions.open().exists()


def test_every_page_that_starts_or_restores_says_what_it_showed(desk_of_ana, claim):
    pages = [at("edit"), at("review"), reverse("staff-version", args=[CLAIM, 1])]

    told = [desk_of_ana.get(page).text for page in pages]

    assert all('name="seen" value="1"' in text for text in told)


@of_every_kind
def test_a_draft_is_discarded_unless_somebody_saved_it_since(desk_of_ana, document, ana):
    revision = draft(document, ana)
    drafts.save(
        revision=revision, expected=0, fields=NEWS[revision.subject], actor=ana, now=shelf.NOON
    )
    address = at("discard", revision.subject)

    kept = desk_of_ana.post(address, {"number": "2", "base": "0"}, follow=True)
    another = desk_of_ana.post(address, {"number": "3", "base": "1"}, follow=True)
    assert opened(document) == revision
    gone = desk_of_ana.post(address, {"number": "2", "base": "1"}, follow=True)
    again = desk_of_ana.post(address, {"number": "2", "base": "1"}, follow=True)

    assert "was not discarded" in kept.text
    assert "was not discarded" in another.text
    assert "was discarded" in gone.text
    assert f'<a href="{at("history", revision.subject)}">its history</a>' in gone.text
    assert "was not discarded" in again.text
    assert drafts.newest(document).number == 1
    assert Save.objects.filter(document=document).count() == 2
