"""Attacks on the editing room that once got through, each with what must happen instead."""

from ipaddress import ip_network
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from explainer.staff.models import Presence

from explainer.library import beginning, drafts, impact, publishing, readiness, releasing, reviewing
from explainer.library.models import ClaimVersion, GlossaryTerm, Source, State
from explainer.staff.review.actions import mark
from tests.library import people
from tests.library.people import ALL, AT

pytestmark = pytest.mark.django_db

REVIEW = "/admin/desk/review/claims/t/hope/"
EDIT = "/admin/desk/edit/claims/t/hope/"
DISCARD = "/admin/desk/discard/claims/t/hope/"
NEW = "/admin/desk/new/claims/"
WHY = "[Because of this.](background:)"
TURNED = "Dr \u202eevil"
"""A name with a character that turns the words after it round."""


@pytest.fixture
def claim():
    return people.public_claim()


@pytest.fixture
def ana():
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *ALL)


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
    version = people.approved(claim, ana, ben, why=WHY)
    base = mark(version)

    answer = sent(ben, REVIEW, do="publish", base=base, **{"with": f"claims/t/hope {base}"})

    assert answer.status_code == 302
    assert claim.versions.published().get().number == 2


def test_a_name_with_a_nul_to_be_published_too_is_refused(claim, ana, ben):
    version = people.approved(claim, ana, ben, why=WHY)

    answer = sent(ben, REVIEW, do="publish", base=mark(version), **{"with": "claims/t/\x00 1.1"})

    assert answer.status_code == 409
    assert claim.versions.published().get().number == 1


def test_the_button_of_the_read_only_page_takes_a_version_back(claim, ana, ben):
    version = people.submitted(claim, ana, why=WHY)

    page = browser(ana).get(EDIT).text
    answer = sent(ana, REVIEW, do="take-back", base=mark(version))

    assert f'name="base" value="{mark(version)}"' in page
    assert answer.status_code == 302
    assert claim.versions.open().get().state == State.DRAFT


def test_an_old_page_does_not_discard_the_draft_that_came_after_its_own(claim, ana, ben):
    seen = people.drafted(claim, ana)
    drafts.discard(version=seen, base=1, by=ben, at=AT)
    people.drafted(claim, ben, why="Ben's work.")

    answer = sent(ana, DISCARD, number=seen.number, base=1)

    assert answer.status_code == 302
    assert claim.versions.open().get().why == "Ben's work."


def test_a_review_that_a_locked_database_did_not_take_is_told_so(claim, ana, ben, monkeypatch):
    version = people.submitted(claim, ana, why=WHY)

    def locked(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(reviewing, "send_back", locked)

    answer = sent(ben, REVIEW, do="send-back", base=mark(version), comment="Mend the second line.")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Nothing has been saved yet" in answer.text


def test_what_was_typed_outlives_the_loss_of_a_role(claim, ana):
    ana.groups.clear()

    answer = sent(ana, NEW, statement="The treatment might do this.", treatment="t")

    assert answer.status_code == 403
    assert "The treatment might do this." in answer.text
    assert "This needs the role" in answer.text


def test_words_of_another_site_are_not_repeated_to_who_lacks_a_role(claim, ana):
    ana.groups.clear()

    answer = browser(ana).post(
        NEW,
        "statement=Words+nobody+typed",
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "https://elsewhere.example"},
    )

    assert answer.status_code == 403
    assert "Words nobody typed" not in answer.text


def test_no_reviewer_and_no_reason_can_turn_the_words_beside_it_round(claim, ana, ben):
    due = people.DUE

    with pytest.raises(readiness.Incomplete, match=r"U\+202E"):
        reviewing.Reviewer(TURNED, "Dermatologist", due)
    with pytest.raises(readiness.Incomplete, match=r"U\+202E"):
        releasing.withdraw(what=claim, base=1, by=ben, reason=TURNED, at=AT)
    with pytest.raises(readiness.CannotPublish, match=r"U\+202E"):
        people.submitted(claim, ana, why=WHY, note=TURNED)

    assert ClaimVersion.objects.published().count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "/admin/autocomplete/?app_label=library&model_name=position&field_name=source&term=%00",
        "/admin/library/claim/?kind=%00",
        "/admin/auth/user/?username=%00",
    ],
)
def test_a_nul_in_an_address_is_no_error_of_ours(address, claim):
    answer = browser(people.staff("adm", "administrator")).get(address)

    assert answer.status_code < 500


def test_a_crafted_preview_without_rows_of_positions_is_no_error_of_ours(claim, ana):
    people.drafted(claim, ana)
    management = {"positions-TOTAL_FORMS": 0, "positions-INITIAL_FORMS": 0}

    answer = sent(ana, EDIT, statement="Words", preview=1, base=1, number=2, **management)

    assert answer.status_code == 200


def test_to_a_foreign_network_not_even_the_bare_staff_path_exists(settings, db):
    settings.STAFF_NETWORKS = [ip_network("10.0.0.0/8")]

    answers = [Client().get(path, REMOTE_ADDR="192.0.2.1") for path in ("/admin", "/admin/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_rehearsal_takes_its_turn_before_it_holds_anything_else(claim, ana):
    version = people.drafted(claim, ana, why=WHY)

    with CaptureQueriesContext(connection) as captured:
        impact.rehearse([version], ana, AT)

    asked = [query["sql"] for query in captured]
    turn = next(i for i, sql in enumerate(asked) if "library_edition" in sql)
    assert turn < next(i for i, sql in enumerate(asked) if sql.startswith("UPDATE"))


def test_the_review_page_asks_as_often_for_many_positions(claim, ana):
    version = beginning.start(identity=claim, by=ana, at=AT)
    asked = []

    for base, count in enumerate((2, 40)):
        rows = [Source.objects.get_or_create(key=f"s-{i}", kind="trial", seen="full")[0]
                for i in range(count)]  # fmt: skip
        words = {"level": "plausible", "product": "", "says": "Says."}
        given = {"positions": [{"source": row.key, **words} for row in rows]}
        drafts.save(version=version, base=base, given=given, by=ana, at=AT)
        with CaptureQueriesContext(connection) as captured:
            browser(ana).get(REVIEW)
        asked.append(len(captured))

    assert asked[0] == asked[1]


def test_a_word_of_the_glossary_is_explained_once(claim, ana):
    publishing.revise(
        rows=[GlossaryTerm(key="scar", term="scar", also=["mark"], definition="A trace.")],
        by=None, reason="A test", at=AT,
    )  # fmt: skip
    given = {"term": "Spot", "also": ["Mark"], "definition": "A place.", "note": "New."}
    version = beginning.begin_row(subject="glossary/spot", given=given, by=ana, at=AT)

    with pytest.raises(readiness.CannotPublish, match="'mark' is also in 'scar'"):
        reviewing.submit(version=version, base=0, by=ana, at=AT)


def test_a_made_up_name_leaves_no_row_of_who_has_it_open(claim, ana):
    made_up = "a" * 300

    answer = sent(ana, f"/admin/desk/presence/claims/{made_up}/b/")

    assert answer.status_code == 404
    assert not Presence.objects.exists()
