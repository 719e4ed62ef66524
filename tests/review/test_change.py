"""A text, the claims it needs and their sources go to review and to readers as one change."""

import pytest
from lxml import html

from explainer.kinds import ARTICLE, CLAIM, SOURCE
from explainer.library import drafts, workflow
from explainer.library.models import AuditEntry, Document, Revision, State
from explainer.operations import schedule
from explainer.review.change import mark
from tests.library import people, shelf
from tests.library.people import AT
from tests.review.test_review import APPROVAL, DAY
from tests.staff.rows import doubted

pytestmark = pytest.mark.django_db

TEXT, PROMISE, STUDY = "articles/t/process", "claims/t/calm", "sources/a-trial"
TRIAL = {**shelf.SOURCE_FIELDS, "title": "A trial", "kind": "trial", "note": "New."}
WORDS = {
    **shelf.CLAIM_FIELDS,
    "name": "Calm skin",
    "statement": "It may soothe some skin.",
    "why": "[Because.](background:)",
    "note": "New.",
    "positions": [shelf.position(source="a-trial", finding="mixed", level="under-investigation")],
}
BODY = "[](claim:t/calm)\n\n::: background\nSkin is the outside of a body.\n:::"
PAGE = {"title": "Effects", "menu": "footer", "summary": "[](claim:t/calm)", "body": BODY}


def begun(actor, kind, key, fields):
    return drafts.create(kind=kind, key=key, fields=fields, actor=actor, now=AT)


@pytest.fixture
def change(claim, ana):
    """A new source, a claim that cites it and a text that shows the claim, all of Ana."""
    statement = "Whether it soothes some skin is not known yet."
    source = begun(ana, SOURCE, "a-trial", TRIAL)
    made = begun(ana, CLAIM, "t/calm", {**WORDS, "statement": statement})
    return [begun(ana, ARTICLE, "t/process", {**PAGE, "note": "New."}), made, source]


def page(client, person, subject=TEXT):
    client.force_login(person)
    return client.get(f"/admin/desk/review/{subject}/")


def press(client, person, do, subject=TEXT, **typed):
    """Send the form of a step as the page shows it, with what was typed into it."""
    shown = html.fromstring(page(client, person, subject).text)
    (form,) = shown.xpath(f"//form[@id='{do}-form']")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value.removeprefix("\n"))
    given = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    return client.post(f"/admin/desk/review/{subject}/", sent | given)


def states():
    rows = Revision.objects.filter(document__key__in=["t/process", "t/calm", "a-trial"])
    return {row.state for row in rows}


def test_all_of_it_is_handed_over_approved_and_published_in_one_step_each(client, change, ana, ben):
    listed = [part.subject for part, _ in page(client, ana).context["parts"]]

    handed_over = press(client, ana, "submit")
    assert (handed_over.status_code, states()) == (302, {State.IN_REVIEW})
    approved = press(client, ben, "approve", **APPROVAL)
    published = press(client, ben, "publish")

    assert listed == [TEXT, PROMISE, STUDY]
    assert (approved.status_code, published.status_code) == (302, 302)
    assert states() == {State.PUBLISHED}
    for action in ("submit", "approve", "publish"):
        told = AuditEntry.objects.filter(action=action).values_list("subject", flat=True)
        assert {*told} == {TEXT, PROMISE, STUDY}
    entry = AuditEntry.objects.get(action="approve", subject=STUDY)
    assert {*entry.after["with"]} == {TEXT, PROMISE}


def test_a_new_source_is_approved_and_published_with_the_position_that_cites_it(
    client, claim, ana, ben
):
    begun(ana, SOURCE, "a-trial", TRIAL)
    statement = "It is not known whether the treatment helps any hair."
    cited = shelf.position("under-investigation", "a-trial", finding="mixed", says="Unclear.")
    people.drafted(
        claim, ana, statement=statement, positions=[cited], why="[It is open.](background:)"
    )
    own = "claims/t/hope"

    responses = [
        press(client, ana, "submit", own),
        press(client, ben, "approve", own, **APPROVAL),
        press(client, ben, "publish", own),
    ]

    assert [response.status_code for response in responses] == [302, 302, 302]
    assert claim.revisions.published().get().level == "under-investigation"
    assert Document.objects.by_subject(STUDY).live is not None


def test_what_one_part_lacks_is_asked_at_its_field_and_nothing_of_the_rest_goes(
    client, change, ana
):
    made = change[1]
    said = {"note": "", "would_change": ""}
    drafts.save(revision=made, expected=0, fields=said, actor=ana, now=AT)

    refused = press(client, ana, "submit", comment="Please look.")
    typed = {f"{PROMISE}-would_change": "A trial.", f"{PROMISE}-note": "New."}
    half = press(client, ana, "submit", **{f"{PROMISE}-would_change": "A trial."})
    done = press(client, ana, "submit", **typed)

    assert (refused.status_code, half.status_code) == (422, 422)
    assert "Please look." in refused.text
    asked = html.fromstring(refused.text).xpath(f"//*[@name='{PROMISE}-would_change']")
    assert len(asked) == 1
    assert "A trial." in half.text
    assert done.status_code == 302
    assert Document.objects.by_subject(PROMISE).newest.fields["would_change"] == "A trial."


def test_what_the_reviewer_wrote_is_named_and_the_rest_can_go(client, change, ana, ben):
    drafts.save(revision=change[1], expected=0, fields={"ask": "Who?"}, actor=ben, now=AT)
    press(client, ana, "submit")

    shown = page(client, ben).text
    crafted = press(
        client,
        ben,
        "approve",
        **APPROVAL,
        **{"with": [f"{it.subject} {mark(Revision.objects.get(pk=it.pk))}" for it in change[1:]]},
    )
    rest = press(client, ben, "approve", **APPROVAL)

    assert "You wrote some of this yourself" in shown
    assert crafted.status_code == 403
    assert "skin is not known yet" in crafted.text
    assert rest.status_code == 302
    approved = {it.subject for it in map(_again, change) if it.is_approved}
    assert approved == {TEXT, STUDY}
    assert 'value="publish"' not in page(client, ben).text


def _again(revision):
    return Revision.objects.select_related("document").get(pk=revision.pk)


def test_a_draft_of_something_public_is_left_out_unless_somebody_ticks_it(
    client, claim, change, ana, ben
):
    people.drafted(claim, ben, why="[For another reason.](background:)")
    both = f"{BODY}\n\n[](claim:t/hope)"
    drafts.save(revision=change[0], expected=0, fields={"body": both}, actor=ana, now=AT)

    press(client, ana, "submit")

    listed = {part.subject: part.needed for part, _ in page(client, ana).context["parts"]}
    assert listed["claims/t/hope"] is False
    assert claim.revisions.open().get().state == State.DRAFT


def test_a_claim_and_the_page_that_says_it_otherwise_are_handed_over_together(client, claim, ana):
    wording = "Some hair may get help."
    shelf.publish(shelf.claim_draft("hope", wordings=[wording], note="More."))
    shelf.publish(shelf.article_draft(body=f"[{wording}](claim:t/hope)"))
    newest = shelf.document("claims/t/hope")
    people.drafted(newest, ana, wordings=[], why="[Because.](background:)")
    article = shelf.document("articles/t/safety")
    people.drafted(article, ana, body="[](claim:t/hope)")

    alone = press(client, ana, "submit", "claims/t/hope")
    together = press(client, ana, "submit", "articles/t/safety")

    assert alone.status_code == 422
    assert together.status_code == 302
    assert claim.revisions.open().get().state == State.IN_REVIEW


def test_what_is_scheduled_together_becomes_public_together_or_not_at_all(client, change, ana, ben):
    press(client, ana, "submit")
    press(client, ben, "approve", **APPROVAL)
    rows = [_again(row) for row in change]
    expected = [row.lock_version for row in rows]
    when = AT.replace(year=2027)
    workflow.schedule(revisions=rows, expected=expected, actor=ben, now=AT, when=when)
    late = {"revision": _again(change[2]), "expected": 0, "actor": ana, "now": AT}
    workflow.take_back(**late)

    published, failed = schedule.publish_due(now=when)
    workflow.submit(**late)
    again = {**late, "actor": ben}
    workflow.approve(**again, reviewer=people.REVIEWER)
    workflow.schedule(**again, when=when)
    later, _ = schedule.publish_due(now=when)
    rest, _ = schedule.publish_due(now=when)

    assert (published, {failure.subject for failure in failed}) == ([], {TEXT, PROMISE})
    assert {*later, *rest} == {TEXT, PROMISE, STUDY}


def test_a_reviewer_sees_the_texts_words_beside_the_claims_and_what_is_new_without_a_label(
    client, claim, ana, ben
):
    wording = "Some hair may get help."
    shelf.publish(shelf.claim_draft("hope", wordings=[wording], note="More."))
    old = "::: background\nHair grows.\n:::"
    shelf.publish(shelf.article_draft(body=f"[{wording}](claim:t/hope)\n\n{old}"))
    body = f"[{wording}](claim:t/hope)\n\n::: background\nHair grows. Roots rest.\n:::"
    people.submitted(shelf.document("articles/t/safety"), ana, body=body)

    shown = page(client, ben, "articles/t/safety").context

    pairs = [(bracket.words, bracket.statement) for bracket, *_ in shown["same_brackets"]]
    assert pairs == [(wording, "The treatment may help some hair.")]
    bare = [(it.words, is_new) for _, found in shown["unlabelled"] for it, _, is_new in found]
    assert bare == [("Roots rest.", True)]
    assert [it.words for _, found, _ in shown["same"] for it in found] == ["Hair grows."]


def test_everything_that_an_approval_lacks_is_told_at_once_at_its_field(client, claim, ana, ben):
    people.submitted(claim, ana)

    typed = {"reviewed_by": "", "reviewer_qualification": "", "review_due": "2020-01-01"}
    refused = press(client, ben, "approve", "claims/t/hope", **typed, comment="Kept.")

    form = next(it["form"] for it in refused.context["panels"] if it["do"] == "approve")
    assert refused.status_code == 422
    assert {*form.errors} == {
        "reviewed_by",
        "reviewer_qualification",
        "review_due",
        "read_unlabelled",
    }
    assert "Kept." in refused.text


def test_still_fits_is_one_button_for_who_approved_before(client, claim, ana, ben):
    shelf.publish(shelf.article_draft())
    people.approved(people.public_claim("other", statement="It may help others."), ana, ben)
    doubted(claim, ana)

    shown = page(client, ben, "articles/t/safety")
    (form,) = html.fromstring(shown.text).xpath("//form[.//input[@value='look-again']]")
    response = client.post("/admin/desk/review/articles/t/safety/", dict(form.form_values()))

    assert "now “Unsupported”" in shown.text
    assert "Dr B. Example, Dermatologist; next review" in shown.text
    assert response.status_code == 302
    assert shelf.document("articles/t/safety").live.reviewed_by == "Dr B. Example"
    assert "A label on this page changed" not in page(client, ben, "articles/t/safety").text


def test_a_second_look_that_lacks_something_says_so_and_does_nothing(client, claim, ben):
    typed = {"do": "look-again", "base": "1.0", "reviewed_by": "Dr B.", "review_due": DAY}
    client.force_login(ben)

    refused = client.post("/admin/desk/review/claims/t/hope/", typed)

    assert refused.status_code == 422
    assert "Give your qualification" in refused.text
    assert 'value="Dr B."' in refused.text
    assert claim.revisions.count() == 1
