"""Every verb changes everything or nothing, wherever in it the process ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from explainer.evidence.levels import Level
from explainer.images import intake
from explainer.kinds import ARTICLE, CLAIM, TERM
from explainer.library import audit, drafts, emergency, publishing, workflow
from explainer.library.models import Image, Revision
from tests.images import pictures
from tests.library import people, shelf
from tests.library.cuts import assert_whole_or_nothing, everything
from tests.library.people import ALL, AT, REVIEWER

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
AUDIT = {"auditentry", "audithead"}
SITE = {"siteversion", "change"}
SHOWN = {"mention", "imageuse"}
WORDS = {"document", "revision"}
BY_FILES = {"actor": None, "reason": "A test.", "now": LATER}
POSITION = {"source": "clinic-a", "level": "plausible", "product": "", "says": "Says more."}
KINDS = ("claim", "article", "source")


class Room(NamedTuple):
    """A public claim and article, their next revisions, and a source's; and two people."""

    claim: Revision
    article: Revision
    source: Revision
    ana: User
    ben: User


def fresh(revision):
    return Revision.objects.select_related("document").get(pk=revision.pk)


@pytest.fixture
def ana(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return people.staff("ana", *ALL)


@pytest.fixture
def ben():
    return people.staff("ben", *ALL)


@pytest.fixture
def public(ana):
    claim = people.public_claim()
    figure = pictures.sent(ana).key
    body = f"[](claim:t/hope)\n\n::: background\n![Hair roots](figure:{figure})\n:::"
    shelf.publish(shelf.article_draft("t/safety", body))
    return claim, shelf.document("articles/t/safety")


@pytest.fixture
def room(public, ana, ben):
    claim, article = public
    return Room(
        people.drafted(claim, ana, why="[Because of this.](background:)"),
        people.drafted(article, ana, title="Another title"),
        people.drafted(shelf.document("sources/clinic-a"), ana, title="Another title"),
        ana,
        ben,
    )


def test_each_verb_about_drafts_is_whole(public, ana):
    claim, article = public
    new = {"actor": ana, "now": LATER}
    words = {"positions": [POSITION]}
    begun: dict[Callable[[], object], set[str]] = {
        lambda: drafts.start(document=claim, **new): {"position"},
        lambda: drafts.start(document=article, **new): set(),
        lambda: drafts.start(document=shelf.document("sources/clinic-a"), **new): set(),
        lambda: drafts.create(kind=CLAIM, key="t/new", fields=words, **new): {"position"},
        lambda: drafts.create(kind=ARTICLE, key="t/faq", fields={}, **new): set(),
        lambda: drafts.create(kind=TERM, key="a-term", fields={}, **new): set(),
    }

    for verb, tables in begun.items():
        assert_whole_or_nothing(verb, {*WORDS, *tables, "save", *AUDIT})


def test_a_draft_that_is_begun_too_late_leaves_nothing(public, ana):
    before = everything()

    with pytest.raises(drafts.Conflict):
        drafts.start(document=public[0], actor=ana, now=LATER, expected=0)

    assert everything() == before


def brought_to(stage, room):
    """Take the revisions of a room on their way: to draft, review, approved or timed."""
    given = {"expected": 1, "now": AT}
    for revision in room[:3]:
        if stage in ("review", "approved", "timed"):
            workflow.submit(revision=revision, actor=room.ana, **given)
        if stage in ("approved", "timed"):
            workflow.approve(revision=revision, actor=room.ben, reviewer=REVIEWER, **given)
        if stage == "timed":
            workflow.schedule(revision=revision, actor=room.ben, when=LATER, **given)


VERBS: dict[str, tuple[str, Callable[..., object]]] = {
    "save": (
        "draft",
        lambda **given: drafts.save(
            fields={"note": "New.", "title": "New", "positions": [POSITION]}, **given
        ),
    ),
    "discard": ("draft", drafts.discard),
    "submit": ("draft", workflow.submit),
    "take back": ("review", workflow.take_back),
    "send back": ("review", lambda **given: workflow.send_back(comment="Mend it.", **given)),
    "approve": ("review", lambda **given: workflow.approve(reviewer=REVIEWER, **given)),
    "schedule": ("approved", lambda **given: workflow.schedule(when=LATER, **given)),
}
"""The stage from which a verb takes one revision on, and the verb."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", VERBS)
def test_each_verb_about_one_revision_is_whole(room, name, kind):
    stage, verb = VERBS[name]
    brought_to(stage, room)
    revision = getattr(room, kind)
    also = {"save", "document"} if name == "save" else {"document"}
    if name == "discard":
        also = {*also, "position", "mention"}
    if kind == "claim" and name == "save":
        also = {*also, "position"}

    def step():
        verb(revision=fresh(revision), expected=1, actor=room.ben, now=AT)

    assert_whole_or_nothing(step, {"revision", *also, *AUDIT})


def test_publishing_with_two_people_is_whole(room):
    brought_to("approved", room)

    def publish():
        revisions = [fresh(revision) for revision in room[:3]]
        workflow.publish(revisions=revisions, expected=[1, 1, 1], actor=room.ben, now=LATER)

    assert_whole_or_nothing(publish, {*WORDS, *SHOWN, *SITE, *AUDIT})


@pytest.mark.parametrize("kind", ["claim", "article"])
def test_withdrawing_alone_is_whole_with_the_time_it_takes_back(room, kind):
    brought_to("timed", room)
    document = getattr(room, kind).document

    def withdraw():
        emergency.withdraw(
            document=document, expected=1, actor=room.ben, reason="It was wrong.", now=LATER
        )

    assert_whole_or_nothing(withdraw, {*WORDS, "imageuse", *SITE, *AUDIT})


def test_raising_caution_alone_is_whole(public, ana):
    claim, _ = public

    def downgrade():
        emergency.downgrade_label(
            document=claim,
            expected=1,
            level=Level.UNSUPPORTED,
            reason="not-studied",
            because="No.",
            actor=ana,
            now=LATER,
        )

    assert_whole_or_nothing(downgrade, {*WORDS, "position", "save", *SITE, *AUDIT})


CHANGES: dict[str, tuple[set[str], Callable[[Room], object]]] = {
    "publish": (
        {*WORDS, *SHOWN},
        lambda room: publishing.publish(revisions=[*map(fresh, room[:2])], **BY_FILES),
    ),
    "withdraw": (
        {*WORDS, "imageuse"},
        lambda room: publishing.withdraw(document=room.article.document, **BY_FILES),
    ),
    "rebuild": (
        {"document", *SHOWN},
        lambda _: publishing.rebuild(reason="A test.", now=LATER),
    ),
}
"""The tables that a public change writes to, and the change."""


@pytest.mark.parametrize("name", CHANGES)
def test_each_public_change_is_whole_by_itself(room, name):
    brought_to("approved", room)
    tables, change = CHANGES[name]

    assert_whole_or_nothing(lambda: change(room), {*tables, *SITE})


def test_an_entry_of_the_audit_log_is_whole_by_itself(ana):
    given = {"actor": ana, "action": "logged in", "now": AT}

    @transaction.atomic
    def entry():
        audit.record(**given)

    assert_whole_or_nothing(entry, AUDIT)


def test_describing_an_image_is_whole(ana):
    image = pictures.sent(ana)

    def describe():
        current = Image.objects.get(pk=image.pk)
        words = {"before": current.alternative, "alternative": "Other words"}
        intake.describe(image=current, **words, actor=ana, now=LATER)

    assert_whole_or_nothing(describe, {"image", *AUDIT})
