"""Words are added to a claim's draft as a wording, or nothing is stored at all."""

import pytest

from explainer.library import publishing, wordings, workflow
from explainer.library.models import AuditEntry, Save
from explainer.library.permissions import NotAllowed
from explainer.text.problems import Refused
from tests.library import people, shelf

pytestmark = pytest.mark.django_db
WORDING = "Some hair might be helped."


def add(claim, actor, words=WORDING):
    claim = shelf.document(claim.subject)
    return wordings.add(claim=claim, words=words, actor=actor, now=people.AT)


def test_a_draft_is_begun_with_the_words_and_says_why(claim, ana):
    draft = add(claim, ana)

    assert draft.state == "draft"
    assert draft.fields["wordings"] == [WORDING]
    assert draft.note == wordings.NOTE
    assert shelf.document(claim.subject).live.fields["wordings"] == []
    assert AuditEntry.objects.first().action == "save"


def test_an_open_draft_goes_on_with_what_it_says(claim, ana, ben):
    people.drafted(claim, ana, why="Because of news.", note="News.")

    draft = add(claim, ben)

    assert (draft.fields["why"], draft.note) == ("Because of news.", "News.")
    assert draft.fields["wordings"] == [WORDING]
    assert ben.pk in people.drafts.writers(draft)


def test_words_that_the_draft_has_already_are_not_added_twice(claim, ana):
    add(claim, ana)
    saves = Save.objects.count()

    assert add(claim, ana, "some hair might be helped").fields["wordings"] == [WORDING]
    assert Save.objects.count() == saves


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("It works.", "does not say that this is plausible"),
        ("It might help 9 in 10 people.", "says 10, 9, which the statement does not"),
        ("It might be a miracle.", "miracle"),
    ],
)
def test_words_that_fail_the_checks_of_a_wording_are_refused_and_nothing_is_stored(
    claim, ana, words, why
):
    with pytest.raises(Refused, match=why):
        add(claim, ana, words)

    assert not shelf.document(claim.subject).newest.is_open


def test_a_claim_in_review_is_taken_back_first(claim, ana):
    people.submitted(claim, ana)

    with pytest.raises(NotAllowed, match="in review"):
        add(claim, ana)


def test_a_withdrawn_claim_is_not_begun_anew(claim, ana):
    publishing.withdraw(document=claim, actor=None, reason="Wrong.", now=people.AT)

    with pytest.raises(NotAllowed, match="withdrawn"):
        add(claim, ana)


def test_only_who_may_write_adds_one(claim):
    with pytest.raises(NotAllowed, match="role 'author'"):
        add(claim, people.staff("looker"))


def test_what_was_added_is_reviewed_by_somebody_else(claim, ana):
    draft = add(claim, ana)
    workflow.submit(revision=draft, expected=draft.lock_version, actor=ana, now=people.AT)

    with pytest.raises(NotAllowed, match="You wrote some of this yourself"):
        workflow.approve(
            revision=draft,
            expected=draft.lock_version,
            actor=ana,
            now=people.AT,
            reviewer=people.REVIEWER,
        )
