"""Attacks on the editing room that once got through, each with what must happen instead."""

from ipaddress import ip_network
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explainer.kinds import CLAIM, TERM
from explainer.library import drafts, emergency, reviewer, workflow
from explainer.library.models import Revision, State
from explainer.library.publishing import CannotPublish
from explainer.review.change import mark
from tests.library import people, shelf
from tests.library.people import AT
from tests.staff.rows import posted

pytestmark = pytest.mark.django_db

REVIEW = "/admin/desk/review/claims/t/hope/"
EDIT = "/admin/desk/edit/claims/t/hope/"
DISCARD = "/admin/desk/discard/claims/t/hope/"
NEW = "/admin/desk/new/claims/"
WHY = "[Because of this.](background:)"
TURNED = "Dr \u202eevil"
"""A name with a character that turns the words after it round."""


def browser(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def sent(person, address, **fields):
    """Post a form as a browser does from one of our own pages."""
    return browser(person).post(
        address,
        urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "http://testserver"},
    )


def test_naming_the_page_itself_to_be_published_too_publishes_it_once(claim, ana, ben):
    revision = people.approved(claim, ana, ben, why=WHY)
    base = mark(revision)

    response = sent(ben, REVIEW, do="publish", base=base, **{"with": f"claims/t/hope {base}"})

    assert response.status_code == 302
    assert claim.revisions.published().get().number == 2


def test_the_button_of_the_read_only_page_takes_a_version_back(claim, ana, ben):
    revision = people.submitted(claim, ana, why=WHY)

    page = browser(ana).get(EDIT).text
    response = sent(ana, REVIEW, do="take-back", base=mark(revision))

    assert 'name="statement"' not in page
    assert '<input type="hidden" name="do" value="take-back">' in page
    assert f'name="base" value="{mark(revision)}"' in page
    assert response.status_code == 302
    assert claim.revisions.open().get().state == State.DRAFT


def test_an_old_page_does_not_discard_the_draft_that_came_after_its_own(claim, ana, ben):
    seen = people.drafted(claim, ana)
    drafts.discard(revision=seen, expected=1, actor=ben, now=AT)
    people.drafted(claim, ben, why="Ben's work.")

    response = sent(ana, DISCARD, number=seen.number, base=1)

    assert response.status_code == 302
    assert claim.revisions.open().get().fields["why"] == "Ben's work."


@pytest.mark.parametrize(
    ("address", "room", "verb"),
    [(EDIT, drafts, "save"), (NEW, drafts, "create"), (REVIEW, workflow, "lock")],
)
def test_a_form_that_a_locked_database_did_not_take_is_told_so_and_comes_back(
    claim, ana, monkeypatch, address, room, verb
):
    revision = people.drafted(claim, ana, why=WHY)
    typed = {
        EDIT: posted(revision, why="Typed."),
        NEW: {"name": "Typed.", "treatment": "t"},
        REVIEW: {"do": "submit", "base": mark(revision), "comment": "Typed."},
    }

    def locked(*_, **__):
        raise OperationalError("database is locked")

    monkeypatch.setattr(room, verb, locked)

    response = sent(ana, address, **typed[address])

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Nothing has been saved yet" in response.text
    assert (f'action="{address}"' in response.text) is (address != REVIEW)
    assert ("Typed." in response.text) is (address != REVIEW)


@pytest.mark.parametrize("address", [EDIT, NEW])
def test_what_was_typed_outlives_the_loss_of_a_role(claim, ana, address):
    people.drafted(claim, ana)
    ana.groups.clear()

    response = sent(ana, address, statement="The treatment might do this.", treatment="t")

    assert response.status_code == 403
    assert "The treatment might do this." in response.text
    assert "This needs the role &#x27;author&#x27;" in response.text


def test_words_of_another_site_are_not_repeated_to_who_lacks_a_role(claim, ana):
    ana.groups.clear()

    response = browser(ana).post(
        NEW,
        "statement=Words+nobody+typed",
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "https://elsewhere.example"},
    )

    assert response.status_code == 403
    assert "Words nobody typed" not in response.text


def test_no_reviewer_and_no_reason_can_turn_the_words_beside_it_round(claim, ana, ben):
    due = people.DUE

    with pytest.raises(reviewer.Incomplete, match=r"U\+202E"):
        reviewer.Reviewer(TURNED, "Dermatologist", due, read_unlabelled=True)
    with pytest.raises(reviewer.Incomplete, match=r"U\+202E"):
        emergency.withdraw(document=claim, expected=1, actor=ben, reason=TURNED, now=AT)
    with pytest.raises(CannotPublish, match=r"U\+202E"):
        people.submitted(claim, ana, why=WHY, note=TURNED)

    assert Revision.objects.published().of(CLAIM).count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "/admin/autocomplete/?app_label=library&model_name=position&field_name=source&term=%00",
        "/admin/library/claim/?kind=%00",
        "/admin/auth/user/?username=%00",
    ],
)
def test_a_nul_in_an_address_is_no_error_of_ours(address, claim):
    response = browser(people.staff("adm", "administrator")).get(address)

    assert response.status_code < 500


def test_a_crafted_preview_without_rows_of_positions_is_no_error_of_ours(claim, ana):
    people.drafted(claim, ana)
    management = {"positions-TOTAL_FORMS": 0, "positions-INITIAL_FORMS": 0}

    response = sent(ana, EDIT, statement="Words", preview=1, base=1, number=2, **management)

    assert response.status_code == 200


def test_to_a_foreign_network_not_even_the_bare_staff_path_exists(settings, db):
    settings.STAFF_NETWORKS = [ip_network("10.0.0.0/8")]

    responses = [Client().get(path, REMOTE_ADDR="192.0.2.1") for path in ("/admin", "/admin/")]

    assert [response.status_code for response in responses] == [404, 404]


def test_the_review_page_asks_as_often_for_many_positions(claim, ana):
    revision = drafts.start(document=claim, actor=ana, now=AT)
    asked = []

    for base, count in enumerate((2, 40)):
        keys = [f"s-{base}-{order}" for order in range(count)]
        shelf.publish(*(shelf.source_draft(key, kind="trial") for key in keys))
        fields = {"positions": [shelf.position(source=key) for key in keys]}
        drafts.save(revision=revision, expected=base, fields=fields, actor=ana, now=AT)
        with CaptureQueriesContext(connection) as captured:
            browser(ana).get(REVIEW)
        asked.append(len(captured))

    assert asked[0] == asked[1]


def test_a_word_of_the_glossary_is_explained_once(claim, ana):
    shelf.publish(shelf.term_draft("scar", term="scar", also=["mark"], definition="A trace."))
    fields = {"term": "Spot", "also": ["Mark"], "definition": "A place.", "note": "New."}
    revision = drafts.create(kind=TERM, key="spot", fields=fields, actor=ana, now=AT)

    with pytest.raises(CannotPublish, match="'Mark' is also in 'scar'"):
        workflow.submit(revision=revision, expected=0, actor=ana, now=AT)
