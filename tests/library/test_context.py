"""What texts may show is read by the documents' names, each as it stands now."""

from datetime import timedelta

import pytest

from explainer.kinds import CLAIM
from explainer.library import as_of, publishing
from explainer.library.context import known
from tests.library import shelf

pytestmark = pytest.mark.django_db

LATER = shelf.NOON + timedelta(days=1)


@pytest.fixture
def hope():
    """A claim that is public."""
    shelf.treatment()
    shelf.publish(shelf.claim_draft())
    return shelf.document("claims/t/hope")


def read():
    return known(document__kind=CLAIM)


def withdraw(document, reason="It was wrong.", now=LATER):
    publishing.withdraw(document=document, actor=None, reason=reason, now=now)


def test_words_that_are_read_twice_are_one_entry(hope):
    (entry,) = read()

    assert read()[0] is entry
    shelf.publish(shelf.claim_draft(statement="It may help nails."))
    assert read()[0].fields["statement"] == "It may help nails."


def test_what_was_withdrawn_says_why(hope):
    withdraw(hope)

    assert [entry.withdrawn for entry in read()] == ["It was wrong."]


def test_of_what_was_withdrawn_twice_the_last_reason_counts(hope):
    withdraw(hope)
    shelf.publish(shelf.claim_draft(), now=LATER)
    withdraw(hope, "It was wrong again.", LATER + timedelta(days=1))

    assert [entry.withdrawn for entry in read()] == ["It was wrong again."]


def test_what_is_public_again_is_withdrawn_no_more(hope):
    withdraw(hope)
    shelf.publish(shelf.claim_draft(statement="It may help nails."), now=LATER)

    assert [(entry.title, entry.withdrawn) for entry in read()] == [("It may help nails.", "")]


def test_of_the_past_it_is_what_was_public_then(hope):
    withdraw(hope)

    with as_of.looking_at(shelf.NOON):
        assert [entry.withdrawn for entry in read()] == [""]
