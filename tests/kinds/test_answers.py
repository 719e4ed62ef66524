"""An overview cut at its questions: no word lost, and the tint only where something is answered."""

from hypothesis import given
from hypothesis import strategies as st

from explainer.evidence.pipeline import explain
from explainer.kinds.answers import groups_of
from tests.evidence.invented import CONTEXT

CLAIM = "[](claim:t/hope)"
PLAIN = "[Roots rest at times.](background:)"
BOXED = "::: guidance\n## Boxed\n\nAsk first.\n:::"


def text(*bodies: str) -> str:
    return "\n\n".join(f"## Question {number}?\n\n{body}" for number, body in enumerate(bodies))


def test_questions_with_a_claim_stand_together_and_apart_from_those_without() -> None:
    groups = groups_of(explain(text(PLAIN, CLAIM, CLAIM, PLAIN), CONTEXT))

    assert [(group.answers, len(group.sections)) for group in groups] == [
        (False, 1),
        (True, 2),
        (False, 1),
    ]
    assert groups[1].sections[0].html.startswith('<h2 id="question-1">')


def test_a_heading_in_a_box_cuts_nothing() -> None:
    (group,) = groups_of(explain(text(f"{BOXED}\n\n{CLAIM}"), CONTEXT))

    assert len(group.sections) == 1


@given(st.lists(st.sampled_from([CLAIM, PLAIN, BOXED, f"### Smaller\n\n{CLAIM}"])), st.booleans())
def test_no_word_is_lost_or_moved(bodies: list[str], opened: bool) -> None:
    explanation = explain(f"{PLAIN if opened else ''}\n\n{text(*bodies)}", CONTEXT)

    pieces = [it.html for group in groups_of(explanation) for it in group.sections]

    assert "".join("".join(pieces).split()) == "".join(explanation.html.split())
