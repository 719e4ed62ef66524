"""Where a sentence ends: tables of what is cut and what stays whole."""

import pytest

from explainer.evidence.ends import strict_ends

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
