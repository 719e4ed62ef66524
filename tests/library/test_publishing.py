"""Publishing is one step with an actor, a time and a reason, or nothing at all."""

import pytest
from django.contrib.auth.models import User

from explainer.kinds import ARTICLE, CLAIM
from explainer.library import publishing
from explainer.library.models import Action, Change, Revision, SiteVersion, State
from tests.library import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def treatment():
    shelf.treatment()


def shown(key="t/safety"):
    live = shelf.document(f"articles/{key}").live
    return [mention.document.key for mention in live.mentions.all()] if live else []


def claim():
    return shelf.document("claims/t/hope")


def test_publishing_makes_claims_and_articles_public_together():
    shelf.publish(shelf.claim_draft(), shelf.article_draft())

    assert Revision.objects.of(CLAIM).published().get().title.startswith("The treatment")
    assert Revision.objects.of(ARTICLE).published().get().document.key == "t/safety"
    assert shown() == ["t/hope"]


def test_a_new_version_supersedes_the_one_before():
    shelf.publish(shelf.claim_draft())
    shelf.publish(shelf.claim_draft(statement="The treatment could help some hair."))

    states = list(Revision.objects.of(CLAIM).order_by("number").values_list("state", flat=True))
    assert states == [State.SUPERSEDED, State.PUBLISHED]


def test_who_when_and_why_are_recorded_and_the_site_version_rises():
    editor = User.objects.create_user("editor")
    before = SiteVersion.objects.current().number
    colleague = User.objects.create_user("colleague")
    draft = shelf.claim_draft(**shelf.approval(colleague))

    publishing.publish(revisions=[draft], actor=editor, reason="New trial", now=shelf.NOON)

    revision, change = Revision.objects.of(CLAIM).published().get(), Change.objects.first()
    assert (revision.published_by, revision.published_at) == (editor, shelf.NOON)
    assert revision.published_because == "New trial"
    assert change is not None
    assert (change.number, change.actor, change.reason) == (before + 1, editor, "New trial")
    assert SiteVersion.objects.current().number == before + 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"body": "It works."}, "Untagged words"),
        ({"summary": "It works."}, "Untagged words"),
        ({"body": "[It may help.](claim:t/hopes)"}, "Did you mean 't/hope'"),
        ({"body": "::: guidance\nAsk."}, "never closed"),
    ],
    ids=str,
)
def test_an_article_with_unlabelled_words_is_refused_as_a_whole(words, message):
    drafts = shelf.claim_draft(), shelf.article_draft(**words)
    before = SiteVersion.objects.current().number

    with pytest.raises(publishing.CannotPublish, match=message):
        shelf.publish(*drafts)

    assert not Revision.objects.of(CLAIM).published().exists()
    assert not Revision.objects.of(ARTICLE).published().exists()
    assert SiteVersion.objects.current().number == before


def test_a_version_that_is_not_open_is_refused():
    version = shelf.claim_draft()
    shelf.publish(version)

    with pytest.raises(ValueError, match="not open"):
        shelf.publish(version)

    assert Revision.objects.of(CLAIM).published().count() == 1


def test_mentions_follow_the_newest_article():
    shelf.publish(shelf.claim_draft(), shelf.claim_draft("other"), shelf.article_draft())
    shelf.publish(shelf.article_draft(body="[](claim:t/other)"))

    assert shown() == ["t/hope", "t/other"]


def test_a_withdrawn_claim_keeps_its_place_with_the_reason():
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    publishing.withdraw(document=claim(), actor=None, reason="Retracted.", now=shelf.NOON)

    version = claim().revisions.get()
    assert (version.state, version.ended_because) == (State.WITHDRAWN, "Retracted.")
    assert shown() == ["t/hope"]


def test_a_withdrawal_raises_the_site_version_and_is_recorded():
    editor = User.objects.create_user("editor")
    shelf.publish(shelf.claim_draft())
    before = SiteVersion.objects.current().number

    publishing.withdraw(document=claim(), actor=editor, reason="Retracted.", now=shelf.NOON)

    change = Change.objects.get(number=before + 1)
    assert SiteVersion.objects.current().number == before + 1
    assert (change.action, change.actor, change.reason) == (Action.WITHDRAW, editor, "Retracted.")


def test_a_withdrawn_article_shows_no_claim_any_more():
    shelf.publish(shelf.claim_draft(), shelf.article_draft(), shelf.article_draft("t/process"))

    article = shelf.document("articles/t/safety")
    publishing.withdraw(document=article, actor=None, reason="Mixed up.", now=shelf.NOON)

    assert (shown(), shown("t/process")) == ([], ["t/hope"])


def test_a_withdrawn_claim_can_be_published_anew():
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    publishing.withdraw(document=claim(), actor=None, reason="Wrong.", now=shelf.NOON)

    shelf.publish(shelf.claim_draft(statement="The treatment might help some hair."))

    assert Revision.objects.of(CLAIM).published().get().number == 2


def test_a_withdrawal_needs_a_reason_and_something_public():
    shelf.publish(shelf.claim_draft())
    for reason, refused in ((" ", "needs a reason"), ("A breakthrough.", "'breakthrough' is")):
        with pytest.raises(ValueError, match=refused):
            publishing.withdraw(document=claim(), actor=None, reason=reason, now=shelf.NOON)
    publishing.withdraw(document=claim(), actor=None, reason="Wrong.", now=shelf.NOON)
    with pytest.raises(ValueError, match="not published"):
        publishing.withdraw(document=claim(), actor=None, reason="Again.", now=shelf.NOON)


def test_a_failure_at_any_step_changes_nothing(monkeypatch):
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    draft = shelf.claim_draft(statement="The treatment might help some hair.")
    before = SiteVersion.objects.current().number

    def broken(*_, **__):
        raise RuntimeError("broken")

    for step in ("_explained", "context_for", "derive_all"):
        with monkeypatch.context() as patch:
            patch.setattr(publishing, step, broken)
            with pytest.raises(RuntimeError):
                shelf.publish(draft)
        assert Revision.objects.of(CLAIM).published().get().number == 1
        assert SiteVersion.objects.current().number == before


def test_a_source_that_no_longer_carries_a_public_claim_is_refused():
    shelf.publish(shelf.claim_draft("effect", kind="effect"))

    with pytest.raises(publishing.CannotPublish, match="cannot make an effect in people"):
        shelf.publish(shelf.source_draft(kind="laboratory"))

    assert shelf.document("sources/clinic-a").live.fields["kind"] == "clinic"


def test_a_label_that_its_positions_do_not_give_is_refused():
    draft = shelf.claim_draft("wrong", label="under-investigation")

    with pytest.raises(publishing.CannotPublish, match="its positions give 'Plausible, in theory"):
        shelf.publish(draft)

    assert not Revision.objects.of(CLAIM).published().exists()


def test_what_is_derived_can_be_made_anew():
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    document = claim()
    before = {name: getattr(document, name) for name in ("title", "status", "level", "live_id")}
    type(document).objects.update(title="x", status=1, level="", live=None, newest=None)

    publishing.rebuild(reason="A test", now=shelf.NOON)

    assert {name: getattr(claim(), name) for name in before} == before
    assert shown() == ["t/hope"]


def test_publishing_reads_the_words_of_what_it_touches_and_of_nothing_else(monkeypatch):
    shelf.publish(*(shelf.claim_draft(slug) for slug in ("hope", "other")), shelf.article_draft())
    read, entry_of = set(), Revision.entry_of
    noted = staticmethod(lambda kind, key, *rest: read.add(key) or entry_of(kind, key, *rest))
    monkeypatch.setattr(Revision, "entry_of", noted)

    shelf.publish(shelf.claim_draft(statement="The treatment might help some hair."))

    assert read == {"t/hope", "t/safety", "clinic-a"}
