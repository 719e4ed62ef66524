"""Every verb changes everything or nothing, wherever in it the process ends."""

import pytest
from django.db import transaction

from explainer.evidence.levels import Level
from explainer.images import intake
from explainer.kinds import ARTICLE, CLAIM, TERM
from explainer.library import audit, drafts, emergency, publishing, workflow
from explainer.library.models import Image, Revision
from tests.images import pictures
from tests.library import people, shelf
from tests.library.cuts import assert_whole_or_nothing, everything
from tests.library.people import ALL, AT
from tests.library.test_workflow import LATER, STATES, VERBS, brought_to, take

pytestmark = pytest.mark.django_db

AUDIT = {"auditentry", "audithead"}
SITE = {"siteversion", "change"}
SHOWN = {"mention", "imageuse"}
WORDS = {"document", "revision"}
BY_FILES = {"actor": None, "reason": "A test.", "now": LATER}
SUBJECTS = ("claims/t/hope", "articles/t/safety", "sources/clinic-a")


def fresh(revision):
    return Revision.objects.select_related("document").get(pk=revision.pk)


@pytest.fixture
def ana(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return people.staff("ana", *ALL)


@pytest.fixture(autouse=True)
def public(ana):
    people.public_claim()
    figure = pictures.sent(ana).key
    body = f"[](claim:t/hope)\n\n::: background\n![Hair roots](figure:{figure})\n:::"
    shelf.publish(shelf.article_draft("t/safety", body))


@pytest.fixture
def approved(ana, ben):
    return [people.approved(shelf.document(subject), ana, ben) for subject in SUBJECTS]


def test_each_verb_about_drafts_is_whole(ana):
    new = {"actor": ana, "now": LATER}
    words = {"positions": [shelf.position(says="Says more.")]}
    claim, article, source = map(shelf.document, SUBJECTS)
    begun = {
        lambda: drafts.start(document=claim, **new): {"position"},
        lambda: drafts.start(document=article, **new): set(),
        lambda: drafts.start(document=source, **new): set(),
        lambda: drafts.create(kind=CLAIM, key="t/new", fields=words, **new): {"position"},
        lambda: drafts.create(kind=ARTICLE, key="t/faq", fields={}, **new): set(),
        lambda: drafts.create(kind=TERM, key="a-term", fields={}, **new): set(),
    }

    for verb, tables in begun.items():
        assert_whole_or_nothing(verb, {*WORDS, *tables, "save", *AUDIT})


def test_a_draft_that_is_begun_too_late_leaves_nothing(ana):
    before = everything()

    with pytest.raises(drafts.Conflict):
        drafts.start(document=shelf.document(SUBJECTS[0]), actor=ana, now=LATER, expected=0)

    assert everything() == before


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "publish"])
def test_each_verb_about_one_revision_is_whole(verb, subject, ana, ben):
    state = next(state for state, allowed in STATES.items() if verb in allowed)
    revision = brought_to(state, shelf.document(subject), ana, ben)
    also = {"save": {"save"}, "discard": {"position", "mention"}}.get(verb, set())
    if (verb, subject) == ("save", "claims/t/hope"):
        also = {*also, "position"}

    assert_whole_or_nothing(lambda: take(verb, fresh(revision), ben), {*WORDS, *also, *AUDIT})


def test_publishing_with_two_people_is_whole(approved, ben):
    def publish():
        revisions = [*map(fresh, approved)]
        workflow.publish(revisions=revisions, expected=[1, 1, 1], actor=ben, now=LATER)

    assert_whole_or_nothing(publish, {*WORDS, *SHOWN, *SITE, *AUDIT})


@pytest.mark.parametrize("subject", SUBJECTS[:2])
def test_withdrawing_alone_is_whole_with_the_time_it_takes_back(subject, ana, ben):
    document = people.scheduled(shelf.document(subject), ana, ben, LATER).document
    given = {"document": document, "expected": 1, "actor": ben, "now": LATER}

    def withdraw():
        emergency.withdraw(reason="It was wrong.", **given)

    assert_whole_or_nothing(withdraw, {*WORDS, "imageuse", *SITE, *AUDIT})


def test_raising_caution_alone_is_whole(ana):
    given = {"document": shelf.document(SUBJECTS[0]), "expected": 1, "actor": ana, "now": LATER}
    label = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "No."}

    def downgrade():
        emergency.downgrade_label(**label, **given)

    assert_whole_or_nothing(downgrade, {*WORDS, "position", "save", *SITE, *AUDIT})


CHANGES = {
    "publish": (
        {*WORDS, *SHOWN},
        lambda it: publishing.publish(revisions=[*map(fresh, it[:2])], **BY_FILES),
    ),
    "withdraw": (
        {*WORDS, "imageuse"},
        lambda it: publishing.withdraw(document=it[1].document, **BY_FILES),
    ),
    "rebuild": (
        {"document", *SHOWN},
        lambda _: publishing.rebuild(reason="A test.", now=LATER),
    ),
}
"""The tables that a public change writes to, and the change."""


@pytest.mark.parametrize("name", CHANGES)
def test_each_public_change_is_whole_by_itself(approved, name):
    tables, change = CHANGES[name]

    assert_whole_or_nothing(lambda: change(approved), {*tables, *SITE})


def test_an_entry_of_the_audit_log_is_whole_by_itself(ana):
    @transaction.atomic
    def entry():
        audit.record(actor=ana, action="logged in", now=AT)

    assert_whole_or_nothing(entry, AUDIT)


def test_describing_an_image_is_whole(ana):
    image = pictures.sent(ana)

    def describe():
        current = Image.objects.get(pk=image.pk)
        words = {"before": current.alternative, "alternative": "Other words"}
        intake.describe(image=current, **words, actor=ana, now=LATER)

    assert_whole_or_nothing(describe, {"image", *AUDIT})
