"""Parts without a label say nothing of a treatment that needs one, sentence by sentence."""

import pytest

from explainer.evidence.dialect import PartKind
from explainer.evidence.lint.contracts import About, Surroundings, check_part
from explainer.evidence.lint.run import lint_text
from tests.evidence.invented import CONTEXT
from tests.evidence.learn import sentences

NAMES = ("mesotherapy", "MSC therapy", "stem cell therapy")
PARTS = {
    "background": PartKind.BACKGROUND,
    "reported": PartKind.REPORTED,
    "guidance": PartKind.GUIDANCE,
}


def problems(part, text, *, about=About.TREATMENT, sells=True):
    around = Surroundings(NAMES, about, sells)
    return [*check_part(PARTS[part], [(5, text, False)], around)]


def measured(name):
    """The share of hidden claims that are found, and of fine sentences that are refused."""
    found = {"claim": [], "fine": []}
    for row in sentences(name):
        text = f"{row['before']} {row['sentence']}".strip()
        found[row["verdict"]].append(bool(problems(row["part"], text)))
    return [sum(told) / len(told) for told in found.values()]


@pytest.mark.parametrize("name", ["tuned.tsv", "unseen.tsv"])
def test_of_claims_in_disguise_nine_in_ten_are_found_and_few_fine_sentences_refused(name):
    recall, false_alarms = measured(name)

    assert recall >= 0.9
    assert false_alarms <= 0.08


@pytest.mark.parametrize(
    ("part", "text", "found"),
    [
        ("background", "Mesotherapy makes hair thicker in most patients.", "joins 'mesotherapy'"),
        ("background", "Serious infection is very rare.", "how often or how badly it harms"),
        ("background", "Your hair will grow back.", "what the reader's own body will do"),
        ("background", "The treatment makes hair grow thicker in most men.", "the effect"),
        ("background", "The injections are effective.", "joins 'injections' with the effect"),
        ("background", "MSC\u2011therapy re\u00adgrows hair.", "the effect"),
        ("background", "It improves the scalp.", "joins 'it' with the effect 'improves'"),
        ("background", "A needle goes in. It gives hair new life.", "joins 'it'"),
        ("background", "Mesotherapy has changed the scalp.", "more than what it is"),
        ("background", "Why choose the thicker hair you deserve?", "takes an effect as given"),
        ("reported", "The clinic says that hair grows back.", "the effect 'grows back'"),
        ("reported", "One clinic names pain and swelling.", "the harm 'pain'"),
        ("reported", "The scalp is cleaned and numbed before each round.", "nobody who says"),
        ("background", "Mesotherapy regrows hair without the cost of surgery.", "the effect"),
        ("background", "It regrows hair, whether you are young or old.", "the effect"),
        ("guidance", "Note that mesotherapy regrows hair.", "the effect"),
        ("guidance", "Enjoy fuller hair.", "the invitation 'enjoy'"),
        ("guidance", "Choose mesotherapy.", "the advice 'choose mesotherapy'"),
        ("guidance", "Wash gently, because it makes hair thick again.", "the effect"),
        ("guidance", "Do not worry, infection is rare.", "the invitation 'do not worry'"),
        ("guidance", "Doing nothing is a choice.", "no instruction but"),
        ("guidance", "Ask with a " * 60 + "friend.", "too many words for one sentence"),
    ],
)
def test_a_claim_in_an_unlabelled_part_is_an_error_that_says_what_was_found(part, text, found):
    problem = problems(part, text)[-1]

    assert found in problem.message
    assert (problem.line, problem.is_error) == (5, True)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("background", "Hair grows in a cycle. It rests for 3 months and then falls."),
        ("background", "Mesotherapy means many small injections into the skin."),
        ("background", "An abscess is a pocket of pus."),
        ("background", 'The word "natural" has no fixed meaning.'),
        ("background", "A small trial can miss a harm that is rare."),
        ("reported", "Both clinics plan 4 to 8 visits."),
        ("reported", "It asks people about allergies first."),
        ("guidance", "Ask whether mesotherapy helps your kind of hair loss."),
        ("guidance", "If your face swells, call for help at once."),
        ("guidance", "Was it tested in people like you?"),
    ],
)
def test_a_sentence_that_keeps_its_part_s_contract_passes(part, text):
    assert not problems(part, text)


def test_what_a_source_that_sells_nothing_reports_may_name_a_harm():
    text = "The trial says that 3 people had pain."

    assert problems("reported", text)
    assert not problems("reported", text, sells=False)
    assert problems("reported", "The trial says that hair grows back.", sells=False)


def test_on_a_page_about_the_site_it_means_no_treatment():
    text = "It opens with a tap."

    assert problems("background", text)
    assert not problems("background", text, about=About.SITE)
    assert problems("background", "Mesotherapy regrows hair.", about=About.SITE)


def test_an_item_goes_on_with_the_sentence_that_leads_its_list():
    text = "::: guidance\nSee a doctor if:\n\n- hair falls out in patches\n- the spot is red.\n:::"

    assert not lint_text(text, CONTEXT).problems


@pytest.mark.parametrize("title", ["Mesotherapy makes hair thicker", "Infection is very rare"])
def test_a_heading_is_held_to_the_same_words(title):
    (problem,) = lint_text(f"## {title}", CONTEXT).problems

    assert problem.code == "effect-assumed"


def test_inline_background_keeps_the_same_contract():
    (problem,) = lint_text("[Red light regrows hair.](background:)", CONTEXT).problems

    assert problem.code == "background-contract"


FAULTS = {
    "signs hidden by entities": (
        "::: background\nA word&#x61c; here.&#xE0049;&#xE0074; A&#x34f;B\n:::",
        "Invisible character U+061C",
    ),
    "a ligature in a heading": ("## The bene\ufb01ts of this", "takes an effect as given"),
    "signs in a refused word": (
        "::: background\nIt is \uff47uaranteed.\n:::",
        "is refused in our own voice",
    ),
    "an underlined paragraph": ("Our team of doctors\n---", "underlines this paragraph"),
    "a number in a name": ("What is B12?", ""),
    "a number that begins a name": ("What is 5-alpha reductase?", ""),
    "a p value": ("What does p < 0.05 mean?", ""),
    "a number of people": ("What happened to the 49 men in the trial?", ""),
    "a figure of an effect": ("Why do 9 of 10 men gain?", "takes an effect as given"),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_that_was_seen_is_told(text, message):
    told = " ".join(problem.message for problem in lint_text(text, CONTEXT).problems)

    assert message in told if message else not told
