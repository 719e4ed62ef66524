"""What waits for whom follows their rights and the two-person rule."""

from datetime import date, timedelta

import pytest

from explainer.library import beginning, drafts, releasing, reviewing
from explainer.staff.lists.entries import entries, waiting_for, written_by
from tests.library import shelf
from tests.library.test_story import staff

pytestmark = pytest.mark.django_db
AT = shelf.NOON + timedelta(days=1)
REVIEWER = reviewing.Reviewer("Dr B. Example", "Dermatologist", date(2027, 1, 2))


@pytest.fixture
def people():
    names = ("author", "reviewer", "publisher", "administrator")
    return {name: staff(name, name) for name in names} | {"all": staff("all", *names)}


@pytest.fixture
def version(people):
    shelf.treatment()
    first = shelf.claim_draft(note="First.")
    shelf.publish(first)
    version = beginning.start(identity=first.claim, by=people["author"], at=AT)
    given = {"note": "Reads better.", "why": "[Because of this.](background:)"}
    drafts.save(version=version, base=0, given=given, by=people["author"], at=AT)
    return version


def waits(people):
    return {name for name, who in people.items() if waiting_for(entries("claims"), who, AT)}


def submitted(version, people):
    base = version.save_count
    reviewing.submit(version=version, base=base, by=people["author"], at=AT)


def test_a_draft_waits_for_nobody(version, people):
    assert waits(people) == set()
    assert [row.named for row in written_by(entries("claims"), people["author"])] == [
        "claims/t/hope"
    ]


def test_what_is_in_review_waits_for_reviewers_who_wrote_none_of_it(version, people):
    submitted(version, people)

    assert waits(people) == {"reviewer", "all"}


def test_who_saved_it_once_cannot_review_it(version, people):
    given = {"ask": "What is in it?"}
    drafts.save(version=version, base=1, given=given, by=people["all"], at=AT)
    submitted(version, people)

    assert waits(people) == {"reviewer"}


def test_what_is_approved_waits_for_publishers_until_it_has_a_time(version, people):
    submitted(version, people)
    given = {"version": version, "base": 1, "at": AT}
    reviewing.approve(**given, by=people["reviewer"], reviewer=REVIEWER)
    assert waits(people) == {"publisher", "all"}

    releasing.schedule(**given, by=people["publisher"], when=AT + timedelta(days=1))

    assert waits(people) == set()


def test_what_was_sent_back_waits_for_its_writers_until_they_submit_it(version, people):
    submitted(version, people)
    given = {"version": version, "base": 1, "at": AT}
    reviewing.send_back(**given, by=people["reviewer"], comment="Name the source.")
    assert waits(people) == {"author"}

    submitted(version, people)

    assert "author" not in waits(people)


def test_somebody_who_left_has_nothing_to_do(version, people):
    submitted(version, people)
    people["reviewer"].is_active = False

    assert waits(people) == {"all"}
