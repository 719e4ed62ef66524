"""A claim that the method forbids cannot be made, and says why."""

import pytest

from explainer.evidence import levels
from explainer.evidence.claims import Claim, Position, Record, Source
from explainer.evidence.levels import Bearing, Kind, Level, Seen, SourceKind, Topic
from explainer.text.problems import Refused

STRONG = [SourceKind.CLINIC, SourceKind.REVIEW, SourceKind.TRIAL, SourceKind.PROFESSIONAL_BODY]
WEAK = [SourceKind.SERIES, SourceKind.LABORATORY]
IN_PEOPLE = [Kind.EFFECT, Kind.HARM, Kind.SUITABILITY]
NOT_IN_PEOPLE = [Kind.MECHANISM, Kind.PRACTICE]


def position(
    kind: SourceKind = SourceKind.REVIEW, level: Level = Level.PLAUSIBLE, product: str = "any"
) -> Position:
    return Position(
        Source("a-source", "A title", kind, Seen.ABSTRACT), level, "It says so.", product
    )


def claim(**fields) -> Claim:
    usual = {
        "key": "mesotherapy/example",
        "statement": "Mesotherapy might do this.",
        "topic": Topic.FAQ,
        "kind": Kind.EFFECT,
        "bearing": Bearing.PROMISE,
        "positions": (position(),),
    }
    return Claim(**(usual | fields))


def refusal(**fields) -> Refused:
    with pytest.raises(Refused) as refused:
        claim(**fields)
    return refused.value


@pytest.mark.parametrize("source_kind", WEAK)
@pytest.mark.parametrize("kind", IN_PEOPLE)
def test_a_weak_design_cannot_make_an_effect_in_people_plausible(kind, source_kind):
    refused = refusal(kind=kind, positions=(position(source_kind),))

    assert refused.field == "positions"
    assert f"'a-source' is of kind '{source_kind}'" in refused.message
    assert "Use 'under-investigation' or 'unsupported'." in refused.message


@pytest.mark.parametrize(
    ("kind", "source_kind"),
    [(kind, strong) for kind in IN_PEOPLE for strong in STRONG]
    + [(kind, weak) for kind in NOT_IN_PEOPLE for weak in WEAK],
)
def test_other_designs_and_other_kinds_of_claim_may_be_plausible(kind, source_kind):
    assert claim(kind=kind, positions=(position(source_kind),)).kind is kind


@pytest.mark.parametrize("level", [Level.UNDER_INVESTIGATION, Level.UNSUPPORTED])
def test_a_weak_design_may_stand_below_the_ceiling(level):
    assert claim(positions=(position(SourceKind.SERIES, level),)).positions[0].level is level


def test_a_level_above_plausible_would_not_pass_the_ceiling_either(monkeypatch):
    monkeypatch.setattr(levels, "SCALE", ("established", *levels.SCALE))
    weak = position(SourceKind.LABORATORY, "established")
    borrowed = position(SourceKind.TRIAL, "established", "minoxidil")

    assert refusal(positions=(weak,)).code == "design-ceiling"
    assert refusal(product="nutrient-mix", positions=(borrowed,)).code == "borrowed-ceiling"


BORROWED = [
    ("nutrient-mix", "minoxidil", True),
    ("minoxidil", "minoxidil", False),
    ("any", "minoxidil", False),
    ("nutrient-mix", "any", False),
    ("any", "any", False),
]


@pytest.mark.parametrize(("product", "about", "borrowed"), BORROWED)
def test_a_position_on_another_product_is_borrowed(product, about, borrowed):
    spoken = position(level=Level.UNDER_INVESTIGATION, product=about)

    assert claim(product=product, positions=(spoken,)).borrows(spoken) is borrowed


@pytest.mark.parametrize("kind", Kind)
def test_borrowed_evidence_cannot_make_a_promise_plausible(kind):
    refused = refusal(kind=kind, product="nutrient-mix", positions=(position(product="minoxidil"),))

    assert refused.field == "positions"
    assert "'minoxidil', the claim of 'nutrient-mix'" in refused.message


def test_ceilings_do_not_bind_a_warning():
    seen = position(SourceKind.SERIES, product="minoxidil")

    warning = claim(
        kind=Kind.HARM, bearing=Bearing.WARNING, product="nutrient-mix", positions=(seen,)
    )

    assert warning.borrows(seen)


def test_the_ceiling_holds_for_every_position():
    weak = position(SourceKind.LABORATORY)

    assert refusal(positions=(position(), weak)).field == "positions"


INCOMPLETE = [
    ({"key": "mesotherapy"}, "key", "'mesotherapy' is not treatment/slug"),
    ({"key": "Mesotherapy/pain"}, "key", "lower case"),
    ({"key": "mesotherapy/pain/"}, "key", "'mesotherapy/pain/'"),
    ({"key": "mesotherapy/-pain"}, "key", "'mesotherapy/-pain'"),
    ({"key": "mesotherapy/pain\n"}, "key", "treatment/slug"),
    ({"statement": " "}, "statement", "Write one whole sentence."),
    ({"positions": ()}, "positions", "Add at least one."),
    ({"level": Level.UNSUPPORTED}, "level", "give both or neither"),
    ({"level_reason": "It was withdrawn."}, "level", "give both or neither"),
    ({"level": Level.UNSUPPORTED, "level_reason": " "}, "level", "give both or neither"),
]


@pytest.mark.parametrize(("fields", "field", "message"), INCOMPLETE)
def test_an_incomplete_claim_is_refused_with_its_cure(fields, field, message):
    refused = refusal(**fields)

    assert refused.field == field
    assert message in refused.message


def test_a_position_says_something():
    silent = Source("a-source", "A title", SourceKind.CLINIC, Seen.FULL)

    with pytest.raises(Refused, match="'a-source' says nothing"):
        Position(silent, Level.PLAUSIBLE, " ")


def test_a_key_holds_treatment_and_slug():
    one = claim(key="msc-therapy/calms-the-scalp")

    assert (one.treatment, one.slug) == ("msc-therapy", "calms-the-scalp")


def test_a_claim_cannot_be_changed_once_made():
    with pytest.raises(AttributeError):
        claim().statement = "Mesotherapy works."


@pytest.mark.parametrize(
    ("kind", "sells", "independent"),
    [
        (SourceKind.REVIEW, False, True),
        (SourceKind.REVIEW, True, False),
        (SourceKind.TRIAL, True, False),
        (SourceKind.CLINIC, False, False),
        (SourceKind.CLINIC, True, False),
    ],
)
def test_whoever_sells_or_is_a_clinic_is_not_independent(kind, sells, independent):
    assert Source("a", "A title", kind, Seen.FULL, sells).is_independent is independent


@pytest.mark.parametrize("field", ["statement", "who", "date"])
def test_a_record_without_a_statement_a_name_or_a_day_is_refused(field):
    source = Source("office", "A title", SourceKind.REGULATOR, Seen.FULL)
    words = {"statement": "In 2019 the DO warned.", "who": "DO", "date": "2019-12-09", field: " "}

    with pytest.raises(Refused, match=f"The {field} of the record 't/warning' is empty"):
        Record("t/warning", source=source, **words)
