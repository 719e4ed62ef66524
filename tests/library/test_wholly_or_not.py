"""Every verb changes everything or nothing, wherever in it the process ends (D3, D5)."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.contrib.auth.models import User

from explainer.images import intake
from explainer.library import audit, beginning, drafts, publishing, releasing, reviewing
from explainer.library.models import Article, ArticleVersion, Claim, ClaimVersion, Image, Treatment
from explainer.library.models.versions import Version
from tests.images import pictures
from tests.library import people, shelf
from tests.library.cuts import assert_whole_or_nothing, everything
from tests.library.people import ALL, AT, REVIEWER

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
AUDIT = {"auditentry", "audithead"}
EDITION = {"edition", "change"}
SHOWN = {"appearance", "imageuse"}
KINDS = {"claim": "claimversion", "article": "articleversion", "source": "referenceversion"}
BY_FILES = {"by": None, "reason": "A test.", "at": LATER}
POSITION = {"source": "clinic-a", "level": "plausible", "product": "", "says": "Says more."}


class Room(NamedTuple):
    """A public claim and article, their next versions, and a source's; and two people."""

    claim: ClaimVersion
    article: ArticleVersion
    source: Version
    ana: User
    ben: User


def fresh(version: Version) -> Version:
    return version.siblings.get(pk=version.pk)


@pytest.fixture
def ana(settings, tmp_path) -> User:
    settings.VAR_DIR = tmp_path
    return people.staff("ana", *ALL)


@pytest.fixture
def ben() -> User:
    return people.staff("ben", *ALL)


@pytest.fixture
def public(ana) -> tuple[Claim, Article]:
    claim = people.public_claim()
    figure = pictures.sent(ana).key
    body = f"[](claim:t/hope)\n\n::: background\n![Hair roots](figure:{figure})\n:::"
    shelf.publish(shelf.article_draft("t/safety", body))
    return claim, Article.objects.get()


@pytest.fixture
def room(public, ana, ben) -> Room:
    claim, article = public
    return Room(
        people.drafted(claim, ana, why="[Because of this.](background:)"),
        people.drafted(article, ana, title="Another title"),
        people.drafted("sources/clinic-a", ana, title="Another title"),
        ana,
        ben,
    )


def test_each_verb_about_drafts_is_whole(public, ana) -> None:
    claim, article = public
    new = {"by": ana, "at": LATER}
    begun: dict[Callable[[], object], set[str]] = {
        lambda: beginning.start(identity=claim, **new): {"claimversion", "position"},
        lambda: beginning.start(identity=article, **new): {"articleversion"},
        lambda: beginning.start(identity="sources/clinic-a", **new): {"referenceversion"},
        lambda: beginning.begin_claim(key="t/new", given={"positions": [POSITION]}, **new): {
            "claim",
            "claimversion",
            "position",
        },
        lambda: beginning.begin_article(key="t/law", topic="law", given={}, **new): {
            "article",
            "articleversion",
        },
        lambda: beginning.begin_row(subject="glossary/a-term", given={}, **new): {
            "referenceversion"
        },
    }

    for verb, tables in begun.items():
        assert_whole_or_nothing(verb, {*tables, "save", *AUDIT})


def test_a_draft_that_is_begun_too_late_leaves_nothing(public, ana) -> None:
    before = everything()

    with pytest.raises(drafts.Stale):
        beginning.start(identity=public[0], by=ana, at=LATER, seen=0)

    assert everything() == before


def brought_to(stage: str, room: Room) -> None:
    """Take the versions of a room on their way: to draft, review, approved or timed."""
    given = {"base": 1, "at": AT}
    for version in (room.claim, room.article, room.source):
        if stage in ("review", "approved", "timed"):
            reviewing.submit(version=version, by=room.ana, **given)
        if stage in ("approved", "timed"):
            reviewing.approve(version=version, by=room.ben, reviewer=REVIEWER, **given)
        if stage == "timed":
            releasing.schedule(version=version, by=room.ben, when=LATER, **given)


VERBS: dict[str, tuple[str, Callable[..., object]]] = {
    "save": (
        "draft",
        lambda **given: drafts.save(given={"note": "New.", "positions": [POSITION]}, **given),
    ),
    "discard": ("draft", drafts.discard),
    "submit": ("draft", reviewing.submit),
    "take back": ("review", reviewing.take_back),
    "send back": ("review", lambda **given: reviewing.send_back(comment="Mend it.", **given)),
    "approve": ("review", lambda **given: reviewing.approve(reviewer=REVIEWER, **given)),
    "schedule": ("approved", lambda **given: releasing.schedule(when=LATER, **given)),
}
"""The stage from which a verb takes one version on, and the verb."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", VERBS)
def test_each_verb_about_one_version_is_whole(room: Room, name: str, kind: str) -> None:
    stage, verb = VERBS[name]
    brought_to(stage, room)
    version = getattr(room, kind)
    also = {"save": {"save"}}.get(name, set())
    if kind == "claim" and name in ("save", "discard"):
        also = {*also, "position"}

    def step() -> None:
        verb(version=fresh(version), base=1, by=room.ben, at=AT)

    assert_whole_or_nothing(step, {KINDS[kind], *also, *AUDIT})


def test_publishing_with_two_people_is_whole(room: Room) -> None:
    brought_to("approved", room)

    def release() -> None:
        versions = [fresh(version) for version in room[:3]]
        releasing.release(versions=versions, bases=[1, 1, 1], by=room.ben, at=LATER)

    tables = {*KINDS.values(), "source", *SHOWN, *EDITION, *AUDIT}
    assert_whole_or_nothing(release, tables)


@pytest.mark.parametrize("kind", ["claim", "article"])
def test_withdrawing_alone_is_whole_with_the_time_it_takes_back(room: Room, kind: str) -> None:
    brought_to("timed", room)
    what = getattr(getattr(room, kind), kind)

    def withdraw() -> None:
        releasing.withdraw(what=what, base=1, by=room.ben, reason="It was wrong.", at=LATER)

    shown = SHOWN if kind == "article" else set()
    assert_whole_or_nothing(withdraw, {KINDS[kind], *shown, *EDITION, *AUDIT})


def test_raising_caution_alone_is_whole(public, ana) -> None:
    claim, _ = public

    def raise_caution() -> None:
        releasing.raise_caution(
            claim=claim,
            base=1,
            level="unsupported",
            reason="not-studied",
            because="No.",
            by=ana,
            at=LATER,
        )

    tables = {"claimversion", "position", "save", *EDITION, *AUDIT}
    assert_whole_or_nothing(raise_caution, tables)


CHANGES: dict[str, tuple[set[str], Callable[[Room], object]]] = {
    "publish": (
        {"claimversion", "articleversion", *SHOWN},
        lambda room: publishing.publish(versions=[*map(fresh, room[:2])], **BY_FILES),
    ),
    "withdraw": (
        {"articleversion", *SHOWN},
        lambda room: publishing.withdraw(what=room.article.article, **BY_FILES),
    ),
    "revise": (
        {"treatment", "referenceversion"},
        lambda _: publishing.revise(rows=Treatment.objects.all(), **BY_FILES),
    ),
    "publish_rows": (
        {"source", "referenceversion"},
        lambda room: publishing.publish_rows(
            versions=[fresh(room.source)], **{**BY_FILES, "by": room.ben}
        ),
    ),
    "derive": (
        {"source", *SHOWN},
        lambda room: publishing.derive(
            articles=Article.objects.all(),
            rows=room.source.siblings.published(),
            reason="A test.",
            at=LATER,
        ),
    ),
}
"""The tables that a public change writes to, and the change."""


@pytest.mark.parametrize("name", CHANGES)
def test_each_public_change_is_whole_by_itself(room: Room, name: str) -> None:
    brought_to("approved", room)
    tables, change = CHANGES[name]

    assert_whole_or_nothing(lambda: change(room), {*tables, *EDITION})


def test_describing_an_image_is_whole(ana) -> None:
    image = pictures.sent(ana)

    def describe() -> None:
        held = Image.objects.get(pk=image.pk)
        words = {"before": held.alternative, "alternative": "Other words"}
        intake.describe(image=held, **words, by=ana, at=LATER)

    assert_whole_or_nothing(describe, {"image", *AUDIT})


def test_an_entry_of_the_audit_log_is_whole_by_itself(ana) -> None:
    given = {"by": ana, "action": "logged in", "at": AT}

    assert_whole_or_nothing(lambda: audit.record(**given), AUDIT)
