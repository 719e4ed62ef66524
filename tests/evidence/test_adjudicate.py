"""The most cautious position decides: as properties, and as a table of verdicts."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from explainer.evidence import levels
from explainer.evidence.adjudicate import Agreement, Verdict, adjudicate
from explainer.evidence.claims import Claim, Position, Source
from explainer.evidence.levels import Bearing, Kind, Level, Reason, Seen, SourceKind, Topic, caution
from explainer.text.problems import Refused

PLAUSIBLE, OPEN, UNSUPPORTED = Level
PROMISE, WARNING = Bearing

MIRROR = {PLAUSIBLE: UNSUPPORTED, OPEN: OPEN, UNSUPPORTED: PLAUSIBLE}

some_levels = st.lists(st.sampled_from(Level), min_size=1, max_size=8)
a_level = st.sampled_from(Level)
a_bearing = st.sampled_from(Bearing)


def positions(levels: list[Level]) -> tuple[Position, ...]:
    return tuple(
        Position(Source(f"review-{n}", "A page", SourceKind.REVIEW, Seen.FULL), level, "Says so.")
        for n, level in enumerate(levels)
    )


def claim(bearing: Bearing, levels: list[Level], **fields) -> Claim:
    return Claim(
        key="mesotherapy/example",
        statement="An example.",
        topic=Topic.MECHANISM,
        kind=Kind.MECHANISM,
        bearing=bearing,
        positions=positions(levels),
        **fields,
    )


def verdict(bearing: Bearing, levels: list[Level], **fields) -> Verdict:
    """Adjudicate with a reason if the result needs one: exactly one of the two stands."""
    try:
        return adjudicate(claim(bearing, levels, **fields))
    except Refused as refused:
        if refused.field != "reason":
            raise
        return adjudicate(claim(bearing, levels, reason=Reason.NOT_STUDIED, **fields))


@given(a_bearing, some_levels, st.randoms(use_true_random=False))
def test_the_order_of_positions_never_matters(bearing, levels, random):
    shuffled = random.sample(levels, len(levels))

    one, other = verdict(bearing, levels), verdict(bearing, shuffled)

    assert (one.level, one.agreement) == (other.level, other.agreement)


@given(a_bearing, some_levels, a_level)
def test_one_more_position_never_makes_a_claim_less_cautious(bearing, levels, level):
    before, after = verdict(bearing, levels).level, verdict(bearing, [*levels, level]).level

    assert caution(after, bearing) >= caution(before, bearing)


@given(a_bearing, a_level)
def test_a_single_position_gives_its_own_level(bearing, level):
    decided = verdict(bearing, [level])

    assert decided.level is level
    assert decided.agreement is Agreement.ONE_SOURCE


@given(some_levels)
def test_promise_and_warning_are_mirror_images(levels):
    promise = verdict(PROMISE, levels)
    warning = verdict(WARNING, [MIRROR[level] for level in levels])

    assert MIRROR[promise.level] is warning.level
    assert promise.agreement is warning.agreement


@given(a_bearing, some_levels)
def test_the_deciding_positions_are_all_and_only_those_at_the_level(bearing, levels):
    decided = verdict(bearing, levels)

    assert [p.level for p in decided.deciding] == [decided.level] * levels.count(decided.level)
    assert decided.deciding


@given(a_bearing, some_levels, a_level)
def test_an_override_stands_only_towards_caution(bearing, levels, override):
    adjudicated = verdict(bearing, levels).level
    why = {"level": override, "level_reason": "One report of harm is enough."}

    if caution(override, bearing) < caution(adjudicated, bearing):
        with pytest.raises(Refused, match=f"'{override}' is less cautious than '{adjudicated}'"):
            verdict(bearing, levels, **why)
    else:
        decided = verdict(bearing, levels, **why)
        assert (decided.level, decided.adjudicated) == (override, adjudicated)
        assert decided.overridden is (override is not adjudicated)


@given(a_bearing, some_levels, a_level)
def test_with_an_override_those_at_the_adjudicated_level_decide(bearing, levels, override):
    adjudicated = verdict(bearing, levels).level
    assume(caution(override, bearing) >= caution(adjudicated, bearing))

    decided = verdict(bearing, levels, level=override, level_reason="One report is enough.")

    assert [p.level for p in decided.deciding] == [adjudicated] * levels.count(adjudicated)


VERDICTS = [
    (PROMISE, [PLAUSIBLE, PLAUSIBLE], PLAUSIBLE, Agreement.AGREE),
    (PROMISE, [PLAUSIBLE, OPEN], OPEN, Agreement.DIFFER),
    (PROMISE, [OPEN, UNSUPPORTED], UNSUPPORTED, Agreement.DIFFER),
    (PROMISE, [PLAUSIBLE, UNSUPPORTED], UNSUPPORTED, Agreement.CONFLICT),
    (PROMISE, [PLAUSIBLE, OPEN, UNSUPPORTED], UNSUPPORTED, Agreement.CONFLICT),
    (WARNING, [UNSUPPORTED, UNSUPPORTED], UNSUPPORTED, Agreement.AGREE),
    (WARNING, [UNSUPPORTED, OPEN], OPEN, Agreement.DIFFER),
    (WARNING, [OPEN, PLAUSIBLE], PLAUSIBLE, Agreement.DIFFER),
    (WARNING, [UNSUPPORTED, PLAUSIBLE], PLAUSIBLE, Agreement.CONFLICT),
    (WARNING, [PLAUSIBLE, OPEN, UNSUPPORTED], PLAUSIBLE, Agreement.CONFLICT),
]


@pytest.mark.parametrize(("bearing", "levels", "level", "agreement"), VERDICTS)
def test_a_verdict_is_the_most_cautious_position(bearing, levels, level, agreement):
    decided = verdict(bearing, levels)

    assert (decided.level, decided.agreement) == (level, agreement)
    assert not decided.overridden


@pytest.mark.parametrize(
    ("other", "agreement"),
    [
        (UNSUPPORTED, Agreement.CONFLICT),
        (OPEN, Agreement.DIFFER),
        (PLAUSIBLE, Agreement.DIFFER),
        ("established", Agreement.AGREE),
    ],
)
def test_a_level_above_plausible_would_conflict_with_a_denial(monkeypatch, other, agreement):
    monkeypatch.setattr(levels, "SCALE", ("established", *levels.SCALE))

    decided = verdict(PROMISE, ["established", other])

    assert (decided.level, decided.agreement) == (other, agreement)


def test_two_positions_of_one_source_are_still_one_source():
    twice = positions([PLAUSIBLE]) * 2
    one_source = Claim(
        "mesotherapy/example", "An example.", Topic.FAQ, Kind.PRACTICE, PROMISE, twice
    )

    assert adjudicate(one_source).agreement is Agreement.ONE_SOURCE


REASONS = [
    ([UNSUPPORTED], None, "'unsupported', so 'reason' is needed: not-studied"),
    ([PLAUSIBLE], Reason.OVERSTATED, "'plausible', so 'reason' does not apply. Take it out."),
    ([OPEN], Reason.NOT_STUDIED, "'under-investigation', so 'reason' does not apply"),
]


@pytest.mark.parametrize(("levels", "reason", "message"), REASONS)
def test_a_reason_goes_with_unsupported_and_with_nothing_else(levels, reason, message):
    with pytest.raises(Refused, match=message) as refused:
        adjudicate(claim(PROMISE, levels, reason=reason))

    assert refused.value.field == "reason"


def test_an_override_to_unsupported_needs_a_reason_too():
    raised = claim(PROMISE, [PLAUSIBLE], level=UNSUPPORTED, level_reason="It was withdrawn.")

    with pytest.raises(Refused, match="'reason' is needed"):
        adjudicate(raised)


def test_every_agreement_has_words_of_its_own_for_a_reader():
    assert len({agreement.words for agreement in Agreement}) == len(Agreement)
