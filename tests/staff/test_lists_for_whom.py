"""What a list says waits for whom follows their rights and the two-person rule."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from explainer.library import drafts, workflow
from tests.library.people import AT, REVIEWER, drafted, public_claim, staff

pytestmark = pytest.mark.django_db
ROLES = ("author", "reviewer", "publisher", "administrator")


@pytest.fixture
def people():
    return {name: staff(name, name) for name in ROLES} | {"all": staff("all", *ROLES)}


@pytest.fixture
def revision(people):
    return drafted(public_claim(), people["author"], why="[Because of this.](background:)")


def listed(user, whose="waits"):
    """Give the keys of the claims in somebody's list."""
    client = Client()
    client.force_login(user)
    page = client.get(reverse("admin:library_claim_changelist"), {"whose": whose}).text
    return re.findall(r'field-key_column"><a[^>]*>([^<]+)<', page)


def waits(people):
    return {name for name, user in people.items() if user.is_active and listed(user)}


def step(verb, revision, actor, **more):
    version = {"revision": revision, "expected": revision.lock_version}
    verb(**version, actor=actor, now=AT, **more)


def test_a_draft_waits_for_nobody_and_is_its_writers(revision, people):
    assert waits(people) == set()
    assert listed(people["author"], "mine") == ["t/hope"]
    assert listed(people["reviewer"], "mine") == []


def test_what_is_in_review_waits_for_reviewers_who_wrote_none_of_it(revision, people):
    step(workflow.submit, revision, people["author"])

    assert waits(people) == {"reviewer", "all"}


def test_who_saved_it_once_cannot_review_it(revision, people):
    step(drafts.save, revision, people["all"], fields={"ask": "What is in it?"})
    step(workflow.submit, revision, people["author"])

    assert waits(people) == {"reviewer"}
    assert listed(people["all"], "mine") == ["t/hope"]


def test_what_is_approved_waits_for_publishers_until_it_has_a_time(revision, people):
    step(workflow.submit, revision, people["author"])
    step(workflow.approve, revision, people["reviewer"], reviewer=REVIEWER)
    assert waits(people) == {"publisher", "all"}

    step(workflow.schedule, revision, people["publisher"], when=AT + timedelta(days=1))

    assert waits(people) == set()


def test_what_was_sent_back_waits_for_its_writers_until_they_submit_it(revision, people):
    step(workflow.submit, revision, people["author"])
    step(workflow.send_back, revision, people["reviewer"], comment="Name the source.")
    assert waits(people) == {"author"}

    step(workflow.submit, revision, people["author"])

    assert "author" not in waits(people)
