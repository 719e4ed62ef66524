"""Of two who save, or who decide, the second is told, for every kind of document."""

import pytest

from explainer.evidence.levels import Level
from explainer.library import drafts, emergency, workflow
from explainer.library.models import Revision
from tests.library import people, shelf
from tests.library.people import ALL, AT
from tests.staff.rows import CLAIM, NEWS, at, draft, of_every_kind, posted, staff
from tests.staff.test_conflict import Form

pytestmark = pytest.mark.django_db

OTHER = {
    CLAIM: {"ask": "Is it safe?"},
    "articles/t/safety": {"body": "[](claim:t/hope)\n\nMore."},
    "sources/clinic-a": {"publisher": "A journal"},
    "glossary/scalp": {"also": ["skull"]},
    "treatments/t": {"also": ["The other name"]},
}
"""Something else to change in each kind of subject."""

CAUTION = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "No study."}
ALONE = {
    "withdraw": (emergency.withdraw, {"reason": "It was wrong."}),
    "caution": (emergency.downgrade_label, CAUTION),
}


@pytest.fixture
def revision(document):
    return draft(document, staff("ben", "author"))


def save(revision, **fields):
    """Save as Ben, who began the draft."""
    drafts.save(
        revision=fresh(revision), expected=fresh(revision).lock_version, fields=fields,
        actor=revision.author, now=shelf.NOON,
    )  # fmt: skip


def fresh(revision):
    return Revision.objects.get(pk=revision.pk)


def mark(revision):
    """Write down which words somebody saw, as the pages do."""
    return f"{revision.number}.{revision.lock_version}"


def sent(page, subject):
    return Form(page.text, at("edit", subject)).fields


@of_every_kind
def test_what_one_side_changed_is_put_together_unasked(desk_of_ana, revision) -> None:
    subject, (name, mine) = revision.subject, *NEWS[revision.subject].items()
    typed = posted(revision, **{name: mine})
    save(revision, **OTHER[subject])

    page = desk_of_ana.post(at("edit", subject), typed)
    response = desk_of_ana.post(at("edit", subject), sent(page, subject))

    assert (page.status_code, page.context["questions"]) == (409, [])
    assert response.status_code == 302
    assert fresh(revision).fields.items() >= {name: mine, **OTHER[subject]}.items()


@of_every_kind
def test_what_both_changed_is_asked_and_nothing_is_stored_unasked(desk_of_ana, revision) -> None:
    subject, (name, theirs) = revision.subject, *NEWS[revision.subject].items()
    typed = posted(revision, **{name: "Words of Ana."})
    save(revision, **{name: theirs})

    page = desk_of_ana.post(at("edit", subject), typed)
    stored = fresh(revision).fields[name]
    decided = sent(page, subject)
    desk_of_ana.post(at("edit", subject), decided)

    assert (page.status_code, len(page.context["questions"])) == (409, 1)
    assert (stored, decided[name]) == (theirs, "Words of Ana.")
    assert fresh(revision).fields[name] == "Words of Ana."


@of_every_kind
def test_what_was_discarded_and_begun_anew_meanwhile_is_compared(
    desk_of_ana, document, revision
) -> None:
    subject, (name, _) = revision.subject, *NEWS[revision.subject].items()
    typed = posted(revision, **{name: "Words of Ana."})
    drafts.discard(revision=revision, expected=0, actor=revision.author, now=shelf.NOON)
    without = desk_of_ana.post(at("edit", subject), typed)
    draft(document, revision.author)

    page = desk_of_ana.post(at("edit", subject), typed)
    desk_of_ana.post(at("edit", subject), sent(page, subject))

    assert ("thrown away" in without.text, "Words of Ana." in without.text) == (True, True)
    assert "thrown away" in page.text
    assert drafts.newest(document).fields[name] == "Words of Ana."


@pytest.mark.parametrize(
    ("page", "subject"),
    [("withdraw", CLAIM), ("withdraw", "articles/t/safety"), ("caution", CLAIM)],
)
def test_what_nobody_looked_at_is_neither_withdrawn_nor_relabelled(
    client, claim, article, monkeypatch, subject, page
) -> None:
    ana, ben = people.staff("ana", *ALL), people.staff("ben", *ALL)
    document = shelf.document(subject)
    base = mark(drafts.newest(document))
    revision = people.approved(document, ana, ben, **NEWS[subject])
    verb, fields = ALONE[page]

    def late(**asked):
        """Publish between what the page checks and the verb."""
        workflow.publish(revisions=[revision], expected=[revision.lock_version], actor=ben, now=AT)
        return verb(**asked)

    monkeypatch.setattr(emergency, verb.__name__, late)
    client.force_login(ana)
    response = client.post(at(page, subject), {"base": base, **fields})

    assert response.status_code == 409
    assert list(fields.values())[-1] in response.text
    assert f'name="base" value="{mark(revision)}"' in response.text
    assert (drafts.newest(document).number, drafts.newest(document).state) == (2, "published")


@pytest.mark.parametrize("page", ALONE)
def test_what_was_typed_about_something_withdrawn_meanwhile_stays(client, claim, page) -> None:
    client.force_login(people.staff("pia", "publisher"))
    base = mark(drafts.newest(claim))
    ana = people.staff("ana", *ALL)
    emergency.withdraw(document=claim, expected=1, actor=ana, reason="Wrong.", now=AT)
    _, fields = ALONE[page]

    response = client.post(at(page), {"base": base, **fields})

    assert response.status_code == 409
    assert list(fields.values())[-1] in response.text
    assert "It is not public" in response.text
    assert client.get(at("caution")).status_code == 404


@pytest.mark.parametrize("verb", ALONE)
def test_the_verbs_of_one_alone_name_what_was_looked_at(claim, verb) -> None:
    ana, ben = people.staff("ana", *ALL), people.staff("ben", *ALL)
    revision = people.approved(claim, ana, ben, **NEWS[CLAIM])
    workflow.publish(revisions=[revision], expected=[revision.lock_version], actor=ben, now=AT)
    do, fields = ALONE[verb]

    with pytest.raises(drafts.Conflict) as refused:
        do(document=claim, expected=1, actor=ana, now=AT, **fields)

    assert refused.value.current == revision
    do(document=claim, expected=2, actor=ana, now=AT, **fields)
