"""A phrase of adverts belongs to one claim: a draft is told so when it is saved and handed over."""

import pytest

from explainer.library import drafts, workflow
from explainer.library.publishing import CannotPublish
from explainer.library.validation import all_problems
from explainer.search.index import shelf
from tests.library import people
from tests.library import shelf as documents
from tests.library.people import AT, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return staff("ana", "author")


@pytest.fixture
def public():
    people.public_claim("other", statement="It may end itching.", heard=["no more itching"])
    people.public_claim(heard=["thicker hair in weeks"])
    shelf.current()


def found(ana, heard):
    claim = documents.document("claims/t/hope")
    revision = people.drafted(claim, ana, heard=heard)
    codes = [(it.code, it.severity.name, it.field) for _, it in all_problems([revision])]
    return revision, [one for one in codes if one[0].startswith("heard")]


def test_a_phrase_of_another_claim_is_refused_where_it_stands(public, ana):
    revision, codes = found(ana, ["thicker hair in weeks", "no more itching"])

    assert codes == [("heard-fits-another", "ERROR", "heard.1")]
    with pytest.raises(CannotPublish):
        workflow.submit(revision=revision, expected=revision.lock_version, actor=ana, now=AT)


def test_a_phrase_of_its_own_is_fine(public, ana):
    assert found(ana, ["thicker hair in weeks", "a full head of hair by summer"])[1] == []


def test_words_that_tell_nothing_are_refused(public, ana):
    assert found(ana, ["thicker hair in weeks", "it is the"])[1] == [
        ("heard-empty", "ERROR", "heard.1")
    ]


def test_taking_all_away_is_warned_of_and_not_refused(public, ana):
    revision, codes = found(ana, [])

    assert codes == [("heard-emptied", "WARNING", "heard")]
    workflow.submit(revision=revision, expected=revision.lock_version, actor=ana, now=AT)


def test_what_is_public_already_is_not_asked_again(public, ana, monkeypatch):
    monkeypatch.setattr(shelf, "current", lambda: pytest.fail("asked"))

    assert found(ana, ["thicker hair in weeks"])[1] == []


def test_other_kinds_have_no_phrases(public, ana):
    source = documents.document("sources/clinic-a")
    revision = drafts.start(document=source, actor=ana, now=AT)

    assert [it.code for _, it in all_problems([revision]) if "heard" in it.code] == []
