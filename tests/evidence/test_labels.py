"""The faces of a verdict: word, whose promise, ground; and a sentence that stays with its claim."""

import re

import pytest

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.allowlist import CLASS
from explainer.evidence.claims import Claim, Position, Source, unmarked
from explainer.evidence.labels import BRACKETED, SCALE, WITHDRAWN_LABEL, Label, label_of
from explainer.evidence.levels import Bearing, Finding, Kind, Level, Reason, Seen, SourceKind
from explainer.text.problems import Refused
from tests.evidence.invented import claim

PLAUSIBLE, OPEN, UNSUPPORTED = Level
SAID = {"said": ("it regrows hair",)}
HARM = {"bearing": Bearing.WARNING, "kind": Kind.HARM}


def found(*findings: str, level: Level, kind: SourceKind = SourceKind.TRIAL) -> dict[str, object]:
    """Give positions of one level, one for each finding, of sources of one kind."""
    return {
        "positions": tuple(
            Position(Source(f"s{n}", "A", kind, Seen.FULL), level, "Says.", finding=Finding(name))
            for n, name in enumerate(findings)
        )
    }


def because(reason: str) -> dict[str, object]:
    return {**found("asserts", level=UNSUPPORTED), "reason": Reason(reason)}


FACES = [
    (UNSUPPORTED, {**SAID, **because("not-studied")}, "This promise: unsupported, not tested."),
    (UNSUPPORTED, because("not-studied"), "Unsupported, not tested."),
    (UNSUPPORTED, because("no-effect-found"), "Unsupported, studies found no effect."),
    (UNSUPPORTED, because("studies-disagree"), "Unsupported, studies disagree."),
    (UNSUPPORTED, because("contradicted"), "Unsupported, studies found otherwise."),
    (UNSUPPORTED, because("overstated"), "Unsupported, goes further than any study."),
    (PLAUSIBLE, found("asserts", level=PLAUSIBLE), "Plausible, in theory only."),
    (PLAUSIBLE, found("supports", level=PLAUSIBLE), "Plausible, from early trials."),
    (PLAUSIBLE, {**SAID, **found("supports", level=PLAUSIBLE)},
     "This promise: plausible, from early trials."),
    (OPEN, found("mixed", level=OPEN), "Still under investigation: early studies only."),
    (OPEN, found("mixed", level=OPEN, kind=SourceKind.REVIEW),
     "Still under investigation: studies differ."),
    (OPEN, found("mixed", "mixed", level=OPEN), "Still under investigation: studies differ."),
    (OPEN, found("supports", "no-effect", level=OPEN),
     "Still under investigation: studies differ."),
    (OPEN, found("supports", level=OPEN), "Still under investigation: early studies only."),
    (OPEN, found("plans", level=OPEN), "Still under investigation: trials are running."),
    (PLAUSIBLE, {**HARM, **found("reports", level=PLAUSIBLE)}, "Plausible risk, seen in people."),
    (PLAUSIBLE, {**HARM, **found("asserts", level=PLAUSIBLE)}, "Plausible risk, to be expected."),
    (OPEN, {**HARM, **found("mixed", level=OPEN)}, "Risk under investigation."),
    (UNSUPPORTED, {**HARM, **because("no-effect-found")}, "Unsupported risk."),
]  # fmt: skip


@pytest.mark.parametrize(("level", "fields", "line"), FACES)
def test_a_verdict_has_its_noun_and_its_ground(level, fields, line):
    made = claim("face", level, **fields)

    assert label_of(made, adjudicate(made)).line == line


def test_a_laboratory_or_a_borrowed_study_is_no_early_trial():
    laboratory = claim(
        "a", kind=Kind.MECHANISM,
        **found("supports", level=PLAUSIBLE, kind=SourceKind.LABORATORY),
    )  # fmt: skip

    assert label_of(laboratory, adjudicate(laboratory)).line == "Plausible, in theory only."


def test_a_harm_seen_with_another_product_is_not_seen_with_this_one():
    source = Source("s", "A", SourceKind.TRIAL, Seen.FULL)
    told = Position(source, PLAUSIBLE, "Says.", finding=Finding.REPORTS, product="drip")
    near = claim("a", product="shot", positions=(told,), **HARM)

    assert label_of(near, adjudicate(near)).line == "Plausible risk, to be expected."


def test_what_medical_bodies_say_is_neither_theory_nor_a_trial():
    said = found("asserts", level=PLAUSIBLE, kind=SourceKind.PROFESSIONAL_BODY)
    told = claim("a", kind=Kind.EFFECT, **said)

    assert label_of(told, adjudicate(told)).line == "Plausible, as medical bodies say."


def test_a_withdrawn_claim_is_labelled_as_that_alone():
    gone = claim("gone", withdrawn="The trial was retracted.", **SAID)

    assert label_of(gone, adjudicate(gone)).sentence == "(Withdrawn.)"
    assert "no longer" in WITHDRAWN_LABEL.explanation


@pytest.mark.parametrize(("level", "fields", "line"), FACES)
def test_in_plain_text_the_verdict_is_a_sentence_in_brackets_that_is_found_again(
    level, fields, line
):
    made = claim("face", level, **fields)
    sentence = label_of(made, adjudicate(made)).sentence

    assert sentence == f"({line})"
    assert re.fullmatch(BRACKETED, sentence)


def test_a_link_to_the_reasons_says_of_which_claim_it_is():
    label = Label(UNSUPPORTED, Bearing.PROMISE, quotes=True)

    assert label.asked("Biotin for stronger hair") == "Unsupported: why? Biotin for stronger hair"


def test_no_promise_shares_its_word_with_a_risk():
    words = [label.word for label in SCALE]

    assert words[:3] == ["Plausible", "Under investigation", "Unsupported"]
    assert words[3:] == ["Plausible risk", "Risk under investigation", "Unsupported risk"]
    assert len({label.explanation for label in SCALE}) == len(SCALE)
    assert all(CLASS.fullmatch(f"label--{label.modifier}") for label in SCALE)


def test_the_strongest_label_says_that_it_is_no_proof():
    assert "not proven" in SCALE[0].explanation


def test_what_was_stored_without_a_ground_is_no_other_verdict():
    old, new = Label(PLAUSIBLE, Bearing.PROMISE), label_of(made := claim("a"), adjudicate(made))

    assert not old.differs(new)
    assert new.differs(Label(OPEN, Bearing.PROMISE))


def test_what_somebody_says_is_marked_in_the_statement():
    assert unmarked("Clinics say *it helps*, but no.") == (
        "Clinics say it helps, but no.",
        ("it helps",),
    )
    with pytest.raises(Refused, match="none closes them"):
        unmarked("Clinics say *it helps, but no.")


def test_a_sellers_word_never_decides():
    seller = Source("clinic", "A page", SourceKind.CLINIC, Seen.FULL, sells_treatment=True)
    trial = Source("trial", "A trial", SourceKind.TRIAL, Seen.FULL)
    boast = Position(seller, UNSUPPORTED, "Says all.")
    doubt = Position(seller, UNSUPPORTED, "Doubts it.", finding=Finding.CONTRADICTS)
    null = Position(trial, UNSUPPORTED, "Found none.", finding=Finding.NO_EFFECT)

    def deciding(*positions: Position, **fields: object) -> tuple[Position, ...]:
        made: Claim = claim("a", UNSUPPORTED, positions=positions, **fields)
        return adjudicate(made).deciding

    assert deciding(boast) == ()
    assert deciding(boast, null) == (null,)
    assert deciding(boast, doubt) == (doubt,)
    warning = claim("b", bearing=Bearing.WARNING, kind=Kind.HARM, positions=(
        Position(seller, PLAUSIBLE, "Warns of it."),
    ))  # fmt: skip
    assert adjudicate(warning).deciding == ()
    line = label_of(warning, adjudicate(warning)).by_rule
    assert line == "Plausible risk by our rule: those who sell it say so themselves."
