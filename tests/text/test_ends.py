"""Where a sentence ends: tables of what is cut and what stays whole."""

import pytest

from explainer.evidence.levels import Level
from explainer.evidence.lint.run import lint_claim
from explainer.text.ends import strict_ends
from explainer.text.readability import sentences
from tests.evidence.invented import CONTEXT, claim

HURT = "Nobody was hurt"

CUT_BEFORE_A_QUESTION = [
    (f"{HURT}\nWhat next?", HURT),
    (f"{HURT}\nEach man kept his hair\nWhat next?", "Each man kept his hair"),
    (f"{HURT} \u2013 what next?", f"{HURT} \u2013"),
    (f"{HURT} - what next?", f"{HURT} -"),
    (f"{HURT} -- what next?", f"{HURT} --"),
    (f"{HURT}\u2014what next?", f"{HURT}\u2014"),
    (f"{HURT} \u2022 What next?", f"{HURT} \u2022"),
    (f"{HURT} \u00b7 What next?", f"{HURT} \u00b7"),
    (f"{HURT} | What next?", f"{HURT} |"),
    (f"{HURT} \u2192 what next?", f"{HURT} \u2192"),
    (f"{HURT}.what next?", f"{HURT}."),
    (f"{HURT}!what next?", f"{HURT}!"),
    (f"{HURT}.\u201cWhat next?\u201d", f"{HURT}."),
    (f"{HURT}.\u2018What next?\u2019", f"{HURT}."),
    (f'{HURT}."What next?"', f'{HURT}."'),
    (f"{HURT}.(What next?)", f"{HURT}."),
    (f"{HURT}\uff01What next?", f"{HURT}\uff01"),
    (f"{HURT}.5 men asked: what next?", "5 men asked:"),
    (f"{HURT}. what next?", f"{HURT}."),
    ("It is given i.v. Does it work?", "v."),
    ("They add vitamin C. Does it work?", "They add vitamin C."),
    ("It is sold by Acme Inc. Does it work?", "It is sold by Acme Inc."),
    ("Smith et al. found it. Why?", "found it."),
    ("Is it vitamin C. Does it work?", "Is it vitamin C."),
    ("Is it hepatitis B. Hair grows?", "Is it hepatitis B."),
    ("Does it hurt? No. 5 men in 5 said so. Why?", "5 men in 5 said so."),
    ("Do not worry\nnobody was hurt, right?", "Do not worry"),
    ("Is it safe. is it so?", "Is it safe."),
    ("Is it safe\nEach man kept his hair, so what next?", "Is it safe"),
]

ONE_QUESTION = [
    "Will Dr. Pistor treat me?",
    "Is it given i.v. or by mouth?",
    "Is it PRP vs. placebo?",
    "Is needle No. 5 sharp?",
    "What does Prof. Smith say?",
    "How do I read p.m. times?",
    "Is 2.5 mg enough?",
    "Is it at 10:30?",
    "Is J. B. Smith right?",
    "Is E. coli a risk?",
    "Can I use e.g. biotin?",
    "Was it as Smith et al. found?",
    "Is Acme Inc. a seller?",
    "Is example.org right?",
    "Is iRestore a cap?",
    "Does it\nwork?",
    "Is it \u2013 as they say \u2013 safe?",
    "And is it safe?",
    "\u2022 What next?",
]

TWO_SENTENCES = [
    "Clinics say mesotherapy regrows hair with vitamin C. No trial has shown it.",
    "Clinics say it regrows hair with vitamin C. Trials differ.",
    "Clinics say it helps in hair loss of type I. No trial has shown it.",
    "Clinics say it is free of hepatitis B. A test may tell.",
    "It is sold by Kerastem Inc. Nobody has tested it.",
    "It is sold by Kerastem Ltd. The trial is small.",
    "It is sold by Hims & Co. Some buy it.",
    "It is given by an M.D. Ask for the name.",
    "It is given i.v. It hurts.",
    "It was found by Smith et al. No other trial has.",
    "The dose is 5 mg. No trial has shown it.",
    "They call it plan B. Nobody tested it.",
    "It is tested. minoxidil is not.",
    "It is sold. iRestore is a cap.",
    "It is tested.No trial has shown it.",
    "It is tested.no trial has shown it.",
    "It is tested.\u201cNo trial\u201d has shown it.",
    "Is it so? nobody knows.",
]

ONE_SENTENCE = [
    "Dr. Pistor began it in 1952.",
    "It was Dr. M. Pistor who began it.",
    "It was M. Pistor who began it.",
    "J. A. Smith found it.",
    "E. coli is a germ that was found.",
    "It was used with S. aureus in the skin.",
    "Needle No. 5 is sharp.",
    "Use e.g. biotin for it.",
    "It is given i.v. by a nurse.",
    "PRP vs. placebo was tested.",
    "Smith et al. found it in 2020.",
    "Smith et al. (2020) found it.",
    "It goes 2.5 mg deep.",
    "It costs approx. 5 pounds.",
    "St. Gallen is a city.",
    "Acme Inc. says it works.",
    "Acme Inc. Korea sells it.",
    "Hims.com sells it.",
    "See www.nhs.uk for it.",
    "iRestore is a cap that is sold.",
    "The U.S. Food and Drug Administration said so.",
    "It was seen in Jan. 2020.",
    "Ask about vitamin B12, C and E.",
]


def pieces(text: str) -> list[tuple[str, bool]]:
    found, start = [], 0
    for end, is_asked in strict_ends(text):
        found.append((text[start:end].strip(), is_asked))
        start = end
    return found


@pytest.mark.parametrize(("text", "before"), CUT_BEFORE_A_QUESTION)
def test_a_question_swallows_no_sentence_before_it(text: str, before: str) -> None:
    *_, (said, said_asks), (_, asks) = pieces(text)

    assert (said, said_asks, asks) == (before, False, True)


@pytest.mark.parametrize("text", ONE_QUESTION)
def test_a_stop_within_a_name_a_number_or_a_question_ends_nothing(text: str) -> None:
    assert pieces(text) == [(text, True)]


@pytest.mark.parametrize("text", TWO_SENTENCES)
def test_two_sentences_are_two(text: str) -> None:
    assert len(sentences(text)) == 2


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_an_abbreviation_a_number_or_a_name_makes_no_second_sentence(text: str) -> None:
    assert len(sentences(text)) == 1


@pytest.mark.parametrize("field", ["statement", "wordings"])
def test_a_statement_of_two_sentences_is_told_where_one_ends(field: str) -> None:
    text = "Clinics say it regrows hair with vitamin C. No trial has shown it."
    given = {"statement": text} if field == "statement" else {"wordings": (text,)}

    told = lint_claim(claim("boast", Level.UNSUPPORTED, **given), "Because.", CONTEXT)

    said = [problem.message for problem in told if "one-sentence" in problem.code]
    assert ["one ends after 'vitamin C.'" in message for message in said] == [True]
