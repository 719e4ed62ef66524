"""Words say no more than the evidence carries: tables of what passes and what does not."""

import pytest

from explainer.evidence.levels import Bearing, Level
from explainer.evidence.lint.headings import check_heading
from explainer.evidence.lint.sentences import refused_words
from explainer.evidence.lint.statements import STATEMENT_LIMIT, check_statement
from tests.growth import grows_evenly

HONEST_PROMISES = {
    Level.PLAUSIBLE: [
        "Injected dutasteride might slow hair loss in some men.",
        "Mesotherapy could help some people.",
        "Finasteride may help for a time, but it is not proven.",
        "In theory a needle brings a drug closer to the hair root.",
        "Early results suggest that minoxidil shots help some women.",
        "Minoxidil seems to slow hair loss.",
        "Fat grafts appear to help some men.",
        "Dutasteride might slow hair loss but will not bring back bald skin.",
        "Dutasteride might help, though it does not help everyone.",
        "Stem cells could act on the hair root, but how this works is not known.",
        "Nobody knows whether it works for women, but it may for men.",
        "Perhaps dutasteride slows hair loss.",
        "It is possible that minoxidil helps some men.",
        "Early trials hint that it helps some men.",
        "MSC therapy might slow hair loss and thicken hair.",
        "Minoxidil might bring some gain, though about 40 out of 100 see none.",
    ],
    Level.UNDER_INVESTIGATION: [
        "Whether mesotherapy helps after childbirth is not known.",
        "How long the effect of stem cells will last is not clear.",
        "Stem cells for hair loss are still being studied.",
        "Fat cells are being tested in men.",
        "Clinics differ on how many visits mesotherapy takes.",
        "Whether ice helps is still being studied: pain had a mark of 4.1 of 10 with it.",
        "Studies of exosomes differ on how much hair was gained.",
        "One small controlled trial found more hair after minoxidil shots.",
        "Early studies of exosomes counted more hair, in few people.",
        "Clinics say mesotherapy helps, and small trials differ.",
        "It is not yet known which mix works.",
        "It will not be known before 2027 if exosomes help, as they are being tested.",
        "No trial has shown that PRP works for women, and small studies differ.",
        "Copper peptide has not been tested in the scalp.",
        "Trials of PRP give mixed answers.",
        "The evidence is mixed.",
        "The question of dose remains open.",
        "Trials are still testing exosomes.",
        "Experts do not know who gains.",
        "Trials do not agree on the dose.",
        "A trial of exosomes is under way.",
    ],
    Level.UNSUPPORTED: [
        "Clinics say that vitamin mixes make hair denser, but no study has shown it.",
        "Some clinics promise fast growth; nobody has tested it.",
        "One clinic says mesotherapy works, but no good study shows that it works.",
        "A clinic lists dandruff as a use, but no trial of it was found.",
        "Sellers say biotin will thicken hair, but studies found otherwise.",
        "Adverts promise lasting hair, but that goes further than any study.",
        "Clinics in Spain, Italy and Turkey say it regrows hair, but no trial has shown it.",
        "Clinics (and some doctors) say it regrows hair, but no trial has shown it.",
        "One clinic\u2019s page says it regrows hair, but no trial has shown it.",
        "One clinic in St. Gallen says it regrows hair, but no trial has shown it.",
        "One clinic that sells both says the two help each other, but nothing we read shows it.",
        "According to one clinic MSC therapy ensures growth, but this has not been tested.",
        "Clinics say there are no side effects, but infections have been reported.",
        "Sellers claim that exosomes work for all, yet the trials do not show it.",
        "The 90 out of 100 promised by one clinic goes further than any trial.",
        "One clinic's promise of growth in 3 weeks is untested.",
        "Clinics say it makes hair denser, without any trial behind it.",
        "It is sold as free of risk, yet infections were reported.",
        "One clinic says a drip helps, but no study has counted its harms.",
    ],
}

TOO_SURE = [
    (Level.PLAUSIBLE, "Mesotherapy slows hair loss.", "does not say that this is plausible"),
    (Level.PLAUSIBLE, "Mesotherapy was sold in May 2025.", "does not say that this is plausible"),
    (Level.PLAUSIBLE, "Dutasteride may help and will last.", "'will' is too sure"),
    (Level.PLAUSIBLE, "Dutasteride may help, and it does so fast.", "'does' is too sure"),
    (Level.PLAUSIBLE, "Dutasteride could ensure growth.", "'ensure' is too sure"),
    (Level.PLAUSIBLE, "Dutasteride may be dear, but it works.", "'works' is too sure"),
    (Level.PLAUSIBLE, "A clinic guarantees what it may do.", "'guarantees' is too sure"),
    (Level.PLAUSIBLE, "Minoxidil shots will not hurt, as some may fear.", "'will not' is too sure"),
    (Level.PLAUSIBLE, "It might sting and won't leave marks.", "'won't' is too sure"),
    (Level.PLAUSIBLE, "Mesotherapy doesn’t hurt and may suit you.", "'doesn't' is too sure"),
    (
        Level.PLAUSIBLE,
        "It regrows hair in most men, though a few may need a second session.",
        "'reg",
    ),
    (
        Level.PLAUSIBLE,
        "The treatment stops hair loss for good, and you may go home the same day.",
        "'stops hair' stands in a clause",
    ),
    (Level.PLAUSIBLE, "Patients may rest assured that their hair grows back.", "does not say"),
    (Level.PLAUSIBLE, "It is known to thicken hair, and it might also calm the scalp.", "'thicken"),
    (Level.PLAUSIBLE, "You may expect thick, healthy hair after three sessions.", "does not say"),
    (
        Level.PLAUSIBLE,
        "The treatment might sting; it regrows hair in 9 of 10 men.",
        "'regrows hair'",
    ),
    (Level.PLAUSIBLE, "It might sting and it thickens hair.", "'thickens hair'"),
    (Level.PLAUSIBLE, "It might sting, hair regrows in all men and stays.", "'regrows'"),
    (Level.PLAUSIBLE, "It might sting at first, then it thickens.", "'thickens'"),
    (Level.PLAUSIBLE, "Hair has regrown in all men, and it might last.", "'regrown'"),
    (Level.PLAUSIBLE, "Hair comes back, hints one user.", "does not say"),
    (
        Level.UNDER_INVESTIGATION,
        "It restores hair in most men; only the best dose is not known yet.",
        "'restores hair' stands in a clause",
    ),
    (Level.UNDER_INVESTIGATION, "Small trials confirm that hair grows back in women.", "not say"),
    (
        Level.UNDER_INVESTIGATION,
        "How long the new hair stays is unclear, but it comes back in 8 of 10 men.",
        "'comes back' stands in a clause",
    ),
    (Level.UNDER_INVESTIGATION, "Stem cells might help.", "under investigation. Use is being"),
    (Level.UNDER_INVESTIGATION, "Small trials show that it works.", "'works' is too sure"),
    (Level.UNDER_INVESTIGATION, "PRP helps and is being studied.", "'helps' is too sure"),
    (Level.UNDER_INVESTIGATION, "In small trials PRP is effective.", "'is effective' is too sure"),
    (Level.UNDER_INVESTIGATION, "PRP is being studied and will last.", "'will' is too sure"),
    (Level.UNDER_INVESTIGATION, "It is not yet cheap, but it works.", "'works' is too sure"),
    (Level.UNSUPPORTED, "There is no evidence that it works.", "double negative"),
    (Level.UNSUPPORTED, "There's no good evidence for biotin.", "double negative"),
    (Level.UNSUPPORTED, "Biotin thickens hair.", "does not say whose promise"),
    (Level.UNSUPPORTED, "Biotin is said to work, but no trial shows it.", "whose promise"),
    (Level.UNSUPPORTED, "Clinics say that biotin thickens hair.", "does not deny the promise"),
    (Level.UNSUPPORTED, "No study shows it, but clinics say it works.", "does not deny"),
    (Level.UNSUPPORTED, "Clinics say it is quick, but no harm was seen.", "does not deny"),
    (Level.UNSUPPORTED, "Clinics say it works, and no trial has shown otherwise.", "not deny"),
    (Level.UNSUPPORTED, "Clinics say it works, and no study has found any harm.", "not deny"),
    (Level.UNSUPPORTED, "Clinics say it works, so no other research is needed.", "not deny"),
    (Level.UNSUPPORTED, "Clinics say it works, and no study has failed.", "not deny"),
    (Level.UNSUPPORTED, "Clinics say it works, and there is no doubt in the data.", "not deny"),
    (Level.UNSUPPORTED, "Clinics say its results go beyond those of drugs.", "not deny"),
    (Level.UNSUPPORTED, "Clinics say it works, and nobody has had a side effect.", "not deny"),
    (
        Level.UNSUPPORTED,
        "It regrows hair, but clinics say more, and no study shows it.",
        "'regrows hair' stands in a clause",
    ),
    (Level.UNSUPPORTED, "Biotin works, as clinics say, but no study shows it.", "'works'"),
    (Level.UNSUPPORTED, "Clinics say it lasts, but no study shows it, and it works.", "'works'"),
]

HONEST_WARNINGS = [
    "Infections have been reported after mesotherapy.",
    "No stem cell product is approved for hair loss in the US in 2025.",
    "Mesotherapy may not suit you if you take blood thinners.",
    "Mesotherapy is not harmless.",
    "No trial shows that mesotherapy is harmless.",
    "Clinics say there is no risk, but infections have been reported.",
    "People who have no risk factors can still bleed.",
    "Hair loss will go on if you stop.",
    "It does not harm the hair, but it can scar the skin.",
    "Some food supplements can make hair loss worse.",
    "Clinics say it regrows hair, but no trial has tested it.",
]

CERTAIN_COMFORT = [
    ("There is no risk of infection.", "there is no risk"),
    ("Mesotherapy has no known side effects.", "has no known side effects"),
    ("The needles are harmless.", "harmless"),
    ("Mesotherapy cannot hurt you.", "cannot hurt"),
    ("MSC therapy is risk-free.", "risk-free"),
    ("There is nothing to worry about.", "nothing to worry"),
    ("The mix is completely safe.", "completely safe"),
    ("Clinics say there is no risk.", "there is no risk"),
    ("The risk is negligible.", "risk is negligible"),
    ("Well tolerated.", "well tolerated"),
    ("A scar has never been seen.", "has never been seen"),
    ("Infection is impossible.", "is impossible"),
    ("It carries almost no risk.", "almost no risk"),
]

FAIR_WORDS = [
    "It is not proven.", "Nothing is proven.", "It’s not proven.", "Unproven.", "Is it proven?",
    "It is yet to be proven.", "No trial has proven it.", "None of the mixes is proven.",
    "There is no cure.", "No known cure.", "It does not cure hair loss.", "Is there a cure?",
    "Does it cure baldness?", "It cannot be guaranteed.", "No result is guaranteed.",
    "Nobody has shown that it is safe.", "No study has shown that it is safe or natural.",
    "How safe is it?", "Is it safe?", "Ask whether it is safe.", "Ask if it is safe.",
    "We do not know how safe it is.", "It is not safe.", "An unsafe mix.", "Safety first.",
    "It is safe for most adults.", "It is safe enough for adults.", "It is safer than surgery.",
    "Naturally shed hair.", "Secure and manicured.", "It is far from painless.",
    'Clinics call it "natural".', "Clinics call it “natural and safe”.",
    'Say "guaranteed" and\n"safe".', "The natural cycle of hair.", "Its natural course.",
    "Keep it in a safe place.", "A cure is not known.", "It is not harmless.", "Is it harmless?",
    'Clinics call it "risk-free".',
]  # fmt: skip

MARKETING = [
    "A *proven* mix.", "Clinically-*proven*.", "It *cures* baldness.", "A *cure*.", "*PROVEN*",
    "*Guaranteed* growth.", "A *breakthrough*.", "A *revolutionary* idea.", "*Cutting-edge* care.",
    "A *cutting edge* clinic.", "A *miracle* mix.", "*Painless* pricks.", "A *natural* mix.",
    "An all-*natural* mix.", "A *non-invasive* visit.", "A *noninvasive* visit.",
    "A *non\u2011invasive* visit.", "*Promising* results.", "*Innovative* care.",
    "*Holistic* care.", "It *rejuvenates* the scalp.", "It is *safe*.",
    "It is *safe* for everyone.",
    "It is *safe* in general.", "The *safest* way.", "A *safer* way.", "It can be done *safely*.",
    "No doubt it is *proven*.", "It is not only *safe* but cheap.", "Why is it *safe*?",
    "It is not tested, but it is *safe*.", "Is it a *miracle*?", "Nothing but *natural* oils.",
    "A *risk-free* visit.", "The *gold standard*.", "A *game changer*.", "*World-class* care.",
    "*Zero downtime*.", "*Pain-free* shots.", "A *minimally invasive* visit.", "It is *harmless*.",
    "*We guarantee* growth.", "A *game-changing* mix.", "It is *harmless*; a cure is not known.",
    '"Natural" or not, it is *natural*.', 'They said "so.\n\nIt is *natural*" there.',
]  # fmt: skip

ASSUMES_NOTHING = [
    "Does it work?", "Does hair grow back?", "Do any results last?", "Is it safe?", "What happens",
    "What happens at a visit?", "Safety and harms", "What is not known", "Vitamins and minerals",
    "Who was left out of the trials", "How is it said to work?", "How it is said to work",
    "How safe is it?", "What did trials find?", "What clinics promise", "Who it might suit",
    "Could it help after childbirth?", "How hair grows", "Why hair falls out", "Doing nothing",
    "How long does a visit last?", "How long do side effects last?", "What are the side effects?",
    "When to get help", "How can I get help?", "How a label is decided", "How this site works",
    "How do the labels work?", "What results did trials find?", "The benefits that clinics claim",
    "No study has shown regrowth", "Can it stop hair loss?", "How to lower the risk of infection",
    "Evidence for thicker hair", "What would change a label", "Test results to take with you",
    "Will I need top-ups?", "What regenerative medicine means", "What might help instead?",
    "How many sessions do clinics plan?", "What do clinics say about new hair?", "Law and approval",
    "How strong is the evidence?", "How soon might hair change, if at all?", "No hair loss yet",
    "Scarring hair loss: does it come back?", "What the 2025 review found", "What do trials find?",
    "When might a change show, and does it last?", "Do 9 of 10 men keep their hair?",
    "The first 24 hours",
]  # fmt: skip

ASSUMES = [
    "How soon does hair grow back?", "Why mesotherapy works", "How MSCs regrow hair",
    "Benefits of mesotherapy", "What are the benefits?", "How long do results last?", "Results",
    "How mesotherapy boosts growth", "When will I see results?", "How does it work?",
    "How well does it work?", "How effective is it?", "Why choose mesotherapy?", "Success rates",
    "Thicker hair in 4 weeks", "How MSCs repair hair roots", "Who benefits most?",
    "How it stops hair loss", "How long does the effect last?", "How long does it last?",
    "What results can I expect?", "Why does mesotherapy help?", "The advantages over tablets",
    "Regrowth after three visits", "How quickly will I notice a difference?", "Who does it help?",
    "How minoxidil stimulates the root", "What improvement is typical?", "Restoring the scalp",
    "Why is it better than tablets?", "Stronger growth from the root", "How it reduces shedding",
    "How many sessions until new hair shows?", "Trials show that mesotherapy works",
    "How stem cells activate sleeping roots", "Effective against pattern hair loss",
    "Not only thicker hair: a healthier scalp", "Ready for fuller hair?", "Why it is safe",
    "How it calms inflammation of the scalp", "When does it start to work?",
    "Why hair grows faster after injections", "How soon will my hair come back?",
    "When will I see my new hairline?", "Why it lasts", "No downtime", "Few risks, quick recovery",
    "9 of 10 men keep their hair", "Any man can regrow his hair", "No risk, no pain - why wait?",
    "If you want thicker hair, this works", "What you may expect: thicker hair in three months",
    "Doctors recommend it because it works", "What 12 clinics promise",
    "Did you know that it regrows hair in 9 out of 10 men?", "Nine out of ten men in one trial",
    "Bald spots fill in by month three, right?", "Do you want thicker hair?",
    "Is it true that it regrows hair?", "How fast will hair return?", "A full head of hair",
    "Gains in the first 24 weeks",
]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "text"), [(level, text) for level, texts in HONEST_PROMISES.items() for text in texts]
)
def test_a_promise_worded_as_its_label_passes(level, text):
    assert check_statement(text, level=level, bearing=Bearing.PROMISE) == ()


@pytest.mark.parametrize(("level", "text", "message"), TOO_SURE)
def test_a_promise_worded_beyond_its_label_is_an_error(level, text, message):
    problems = check_statement(text, level=level, bearing=Bearing.PROMISE, line=7)

    assert message in " ".join(problem.message for problem in problems)
    assert all(problem.is_error and problem.line == 7 for problem in problems)
    assert all("as in: " in problem.message for problem in problems)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("text", HONEST_WARNINGS)
def test_a_warning_needs_no_hedge(level, text):
    assert check_statement(text, level=level, bearing=Bearing.WARNING) == ()


@pytest.mark.parametrize(("text", "comfort"), CERTAIN_COMFORT)
def test_a_warning_is_never_worded_as_certain_comfort(text, comfort):
    (problem,) = check_statement(text, level=Level.PLAUSIBLE, bearing=Bearing.WARNING, line=3)

    assert problem.message.startswith(f"'{comfort}' comforts with certainty")
    assert (problem.line, problem.is_error) == (3, True)


def test_a_warning_promises_no_effect():
    text = "Red light regrows hair in 9 of 10 men."

    (problem,) = check_statement(text, level=Level.PLAUSIBLE, bearing=Bearing.WARNING, line=3)

    assert problem.message.startswith("'regrows hair' promises an effect, and this is a warning.")
    assert (problem.line, problem.is_error) == (3, True)


@pytest.mark.parametrize("bearing", Bearing)
def test_a_text_too_long_for_one_sentence_is_refused_unread(bearing):
    endless = "clinics say but " * STATEMENT_LIMIT

    (problem,) = check_statement(endless, level=Level.UNSUPPORTED, bearing=bearing)

    assert "Write one sentence of at most 25 words." in problem.message


@pytest.mark.parametrize("text", FAIR_WORDS)
def test_a_word_denied_asked_or_quoted_passes(text):
    assert refused_words(text) == ()


@pytest.mark.parametrize("marked", MARKETING)
def test_a_marketing_word_in_our_own_voice_is_an_error(marked):
    word = marked.split("*")[1]

    (problem,) = refused_words(marked.replace("*", ""), line=4)

    assert problem.message.startswith(f"'{word}' is refused in our own voice.")
    assert "in double quotation marks" in problem.message
    assert (problem.line, problem.is_error) == (4, True)


@pytest.mark.parametrize("text", ["A cutting\nedge clinic.", "A cut\u200bting\u00ad edge clinic."])
def test_a_refused_word_is_seen_through_line_ends_and_invisible_signs(text):
    (problem,) = refused_words(text)

    assert "is refused in our own voice." in problem.message


def test_a_refused_word_after_invisible_signs_is_named_whole():
    (problem,) = refused_words("\u200b\u200bA miracle.")

    assert problem.params == {"word": "miracle"}


@pytest.mark.parametrize("sign", ["\u201c", '"', "\u201ca ", '\u201c"', "\n"])
def test_quotations_are_found_in_linear_time(sign):
    def problems(length: int) -> int:
        return len(refused_words("A miracle. " + sign * (length // len(sign)) + "\n\nA miracle."))

    assert problems(100_000) == 2
    assert grows_evenly(problems, 25_000)


def test_a_long_heading_is_read_to_its_end():
    assert check_heading("What clinics do " * 20 + "and why hair regrows")


@pytest.mark.parametrize("text", ASSUMES_NOTHING)
def test_a_heading_that_assumes_nothing_passes(text):
    assert check_heading(text) == ()


@pytest.mark.parametrize("text", ASSUMES)
def test_a_heading_that_takes_an_effect_as_given_is_an_error(text):
    (problem,) = check_heading(text, line=9)

    assert problem.message.startswith(f"The heading '{text}' takes an effect as given")
    assert "as in: Does it work?" in problem.message
    assert (problem.line, problem.is_error) == (9, True)


def test_a_question_is_called_a_question():
    (problem,) = check_heading("How long do results last?", line=2, what="question")

    assert problem.message.startswith("The question 'How long do results last?'")
