"""Publishing is one step with an actor, a time and a reason, or nothing at all."""

import pytest
from django.contrib.auth.models import User

from explainer.library import publishing
from explainer.library.models import (
    Action,
    Article,
    ArticleVersion,
    Change,
    Claim,
    ClaimVersion,
    Edition,
    State,
)
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def treatment() -> None:
    shelf.treatment()


def shown(key: str = "t/safety") -> list[str]:
    return list(Article.objects.get(key=key).appearances.values_list("claim__key", flat=True))


def test_publishing_makes_claims_and_articles_public_together() -> None:
    shelf.publish(shelf.claim_draft(), shelf.article_draft())

    assert ClaimVersion.objects.published().get().statement.startswith("The treatment")
    assert ArticleVersion.objects.published().get().article.key == "t/safety"
    assert shown() == ["t/hope"]


def test_a_new_version_supersedes_the_one_before() -> None:
    shelf.publish(shelf.claim_draft())
    shelf.publish(shelf.claim_draft(statement="The treatment could help some hair."))

    states = list(ClaimVersion.objects.order_by("number").values_list("state", flat=True))
    assert states == [State.SUPERSEDED, State.PUBLISHED]


def test_who_when_and_why_are_recorded_and_the_edition_rises() -> None:
    editor = User.objects.create_user("editor")
    before = Edition.objects.current().number
    colleague = User.objects.create_user("colleague")
    draft = shelf.claim_draft(**shelf.approval(colleague))

    publishing.publish(versions=[draft], by=editor, reason="New trial", at=shelf.NOON)

    version, change = ClaimVersion.objects.published().get(), Change.objects.first()
    assert (version.published_by, version.published_at) == (editor, shelf.NOON)
    assert version.published_because == "New trial"
    assert change is not None
    assert (change.edition, change.by, change.reason) == (before + 1, editor, "New trial")
    assert Edition.objects.current().number == before + 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("It works.", "Untagged words"),
        ("[It may help.](claim:t/hopes)", "Did you mean 't/hope'"),
        ("::: guidance\nAsk.", "never closed"),
    ],
)
def test_an_article_with_unlabelled_words_is_refused_as_a_whole(body: str, message: str) -> None:
    claim, article = shelf.claim_draft(), shelf.article_draft(body=body)
    before = Edition.objects.current().number

    with pytest.raises(publishing.CannotPublish, match=message):
        shelf.publish(claim, article)

    assert not ClaimVersion.objects.published().exists()
    assert not ArticleVersion.objects.published().exists()
    assert Edition.objects.current().number == before


def test_a_short_answer_with_unlabelled_words_is_refused() -> None:
    article = shelf.article_draft()
    article.summary = "It works."
    article.save()

    with pytest.raises(publishing.CannotPublish, match="Untagged words"):
        shelf.publish(shelf.claim_draft(), article)

    assert not ArticleVersion.objects.published().exists()


def test_a_version_that_is_not_open_is_refused() -> None:
    version = shelf.claim_draft()
    shelf.publish(version)

    with pytest.raises(ValueError, match="not open"):
        shelf.publish(version)

    assert ClaimVersion.objects.published().count() == 1


def test_appearances_follow_the_newest_article() -> None:
    shelf.publish(shelf.claim_draft(), shelf.claim_draft("other"), shelf.article_draft())
    shelf.publish(shelf.article_draft(body="[](claim:t/other)"))

    assert shown() == ["t/hope", "t/other"]


def test_a_withdrawn_claim_keeps_its_place_with_the_reason() -> None:
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    claim = Claim.objects.get()

    publishing.withdraw(what=claim, by=None, reason="Retracted.", at=shelf.NOON)

    version = claim.versions.get()
    assert (version.state, version.ended_because) == (State.WITHDRAWN, "Retracted.")
    assert shown() == ["t/hope"]


def test_a_withdrawal_raises_the_edition_and_is_recorded() -> None:
    editor = User.objects.create_user("editor")
    shelf.publish(shelf.claim_draft())
    before = Edition.objects.current().number

    publishing.withdraw(what=Claim.objects.get(), by=editor, reason="Retracted.", at=shelf.NOON)

    change = Change.objects.get(edition=before + 1)
    assert Edition.objects.current().number == before + 1
    assert (change.action, change.by, change.reason) == (Action.WITHDRAW, editor, "Retracted.")


def test_a_withdrawn_article_shows_no_claim_any_more() -> None:
    shelf.publish(shelf.claim_draft(), shelf.article_draft(), shelf.article_draft("t/process"))

    what = Article.objects.get(key="t/safety")
    publishing.withdraw(what=what, by=None, reason="Mixed up.", at=shelf.NOON)

    assert (shown(), shown("t/process")) == ([], ["t/hope"])


def test_a_withdrawal_does_not_praise() -> None:
    shelf.publish(shelf.claim_draft())
    before = Edition.objects.current().number
    reason = "A breakthrough came out."

    with pytest.raises(ValueError, match=r"reason of a withdrawal: 'breakthrough' is refused"):
        publishing.withdraw(what=Claim.objects.get(), by=None, reason=reason, at=shelf.NOON)

    assert ClaimVersion.objects.published().exists()
    assert Edition.objects.current().number == before


def test_a_withdrawn_claim_can_be_published_anew() -> None:
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    publishing.withdraw(what=Claim.objects.get(), by=None, reason="Wrong.", at=shelf.NOON)

    shelf.publish(shelf.claim_draft(statement="The treatment might help some hair."))

    assert ClaimVersion.objects.published().get().number == 2


def test_a_withdrawal_needs_a_reason_and_something_public() -> None:
    shelf.publish(shelf.claim_draft())
    claim = Claim.objects.get()

    with pytest.raises(ValueError, match="reason"):
        publishing.withdraw(what=claim, by=None, reason=" ", at=shelf.NOON)
    publishing.withdraw(what=claim, by=None, reason="Wrong.", at=shelf.NOON)
    with pytest.raises(ValueError, match="not published"):
        publishing.withdraw(what=claim, by=None, reason="Again.", at=shelf.NOON)


def test_a_failure_at_any_step_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    draft = shelf.claim_draft(statement="The treatment might help some hair.")
    before = Edition.objects.current().number

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    for step in ("explain", "knowledge", "_replace"):
        with monkeypatch.context() as patch:
            patch.setattr(publishing, step, broken)
            with pytest.raises(RuntimeError):
                shelf.publish(draft)
        assert ClaimVersion.objects.published().get().number == 1
        assert Edition.objects.current().number == before
