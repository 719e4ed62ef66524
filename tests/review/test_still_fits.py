"""Public words that somebody reads again get a new review, and say the same."""

from datetime import timedelta

import pytest

from explainer.library import drafts, workflow
from explainer.library.models import AuditEntry, State
from explainer.library.permissions import NotAllowed
from explainer.operations import reminders
from explainer.review.still_fits import look_again
from tests.library import people, shelf
from tests.library.people import AT, REVIEWER
from tests.staff.rows import doubted

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def looked(document, actor, number=1, **more):
    given = {"expected": number, "now": LATER, "reviewer": REVIEWER, **more}
    return look_again(document=document, actor=actor, **given)


def test_a_page_whose_label_changed_leaves_the_list_and_says_the_same(claim, ana, ben):
    shelf.publish(shelf.article_draft())
    article = shelf.document("articles/t/safety")
    doubted(claim, ana)
    before = article.live

    made = looked(article, ben)

    assert (made.state, made.fields, made.number) == (State.PUBLISHED, before.fields, 2)
    assert (made.reviewed_by, made.review_due) == (REVIEWER.name, REVIEWER.due)
    assert made.words_changed_at.date() == before.published_at.date()
    assert reminders.relabelled() == []
    actions = AuditEntry.objects.filter(subject=article.subject).order_by("number")
    assert [entry.action for entry in actions] == ["look again", "publish"]


def test_who_wrote_the_words_cannot_say_so_and_who_looked_can_look_once_more(claim, ana, ben):
    revision = people.approved(claim, ana, ben, why="[Because.](background:)")
    workflow.publish(revisions=[revision], expected=[1], actor=ben, now=AT)

    with pytest.raises(NotAllowed, match="yourself"):
        looked(claim, ana, 2)
    looked(claim, ben, 2)
    again = looked(claim, ben, 3)

    assert (again.number, drafts.writers(again)) == (4, {ana.pk})


def test_without_the_right_to_publish_it_waits_for_a_publisher(claim):
    made = looked(claim, people.staff("rae", "reviewer"))

    assert made.is_approved
    assert claim.revisions.published().get().number == 1


@pytest.mark.parametrize("role", ["author", "publisher", "administrator"])
def test_it_takes_a_reviewer(claim, role):
    with pytest.raises(NotAllowed, match="reviewer"):
        looked(claim, people.staff("cy", role))


def test_neither_a_draft_nor_a_newer_version_is_passed_over(claim, ana, ben):
    with pytest.raises(drafts.Conflict):
        looked(claim, ben, 7)
    people.drafted(claim, ana)
    with pytest.raises(drafts.AlreadyOpen):
        looked(claim, ben)
