"""Which claims are proposed for a sentence, and that what is like it is not taken for the same."""

import pytest

from explainer.search import index
from explainer.search.proposals.nearest import IS_DRAFT, WARNS, Drafts, nearest
from explainer.search.proposals.proposal import propose
from explainer.search.proposals.sentences import untagged
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db
STATEMENT = "It may wake sleeping roots."


@pytest.fixture(autouse=True)
def site(db):
    shop.build()
    shop.claim("roots", name="Sleeping roots", statement=STATEMENT,
               heard=["kick-starts lazy follicles"])  # fmt: skip
    shop.claim("harm", name="Sore skin", statement="It can leave the skin sore for days.",
               bearing="warning", heard=["sore skin for days"])  # fmt: skip


def near(words, treatment="t"):
    asked = index.shelf.current()
    return nearest(words, treatment, asked, Drafts.now(asked))


def best(words):
    asked = index.shelf.current()
    (sentence,) = untagged(words)
    return propose(words, sentence, "t/safety", "t", asked, Drafts.now(asked))


def test_the_words_by_which_a_claim_is_found_are_told():
    (found,) = near("It kick-starts your lazy follicles.")

    assert (found.key, found.is_same) == ("t/roots", False)
    assert "lazy follicles" in found.quote
    assert 0 < found.similarity < 100


@pytest.mark.parametrize("words", [STATEMENT, STATEMENT.rstrip("."), f" {STATEMENT.upper()} "])
def test_equal_words_are_the_same(words):
    assert (near(words)[0].is_same, near(words)[0].similarity) == (True, 100)


@pytest.mark.parametrize(
    "words",
    ["It will wake sleeping roots.", "It may wake 90 sleeping roots.",
     "It never wakes sleeping roots.", "It may wake sleeping roots in your knee."],
)  # fmt: skip
def test_what_says_more_or_something_else_is_not_the_same(words):
    assert not any(one.is_same for one in near(words))


@pytest.mark.parametrize(
    "words", ["It will wake sleeping roots.", "It may wake 90 sleeping roots."]
)
def test_what_the_rules_of_wordings_refuse_cannot_be_one_and_the_reason_is_told(words):
    assert near(words)[0].unfit


def test_a_claim_that_warns_is_told_and_never_stands_in_front():
    words = "There is hardly ever sore skin for days."

    made = best("Your skin may be sore for days.")

    assert WARNS in made.choices[0].near.notes
    assert made.best == ""
    assert all(WARNS in one.notes for one in near(words) if one.key == "t/harm")


def test_a_draft_is_proposed_and_told_to_be_one(db):
    shelf.claim_draft("new", name="Brighter shine", statement="It may make hair shine.",
                      heard=["brilliant mirror shine"])  # fmt: skip

    (found,) = near("You get a brilliant mirror shine.")

    assert (found.key, found.state) == ("t/new", "draft")
    assert IS_DRAFT in found.notes


def test_where_the_check_of_a_text_is_silent_nothing_is_proposed():
    assert near("Thank you for choosing our clinic.") == []
    assert near("1-2 days") == []


def test_an_instruction_stands_in_front_as_advice_and_background_never_does():
    assert best("Ask a doctor first.").best == "guidance"
    assert best("Hair grows in a cycle.").best == ""


def offered(text, words, article=""):
    asked = index.shelf.current()
    (sentence,) = (one for one in untagged(text) if one.words == words)
    made = propose(text, sentence, article, "t", asked, Drafts.now(asked))
    return {one.name for one in made.actions if one.edit}


def test_background_of_a_page_about_a_treatment_is_held_to_the_rules_of_a_treatment_s_page():
    praise = "Our own figures show that 85% of patients are satisfied."

    assert offered(praise, praise) == {"out"}


def test_a_paragraph_with_advice_in_it_is_not_offered_as_background():
    text = "Hair grows in a cycle. Do not dye it for 7 days."

    assert offered(text, "Hair grows in a cycle.") == {"background", "out"}
    assert "all-background" in offered(text.replace("Do not dye it", "It rests"), text[:22])


def test_an_instruction_that_cannot_stand_in_a_block_is_no_background_either():
    text = "| Harm | Advice |\n| --- | --- |\n| The skin is sore for days. | Sleep upright. |"

    assert offered(text, "Sleep upright.") == {"out"}


def test_a_claim_before_a_sentence_is_not_put_into_its_block():
    text = "[](claim:t/roots) Ask a doctor first."
    asked = index.shelf.current()
    (sentence,) = untagged(text)
    made = propose(text, sentence, "", "t", asked, Drafts.now(asked))

    after = "[](claim:t/roots)\n\n::: guidance\nAsk a doctor first.\n:::"
    assert made.action("guidance").edit.done(text) == after


def test_a_claim_that_is_far_from_a_sentence_stands_behind_what_else_it_may_be():
    far = best("You can kick-start a car with lazy friends, and its follicles of rust fall off.")

    assert [(one.near.key, one.fits) for one in far.choices] == [("t/roots", False)]
    assert (far.best, far.is_block_first) == ("", True)
    near_one = best("It kick-starts lazy follicles.")
    assert (near_one.choices[0].fits, near_one.is_block_first) == (True, False)


def test_where_an_instruction_is_in_front_no_claim_stands_before_it():
    made = best("Call a doctor if you have sore skin for days.")

    assert made.choices
    assert (made.best, made.is_block_first) == ("guidance", True)


@pytest.mark.parametrize(
    "words", ["Conclusion", "Sustained results generally require ongoing care."]
)
def test_what_only_might_be_an_instruction_is_offered_as_advice_and_not_in_front(words):
    made = best(words)

    assert made.action("guidance").edit
    assert made.best in ("", "heading")


def test_no_claim_fits_a_line_that_reads_like_a_heading():
    made = best("Kick-starts lazy follicles")

    assert [one.fits for one in made.choices] == [False]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("Sore skin for days", "no whole statement"),
     ("| a | b |\n| --- | --- |\n| Sore skin for days. | |", "cell of a table"),
     ("- sore skin for days", "no whole statement")],
)  # fmt: skip
def test_no_fragment_is_offered_as_a_wording_and_the_reason_is_told(text, reason):
    asked = index.shelf.current()
    sentence = untagged(text)[-1]
    made = propose(text, sentence, "", "t", asked, Drafts.now(asked))

    wording = made.action("wording t/harm")
    assert wording.edit is None
    assert reason in wording.refused
