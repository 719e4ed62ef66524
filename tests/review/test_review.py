"""On the review page each finds their own next step, and every refusal keeps what was typed."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from explainer.library import drafts, workflow
from explainer.library.models import AuditEntry, Revision, State
from explainer.review import views
from explainer.review.actions import seen
from explainer.review.change import mark
from tests.library import people, shelf
from tests.library.people import AT

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/desk/review/claims/t/hope/"
DAY = (timezone.now() + timedelta(days=300)).date().isoformat()
APPROVAL = {
    "reviewed_by": "Dr B. Example",
    "reviewer_qualification": "Dermatologist",
    "review_due": DAY,
    "read_unlabelled": "on",
}
MOST_STATEMENTS = 22
STEPS = ("submit", "take-back", "send-back", "approve", "publish", "schedule", "unschedule")


def seen_by(client, person):
    client.force_login(person)
    return client.get(ADDRESS).text


def post(client, person, revision, do, **fields):
    client.force_login(person)
    return client.post(ADDRESS, {"do": do, "base": mark(revision), **fields})


def offered(page):
    return {step for step in STEPS if f'name="do" value="{step}"' in page}


OFFERED = {
    ("draft", "author"): {"submit"},
    ("draft", "reviewer"): set(),
    ("draft", "publisher"): set(),
    ("draft", "administrator"): set(),
    ("in review", "author"): {"take-back"},
    ("in review", "reviewer"): {"approve", "send-back"},
    ("in review", "publisher"): set(),
    ("in review", "administrator"): set(),
    ("approved", "author"): {"take-back"},
    ("approved", "reviewer"): {"send-back"},
    ("approved", "publisher"): {"publish", "schedule"},
    ("approved", "administrator"): set(),
}


@pytest.mark.parametrize(("state", "role"), OFFERED)
def test_each_role_finds_its_own_steps(state, role, client, claim, ana, ben):
    if state == "approved":
        people.approved(claim, ana, ben)
    else:
        {"draft": people.drafted, "in review": people.submitted}[state](claim, ana)

    assert offered(seen_by(client, people.staff("cara", role))) == OFFERED[state, role]


def test_a_reviewer_reads_who_decides_what_was_looked_for_and_the_numbers(client, claim, ana, ben):
    words = {
        "statement": "Clinics say *it helps hair*, but no study we found shows it.",
        "positions": [shelf.position("unsupported")],
        "reason": "not-studied",
        "looked": [["date", "2026-11-20"], ["for", "trials of it"]],
        "numbers": [
            ["source", "clinic-a"], ["outcome", "Denser hair"],
            ["with", "1 of 2"], ["without", "1 of 3"],
        ],
        "ask": "Who counted?",
    }  # fmt: skip
    people.submitted(claim, ana, **words)

    said = html.fromstring(seen_by(client, ben)).find_class("review__side")[1].text_content()

    assert "(This promise: unsupported, not tested.)" in said
    assert "Unsupported by our rule: those who say so sell it and show nothing." in said
    assert "What we looked for on 20 November 2026: trials of it." in said
    assert "In numbers: Denser hair: 1 of 2 with it, 1 of 3 without." in said


def test_a_writer_is_told_who_else_could_approve_and_cannot_by_a_crafted_form(
    client, claim, ana, ben
):
    revision = people.submitted(claim, ana)

    page = seen_by(client, ana)
    crafted = post(client, ana, revision, "approve", **APPROVAL)

    for text in (page, crafted.text):
        assert "You wrote some of this yourself" in text
    assert "Who can: ben." in page
    assert offered(page) == {"take-back"}
    assert crafted.status_code == 403
    assert not Revision.objects.get(pk=revision.pk).is_approved


def test_the_page_shows_steps_words_and_what_changes(client, claim, ana, ben):
    shelf.publish(shelf.article_draft())
    revision = people.submitted(claim, ana, statement="The treatment may help some skin.")
    workflow.send_back(revision=revision, expected=1, actor=ben, now=AT, comment="Which skin?")

    page = seen_by(client, ana)

    assert "ben sent it back." in page
    assert "<q>Which skin?</q>" in page
    assert "/t/safety/" in page
    assert "skin" in page.partition('id="fields"')[2]


def test_two_people_bring_a_claim_to_the_public(client, claim, ana, ben):
    revision = people.drafted(claim, ana)

    responses = [
        post(client, ana, revision, "submit", comment="Please look."),
        post(client, ben, revision, "approve", **APPROVAL),
        post(client, ana, revision, "publish"),
    ]

    assert [response.status_code for response in responses] == [302, 302, 302]
    assert [str(m) for m in get_messages(responses[2].wsgi_request)][-1].startswith("Published")
    public = claim.revisions.published().get()
    assert (public.number, public.reviewed_by, str(public.review_due)) == (2, "Dr B. Example", DAY)
    assert "Version 2 is public" in seen_by(client, ana)


@pytest.mark.parametrize("role", ["author", "reviewer", "administrator"])
@pytest.mark.parametrize("do", ["publish", "schedule", "unschedule"])
def test_a_crafted_form_publishes_nothing_without_the_right(do, role, client, claim, ana, ben):
    revision = people.approved(claim, ana, ben)
    cara = people.staff("cara", role)

    response = post(client, cara, revision, do, publish_at=DAY, publish_time="09:00")

    assert response.status_code == 403
    assert "publisher" in response.text
    stored = Revision.objects.get(pk=revision.pk)
    assert (stored.state, stored.publish_at) == (State.IN_REVIEW, None)


def test_a_stale_step_is_refused_and_keeps_what_was_typed(client, claim, ana, ben):
    revision = people.submitted(claim, ana)
    old = mark(revision)
    workflow.take_back(revision=revision, expected=1, actor=ana, now=AT)
    drafts.save(revision=revision, expected=1, fields={"why": "Other."}, actor=ana, now=AT)
    workflow.submit(revision=revision, expected=2, actor=ana, now=AT)
    client.force_login(ben)

    response = client.post(
        ADDRESS, {"do": "approve", "base": old, **APPROVAL, "comment": "I typed this."}
    )

    page = response.text
    assert response.status_code == 409
    assert "Somebody changed this while you were looking" in page
    assert "Dr B. Example" in page
    assert "I typed this." in page
    assert f'value="{mark(revision)}"' in page


def test_a_comment_for_a_step_that_is_gone_is_shown_to_be_copied(client, claim, ana, ben):
    revision = people.submitted(claim, ana)
    workflow.take_back(revision=revision, expected=1, actor=ana, now=AT)

    response = post(client, ben, revision, "send-back", comment="Mend the second line.")

    assert response.status_code == 409
    assert "Mend the second line." in response.text


def test_another_version_with_the_same_count_is_stale(client, claim, ana, ben):
    revision = people.submitted(claim, ana)
    old = mark(revision)
    workflow.take_back(revision=revision, expected=1, actor=ana, now=AT)
    drafts.discard(revision=revision, expected=1, actor=ana, now=AT)
    people.submitted(claim, ana, why="Other words.")
    client.force_login(ben)

    response = client.post(ADDRESS, {"do": "approve", "base": old, **APPROVAL})

    assert response.status_code == 409
    assert not Revision.objects.filter(approved_by=ben).exists()


@pytest.mark.parametrize(
    "token", ["", "x", "2", "2.", "2.-1", "2.x", ".1", "2.9999999999999999999"]
)
def test_a_base_that_is_none_is_nobodys_version(token, claim, ana):
    assert seen(token, people.drafted(claim, ana)) is None


@pytest.mark.parametrize(
    ("do", "fields", "message"),
    [
        ("send-back", {"comment": " "}, "Say what is to be mended."),
        ("approve", {**APPROVAL, "reviewed_by": ""}, "Give your name"),
        ("approve", {**APPROVAL, "reviewer_qualification": " "}, "Give your qualification"),
        ("approve", {**APPROVAL, "review_due": "2020-01-01"}, "from tomorrow to five years"),
        ("approve", {**APPROVAL, "review_due": "2126-11-21"}, "from tomorrow to five years"),
        ("approve", {**APPROVAL, "review_due": "soon"}, "valid date"),
        ("approve", {**APPROVAL, "read_unlabelled": ""}, "Read the sentences without a label"),
        ("approve", {**APPROVAL, "comment": "\x00"}, "Null characters"),
        ("schedule", {"publish_at": "2020-01-01", "publish_time": "09:30"}, "time has passed"),
        ("nonsense", {}, "no such step"),
    ],
)
def test_what_is_missing_is_told_at_its_field(do, fields, message, client, claim, ana, ben):
    revision = people.submitted(claim, ana)
    if do == "schedule":
        step = {"revision": revision, "expected": 1, "reviewer": people.REVIEWER}
        workflow.approve(**step, actor=ben, now=AT)

    response = post(client, ben, revision, do, **fields)

    page = response.text
    assert response.status_code in (400, 422)
    assert message in page
    assert all(value in page for value in fields.values() if value.strip("\x00 "))


def test_words_with_problems_are_refused_with_a_list(client, claim, ana):
    revision = people.drafted(claim, ana, why="A breakthrough.", note="")

    response = post(client, ana, revision, "submit", comment="Quick, please.")

    page = response.text
    assert response.status_code == 422
    assert "breakthrough" in page.partition('id="steps"')[0]
    assert "What changed and why" in page
    assert "Quick, please." in page


def test_an_approval_is_filled_in_with_the_last_one(client, claim, ana, ben):
    people.approved(claim, ana, ben)
    other = people.public_claim("other", statement="It may help others.")
    people.submitted(other, ana)
    client.force_login(ben)

    page = client.get("/admin/desk/review/claims/t/other/").text

    assert 'value="Dr B. Example"' in page
    assert 'value="Dermatologist"' in page


def test_a_page_still_opens_if_its_impact_cannot_be_found_out(
    client, claim, ana, monkeypatch, caplog
):
    people.drafted(claim, ana)
    monkeypatch.setattr(views, "impact_of", lambda revisions: 1 / 0)

    page = seen_by(client, ana)

    assert "could not be found out" in page
    assert offered(page) == {"submit"}


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("claims/t/hope", {"statement": "The treatment may help some skin."}),
        ("articles/t/safety", {"body": " ".join(f"[](claim:t/new-{n})" for n in range(20))}),
        ("sources/clinic-a", {"title": "Another clinic"}),
    ],
    ids=["a claim", "a page with new claims", "a source"],
)
def test_a_page_is_made_by_a_few_reads_and_no_write(subject, words, client, claim, ana):
    shelf.publish(shelf.article_draft())
    for number in range(20):
        shelf.claim_draft(f"new-{number}", statement=f"It may soothe skin of type {number}.")
    people.drafted(shelf.document(subject), ana, **words)
    client.force_login(ana)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/admin/desk/review/{subject}/")

    assert (response.status_code, response.context["impact"] is None) == (200, False)
    # On PostgreSQL a union begins with a bracket.
    assert {query["sql"].lstrip("(").split()[0] for query in queries} == {"SELECT"}
    assert len(queries) <= MOST_STATEMENTS


def test_each_sentence_without_a_label_is_listed_by_its_part_and_that_it_was_read_is_kept(
    client, claim, ana, ben
):
    body = (
        "[](claim:t/hope)\n\n::: background\nHair grows in cycles. A root rests.\n:::\n\n"
        "::: guidance\nAsk a doctor.\n:::"
    )
    shelf.publish(shelf.article_draft())
    revision = people.submitted(shelf.document("articles/t/safety"), ana, body=body)
    client.force_login(ben)
    address = "/admin/desk/review/articles/t/safety/"

    shown = client.get(address).context["unlabelled"]
    listed = [(part, [sentence.words for sentence, *_ in found]) for part, found in shown]
    client.post(address, {"do": "approve", "base": mark(revision), **APPROVAL})

    assert listed == [
        ("Background", ["Hair grows in cycles.", "A root rests."]),
        ("Guidance", ["Ask a doctor."]),
    ]
    kept = AuditEntry.objects.get(action="approve")
    assert kept.after["read_unlabelled"] is True
