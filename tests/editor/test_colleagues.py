"""The form of a draft says at its head who else works on it, as far as the database knows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from explainer.library import drafts
from explainer.library.models import Revision
from tests.library import people
from tests.staff.rows import CLAIM, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben(db):
    return people.staff("ben", "author")


@pytest.fixture
def told(client, claim):
    """Give what the form tells somebody of a colleague, in words and as an address."""

    def asked(person):
        client.force_login(person)
        found = html.fromstring(client.get(at("edit", CLAIM)).text).xpath("//*[@id='colleague']")
        return [(" ".join(it.text_content().split()), it.find("a").get("href")) for it in found]

    return asked


def test_a_colleague_who_saved_a_moment_ago_is_named_with_the_time_and_a_way(
    told, claim, ana, ben
) -> None:
    people.drafted(claim, ana, now=timezone.now() - timedelta(minutes=5))

    ((words, address),) = told(ben)

    assert words.startswith("ana saved this draft 5 minutes ago (")
    assert "and may be writing still" in words
    assert "What a colleague typed and has not saved is not known here." in words
    assert address == f"{at('history', CLAIM)}#saves"
    assert told(ana) == []


def test_a_draft_that_lay_for_days_is_not_said_to_be_written_in(told, claim, ana, ben) -> None:
    people.drafted(claim, ana, now=timezone.now() - timedelta(days=3))

    ((words, _),) = told(ben)

    assert "ana saved this draft" in words
    assert "writing still" not in words


def test_who_began_a_draft_is_named_to_who_saved_it_last(told, claim, ana, ben) -> None:
    people.drafted(claim, ana)
    revision = Revision.objects.get(document=claim, state="draft")
    drafts.save(revision=revision, expected=1, fields={}, actor=ben, now=timezone.now())

    assert told(ana)[0][0].startswith("ben saved this draft")
    assert told(ben)[0][0].startswith("ana began this draft")


def test_it_costs_no_statement(client, claim, ana, ben) -> None:
    people.drafted(claim, ana)
    counts = []
    for person in (ana, ben):
        client.force_login(person)
        client.get(at("edit", CLAIM))
        with CaptureQueriesContext(connection) as queries:
            client.get(at("edit", CLAIM))
        counts.append(len(queries))

    assert counts[0] == counts[1]
