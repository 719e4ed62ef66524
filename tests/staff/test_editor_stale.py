"""Of two who save, or who decide, the second is told, for every kind of subject (D1 and D2)."""

import pytest

from explainer.library import beginning, drafts, releasing
from explainer.library.words import words_of
from explainer.staff.review.actions import mark
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

CAUTION = {"level": "unsupported", "reason": "not-studied", "because": "No study."}
ALONE = {
    "withdraw": (releasing.withdraw, {"reason": "It was wrong."}),
    "caution": (releasing.raise_caution, CAUTION),
}


@pytest.fixture
def version(identity):
    return draft(identity, staff("ben", "author"))


def save(version, **given):
    """Save as Ben, who began the draft."""
    drafts.save(
        version=fresh(version), base=fresh(version).save_count, given=given,
        by=version.author, at=shelf.NOON,
    )  # fmt: skip


def fresh(version):
    return type(version).objects.get(pk=version.pk)


def sent(page, subject):
    return Form(page.text, at("edit", subject)).fields


@of_every_kind
def test_what_one_side_changed_is_put_together_unasked(desk_of_ana, version) -> None:
    subject, (name, mine) = version.subject, *NEWS[version.subject].items()
    typed = posted(version, **{name: mine})
    save(version, **OTHER[subject])

    page = desk_of_ana.post(at("edit", subject), typed)
    answer = desk_of_ana.post(at("edit", subject), sent(page, subject))

    assert (page.status_code, page.context["questions"]) == (409, [])
    assert answer.status_code == 302
    assert words_of(fresh(version)).items() >= {name: mine, **OTHER[subject]}.items()


@of_every_kind
def test_what_both_changed_is_asked_and_nothing_is_stored_unasked(desk_of_ana, version) -> None:
    subject, (name, theirs) = version.subject, *NEWS[version.subject].items()
    typed = posted(version, **{name: "Words of Ana."})
    save(version, **{name: theirs})

    page = desk_of_ana.post(at("edit", subject), typed)
    stored = words_of(fresh(version))[name]
    decided = sent(page, subject)
    desk_of_ana.post(at("edit", subject), decided)

    assert (page.status_code, len(page.context["questions"])) == (409, 1)
    assert (stored, decided[name]) == (theirs, "Words of Ana.")
    assert words_of(fresh(version))[name] == "Words of Ana."


@of_every_kind
def test_what_was_discarded_and_begun_anew_meanwhile_is_compared(desk_of_ana, version) -> None:
    subject, (name, _) = version.subject, *NEWS[version.subject].items()
    identity = people.identity_of(subject)
    typed = posted(version, **{name: "Words of Ana."})
    drafts.discard(version=version, base=0, by=version.author, at=shelf.NOON)
    without = desk_of_ana.post(at("edit", subject), typed)
    draft(identity, version.author)

    page = desk_of_ana.post(at("edit", subject), typed)
    desk_of_ana.post(at("edit", subject), sent(page, subject))

    assert ("thrown away" in without.text, "Words of Ana." in without.text) == (True, True)
    assert "thrown away" in page.text
    assert words_of(beginning.newest(identity))[name] == "Words of Ana."


@pytest.mark.parametrize(
    ("page", "subject"),
    [("withdraw", CLAIM), ("withdraw", "articles/t/safety"), ("caution", CLAIM)],
)
def test_what_nobody_looked_at_is_neither_withdrawn_nor_relabelled(
    client, claim, article, monkeypatch, subject, page
) -> None:
    ana, ben = people.staff("ana", *ALL), people.staff("ben", *ALL)
    identity = people.identity_of(subject)
    base = mark(beginning.newest(identity))
    version = people.approved(identity, ana, ben, **NEWS[subject])
    verb, given = ALONE[page]

    def late(**asked):
        """Publish between what the page checks and the verb."""
        releasing.release(versions=[version], bases=[version.save_count], by=ben, at=AT)
        return verb(**asked)

    monkeypatch.setattr(releasing, verb.__name__, late)
    client.force_login(ana)
    answer = client.post(at(page, subject), {"base": base, **given})

    assert answer.status_code == 409
    assert list(given.values())[-1] in answer.text
    assert f'name="base" value="{mark(version)}"' in answer.text
    assert (beginning.newest(identity).number, beginning.newest(identity).state) == (2, "published")


@pytest.mark.parametrize("page", ALONE)
def test_what_was_typed_about_something_withdrawn_meanwhile_stays(client, claim, page) -> None:
    client.force_login(people.staff("pia", "publisher"))
    base = mark(beginning.newest(claim))
    releasing.withdraw(what=claim, base=1, by=people.staff("ana", *ALL), reason="Wrong.", at=AT)
    _, given = ALONE[page]

    answer = client.post(at(page), {"base": base, **given})

    assert answer.status_code == 409
    assert list(given.values())[-1] in answer.text
    assert "It is not public" in answer.text
    assert client.get(at("caution")).status_code == 404


@pytest.mark.parametrize("verb", ALONE)
def test_the_verbs_of_one_alone_name_what_was_looked_at(claim, verb) -> None:
    ana, ben = people.staff("ana", *ALL), people.staff("ben", *ALL)
    version = people.approved(claim, ana, ben, **NEWS[CLAIM])
    releasing.release(versions=[version], bases=[version.save_count], by=ben, at=AT)
    do, given = ALONE[verb]
    what = {"what": claim} if verb == "withdraw" else {"claim": claim}

    with pytest.raises(drafts.Stale) as refused:
        do(**what, base=1, by=ana, at=AT, **given)

    assert refused.value.current == version
    do(**what, base=2, by=ana, at=AT, **given)
