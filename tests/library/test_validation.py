"""What is said of a revision is the same in a small library and a large one, and costs the same."""

import pytest
from django.db import connection

from explainer.kinds import CLAIM
from explainer.library.context import public_context
from explainer.library.models import Revision
from explainer.library.models.revision import INDEXED
from explainer.library.validation import all_problems
from tests.library import people, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _public():
    shelf.treatment(also=["Wonder drops"])
    shelf.publish(
        shelf.claim_draft(),
        shelf.claim_draft("other", name="Other É", statement="The *treatment* might help nails."),
        shelf.claim_draft("third", twin="t/new", differs_because="One was tested."),
        shelf.claim_draft("doubtful", positions=[shelf.position("under-investigation")]),
        shelf.source_draft("clinic-b", publisher="Glowhouse, London", doi="10.1000/AB"),
        shelf.term_draft(also=["Skull skin"]),
    )
    shelf.publish(shelf.article_draft())


DRAFTS = {
    "nothing": lambda: shelf.article_draft("t/aftercare"),
    "a claim that is not there": lambda: shelf.article_draft("t/aftercare", "[](claim:t/hpe)"),
    "a mark spelt as no other": lambda: shelf.article_draft(
        "t/aftercare", "[](<claim:t/h&#111;pe>)"
    ),
    "words beside labels": lambda: shelf.article_draft("t/aftercare", "It regrows hair."),
    "a note on a treatment": lambda: shelf.claim_draft("new", note="Wonder drops regrow hair."),
    "a note on a clinic": lambda: shelf.claim_draft("new", note="Glowhouse regrows all hair."),
    "a statement": lambda: shelf.claim_draft("new", statement="The treatment MIGHT help nails."),
    "a name": lambda: shelf.claim_draft("new", name="hope"),
    "a name in other letters": lambda: shelf.claim_draft("new", name="Other é"),
    "its own words": lambda: shelf.claim_draft("hope", name="HOPE"),
    "no words at all": lambda: shelf.draft(CLAIM, "t/new", positions=[]),
    "a twin that is not there": lambda: shelf.claim_draft("new", twin="t/hop"),
    "another label than its twin": lambda: shelf.claim_draft("new", twin="t/doubtful"),
    "another label than who calls it a twin": lambda: shelf.claim_draft(
        "new", positions=[shelf.position("under-investigation")]
    ),
    "a product that is not there": lambda: shelf.claim_draft("new", product="mux"),
    "the number of a source": lambda: shelf.source_draft("clinic-c", doi="10.1000/ab"),
    "a word of the glossary": lambda: shelf.term_draft("skull", term="SKULL skin"),
    "a promise for a word": lambda: shelf.term_draft(
        "drops", term="Drops", definition="Wonder drops regrow hair."
    ),
}
FINE = ("nothing", "its own words", "a mark spelt as no other")


def said(found):
    return [(subject, problem.code, problem.field, problem.message) for subject, problem in found]


@pytest.mark.parametrize("name", DRAFTS)
def test_what_is_looked_up_says_the_same_as_all_that_is_public(name):
    draft = DRAFTS[name]()

    everything = said(all_problems([draft], context=public_context([draft])))

    assert said(all_problems([draft])) == everything
    # Each is told that it lacks a note, but those that have one.
    assert (name in FINE) == (len(everything) == 1 and everything[0][1] == "note-needed")


@pytest.mark.parametrize("name", ["nothing", "a name", "another label than its twin"])
def test_other_claims_are_not_read(name, monkeypatch):
    draft, read, entry_of = DRAFTS[name](), set(), Revision.entry_of
    noted = staticmethod(lambda kind, key, *rest: read.add(key) or entry_of(kind, key, *rest))
    monkeypatch.setattr(Revision, "entry_of", noted)

    all_problems([draft])

    assert "t/other" not in read
    assert draft.document.key in read


def test_a_draft_that_stands_in_for_what_is_public_is_the_one_that_is_looked_at(ana):
    mended = people.drafted(shelf.document("claims/t/hope"), ana, statement="It may help nails.")
    text = shelf.article_draft("t/aftercare", "[The treatment may help some hair.](claim:t/hope)")

    codes = [problem.code for _, problem in all_problems([text], [mended])]

    assert "wording-unknown" in codes
    assert "wording-unknown" not in [problem.code for _, problem in all_problems([text])]


@pytest.mark.parametrize("field", INDEXED)
def test_a_field_is_looked_up_by_an_index_of_its_own(field):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Few rows cost the same by any way; which is chosen must not hang on when it counted.
            cursor.execute("ANALYZE library_revision")
            for way in ("seqscan", "nestloop", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")

    plan = Revision.objects.published().saying(field, ["Some words"]).explain()

    assert f"revision_by_{field}" in plan


def test_what_a_field_holds_is_found_in_any_case_and_without_its_marks():
    def keys(name, value):
        rows = Revision.objects.published().saying(name, [value])
        return sorted(rows.values_list("document__key", flat=True))

    assert keys("statement", "the treatment MIGHT *help* nails.") == ["t/other"]
    assert keys("doi", "10.1000/ab") == ["clinic-b"]
    assert keys("twin", "t/new") == ["t/third"]
    assert keys("kind", "clinic") == ["clinic-a", "clinic-b"]
