"""What a claim's positions found must be able to carry its label (method, section 2)."""

import pytest

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Claim, Position, Source
from explainer.evidence.context import Context
from explainer.evidence.levels import Bearing, Finding, Kind, Level, Reason, Seen, SourceKind
from explainer.evidence.lint.grounds import check_grounds, check_name
from tests.evidence.invented import claim

PLAUSIBLE, OPEN, UNSUPPORTED = Level
WARNING = {"bearing": Bearing.WARNING, "kind": Kind.HARM}


def position(
    finding: str, level: Level, kind: str = "trial", product: str = "any", key: str = "s"
) -> Position:
    source = Source(key, "A", SourceKind(kind), Seen.FULL)
    return Position(source, level, "Says.", product, Finding(finding))


def codes(made: Claim, *others: Claim) -> list[str]:
    context = Context(claims={other.key: other for other in (made, *others)})
    return [p.code for p in check_grounds(made, adjudicate(made).level, context)]


def built(level: Level = PLAUSIBLE, *positions: Position, **fields: object) -> Claim:
    given = positions or (position("supports", level),)
    return claim("a", level, positions=given, looked_for="trials of it", **fields)


FINDINGS = [
    ("promise", "supports", "plausible under-investigation"),
    ("promise", "mixed", "under-investigation"),
    ("promise", "no-effect", "unsupported"),
    ("promise", "contradicts", "unsupported"),
    ("promise", "reports", ""),
    ("promise", "plans", "under-investigation"),
    ("promise", "asserts", "plausible under-investigation unsupported"),
    ("warning", "reports", "plausible"),
    ("warning", "mixed", "plausible under-investigation"),
    ("warning", "no-effect", "under-investigation unsupported"),
]


@pytest.mark.parametrize(("bearing", "finding", "levels"), FINDINGS)
@pytest.mark.parametrize("level", Level)
def test_a_finding_supports_the_levels_of_the_method_alone(bearing, finding, levels, level):
    fields = WARNING if bearing == "warning" else {}
    made = claim("a", level, positions=(position(finding, level),), **fields)

    assert ("finding-against-level" in codes(made)) is (level not in levels.split())


@pytest.mark.parametrize("kind", [Kind.MECHANISM, Kind.EFFECT, Kind.PRACTICE])
def test_only_a_harm_or_an_exclusion_is_a_warning(kind):
    made = claim("a", **{**WARNING, "kind": kind}, positions=(position("reports", PLAUSIBLE),))

    assert codes(made) == ["warning-not-harm"]


def test_a_claim_of_any_product_whose_positions_are_all_about_one_belongs_to_it():
    one = position("supports", PLAUSIBLE, product="prp")

    assert codes(built(PLAUSIBLE, one)) == ["product-not-any"]
    assert codes(built(PLAUSIBLE, one, position("supports", PLAUSIBLE, key="t"))) == []
    assert codes(built(PLAUSIBLE, one, product="prp")) == []


@pytest.mark.parametrize(
    ("positions", "told"),
    [
        ([position("asserts", OPEN, "clinic")], ["nobody-looked"]),
        ([position("supports", OPEN, "laboratory")], ["nobody-looked"]),
        ([position("mixed", OPEN, product="prp")], ["nobody-looked"]),
        ([position("mixed", OPEN)], []),
        ([position("plans", OPEN)], []),
    ],
)
def test_under_investigation_needs_somebody_who_studies_this_product_in_people(positions, told):
    other = position("asserts", OPEN, "clinic", key="t", product="mix")

    assert codes(built(OPEN, *positions, other, product="mix" if "prp" in {
        p.product for p in positions} else "any")) == told  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "finding", "told"),
    [
        ("not-studied", "no-effect", ["reason-against-findings"]),
        ("not-studied", "asserts", []),
        ("no-effect-found", "asserts", ["reason-without-finding"]),
        ("no-effect-found", "no-effect", []),
        ("contradicted", "contradicts", []),
        ("contradicted", "asserts", ["reason-without-finding"]),
        ("studies-disagree", "asserts", ["reason-without-finding"]),
        ("overstated", "asserts", []),
    ],
)
def test_the_reason_fits_what_was_found(reason, finding, told):
    made = built(UNSUPPORTED, position(finding, UNSUPPORTED), reason=Reason(reason))

    assert codes(made) == told


def test_absence_is_what_we_found_and_says_what_was_looked_for():
    flat = "Clinics say it helps, but no trial of it has shown so."
    ours = "Clinics say it helps, but no trial we found shows so."
    null = (position("asserts", UNSUPPORTED),)

    def told(statement: str, looked_for: str, reason: Reason = Reason.OVERSTATED) -> list[str]:
        return codes(claim("a", UNSUPPORTED, positions=null, statement=statement,
                           looked_for=looked_for, reason=reason))  # fmt: skip

    assert told(flat, "trials") == ["absence-flat"]
    assert told(ours, "trials") == []
    assert told(ours, "") == ["looked-missing"]
    assert told("Clinics say it helps.", "", Reason.NOT_STUDIED) == ["looked-missing"]


def test_twins_of_different_labels_say_what_is_known_about_one_and_not_the_other():
    one = built(PLAUSIBLE, twin="t/b")
    other = claim("b", UNSUPPORTED)

    assert codes(one) == ["unknown-twin"]
    assert codes(one, other) == ["twins-differ"]
    assert "twins-differ" in codes(claim("b", UNSUPPORTED, looked_for="it"), one)
    assert codes(built(PLAUSIBLE, twin="t/b", differs_because="One was tested."), other) == []
    assert codes(one, claim("b")) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Biotin for stronger hair", []),
        ("", ["name-form"]),
        ("Biotin for much stronger hair again", ["name-form"]),
        ("Does biotin help?", ["name-form"]),
    ],
)
def test_a_name_has_at_most_five_words_and_no_stop(name, told):
    assert [p.code for p in check_name(claim("a", name=name), PLAUSIBLE)] == told


def test_a_promise_that_nobody_supports_marks_what_is_said():
    vain, named = claim("a", UNSUPPORTED, name="A name"), {"name": "A name", "said": ("it helps",)}

    assert [p.code for p in check_name(vain, UNSUPPORTED)] == ["said-missing"]
    assert not [*check_name(claim("a", UNSUPPORTED, **named), UNSUPPORTED)]
    (problem,) = check_name(claim("a", **WARNING, **named), PLAUSIBLE)
    assert problem.code == "said-in-warning"
