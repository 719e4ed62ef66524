"""One person withdraws or raises caution, sees before what it does, and loses no typed word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explainer.kinds import RECORD
from explainer.library import workflow
from explainer.library.models import Revision, State
from explainer.review.change import mark
from explainer.review.forms import in_a_year
from tests.library import people, shelf
from tests.library.people import AT, REVIEWER
from tests.staff.rows import ARTICLE, at

pytestmark = pytest.mark.django_db

DOUBT = {"level": "unsupported", "reason": "not-studied"}
SOON = timezone.now() + timedelta(days=3)


@pytest.fixture
def room(client, article):
    client.force_login(people.staff("pia", "publisher"))
    return client


def base(claim):
    return mark(claim.revisions.published().get())


def test_withdrawing_says_which_pages_show_it_and_does_it(room, claim):
    before = room.get(at("withdraw")).text
    response = room.post(at("withdraw"), {"base": base(claim), "reason": "It was wrong."})

    assert 'href="/t/safety/"' in before
    assert response.status_code == 302
    assert claim.revisions.get().state == State.WITHDRAWN
    assert "It was withdrawn: It was wrong." in room.get(at("review")).text


def test_a_record_is_withdrawn_as_a_claim_is_from_where_its_pages_are_told(room, claim):
    shelf.publish(shelf.source_draft("regulator-2020", kind="regulator"))
    record = shelf.draft(RECORD, "t/warning", **shelf.RECORD_FIELDS)
    shelf.publish(record, shelf.article_draft("t/faq", "[](record:t/warning)", title="Shows it"))

    read, asked = (room.get(at(to, "records/t/warning")).text for to in ("edit", "withdraw"))

    assert "Where this record is used" in read
    assert "Shows it" in read
    assert "These pages show it struck through too:" in asked
    assert "Shows it" in asked


def test_an_article_is_withdrawn_too_and_a_source_is_not(room, claim):
    article = shelf.document(ARTICLE)
    given = {"base": mark(article.revisions.get()), "reason": "It was wrong."}

    assert room.post(at("withdraw", ARTICLE), given).status_code == 302
    assert article.revisions.get().state == State.WITHDRAWN
    assert room.get(at("withdraw", "sources/clinic-a")).status_code == 404
    assert room.get(at("caution", ARTICLE)).status_code == 404


def test_raising_caution_offers_only_more_cautious_labels_and_does_it(room, claim):
    before = room.get(at("caution")).text
    given = {"base": base(claim), **DOUBT, "because": "We found no study."}
    response = room.post(at("caution"), given)

    assert ('value="unsupported"' in before, 'value="plausible"' in before) == (True, False)
    assert 'href="/t/safety/"' in before
    assert response.status_code == 302
    assert claim.revisions.published().get().level == "unsupported"
    assert "two have to see to its words" in room.get(at("review")).text


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("withdraw", {"reason": ""}),
        ("withdraw", {"reason": "A breakthrough is coming."}),
        ("withdraw", {"reason": "x" * 501}),
        ("caution", {"level": "plausible", "because": "Crafted."}),
        ("caution", {"level": "unsupported", "because": "Without its reason."}),
        ("caution", {**DOUBT, "because": "A breakthrough."}),
        ("caution", {**DOUBT, "because": ""}),
        ("caution", {"level": "nonsense", "because": "Crafted."}),
    ],
)
def test_a_reason_or_a_label_that_will_not_do_is_refused_and_kept(page, given, room, claim):
    response = room.post(at(page), {"base": base(claim), **given})

    assert response.status_code == 422
    assert list(given.values())[-1] in response.text
    assert claim.revisions.get().state == State.PUBLISHED


@pytest.mark.parametrize(
    ("page", "field", "given"),
    [("withdraw", "reason", {}), ("caution", "because", DOUBT)],
)
def test_a_reason_that_says_what_a_treatment_does_waits_for_a_second_word(
    page, field, given, room, claim
):
    said = {"base": base(claim), field: "It said that hair grows back in most people.", **given}

    asked = room.get(at(page)).text
    refused = room.post(at(page), said)
    done = room.post(at(page), {**said, "meant": "on"})

    assert ('name="meant"' in asked, 'name="meant"' in refused.text) == (False, True)
    assert refused.status_code == 422
    assert "Readers see these words without a label." in refused.text
    assert "Or tick this, and it stands as it is." in refused.text
    assert said[field] in refused.text
    assert done.status_code == 302


def test_a_reason_with_a_sign_that_nobody_sees_is_refused(room, claim):
    for page, field in (("withdraw", "reason"), ("caution", "because")):
        said = {
            "base": base(claim),
            **(DOUBT if page == "caution" else {}),
            field: "It was wr\u200bong.",
            "meant": "on",
        }
        refused = room.post(at(page), said)

        assert (refused.status_code, "U+200B" in refused.text) == (422, True)


def test_a_draft_in_the_way_is_named_with_whose_it_is(room, claim, ana):
    people.drafted(claim, ana)
    given = {"base": base(claim), **DOUBT, "because": "No study."}

    response = room.post(at("caution"), given)

    page = response.text
    assert response.status_code == 409
    assert "begun by ana" in page
    assert "/admin/desk/edit/claims/t/hope/" in page
    assert "No study." in page


def test_the_most_cautious_label_cannot_be_raised(room):
    people.public_claim(reason="not-studied", positions=[shelf.position("unsupported")])

    assert "No label is more cautious" in room.get(at("caution")).text


def test_scheduling_and_taking_it_back(room, claim, ana, ben):
    revision = people.approved(claim, ana, ben)
    when = {"publish_at": SOON.date().isoformat(), "publish_time": "09:30"}
    seen = {"base": mark(revision)}

    response = room.post(at("review"), {"do": "schedule", **seen, **when})
    page = room.get(at("review")).text
    assert (response.status_code, "at 09:30 UTC" in page) == (302, True)
    room.post(at("review"), {"do": "unschedule", **seen})

    assert Revision.objects.get(pk=revision.pk).publish_at is None


def test_new_claims_are_published_with_their_article_by_one_button(room, claim, ana, ben):
    coming = shelf.claim_draft("calm", statement="It may soothe some skin.", note="New.")
    body = "[](claim:t/hope) [](claim:t/calm)"
    article = people.approved(shelf.document(ARTICLE), ana, ben, body=body)
    address = at("review", ARTICLE)

    page = room.get(address).text
    assert "nobody has approved yet" in page
    assert 'value="publish"' not in page
    workflow.submit(revision=coming, expected=0, actor=ana, now=AT)
    workflow.approve(revision=coming, expected=0, actor=ben, now=AT, reviewer=REVIEWER)
    page = room.get(address).text
    assert 'name="with" value="claims/t/calm 1.0"' in page
    given = {"do": "publish", "base": mark(article)}
    alone = room.post(address, given)
    both = room.post(address, {**given, "with": "claims/t/calm 1.0"})

    assert (alone.status_code, both.status_code) == (422, 302)
    assert "t/calm" in alone.text
    assert coming.document.revisions.published().exists()


def test_a_claim_that_changed_meanwhile_holds_up_the_button(room, claim, ana, ben):
    people.public_claim("calm", statement="It may soothe some skin.")
    revision = people.approved(claim, ana, ben)

    for name in (
        "claims/t/calm 1.0",
        "claims/t/none 1.0",
        "nonsense",
        "claims/t/hope 1.1",
        "claims/t/\x00 1.1",
    ):
        response = room.post(at("review"), {"do": "publish", "base": mark(revision), "with": name})
        assert response.status_code == 409

    assert claim.revisions.published().get().number == 1


def test_a_year_after_29_february_is_28_february():
    leap = timezone.datetime(2028, 2, 29).date()

    assert str(in_a_year(leap)) == "2029-02-28"
