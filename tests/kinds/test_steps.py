"""Steps: cut without losing a word; what a reader could not be shown is a problem with its line."""

import pytest

from explainer.evidence.pipeline import explain
from explainer.kinds.steps import GUIDE, QUIZ, Part, Steps, read
from tests.evidence.invented import CONTEXT

SAID = "[Hair grows.](background:)"
CLAIM = "[](claim:t/hope)"
QUESTION = f"""## What kind?

{SAID}

### [After a birth](/after-a-birth/)

### Slow loss

#### What is known?

{CLAIM}

#### What can you ask?

{SAID}

### Bare spots

#### What is known?

{SAID}
"""
ALWAYS = f"""
## What holds for everyone?

### Where can you read on?

{SAID}
"""


def cut(text: str, key: str = GUIDE) -> Steps:
    return read(explain(text, CONTEXT, prefix=None), key)


def codes(text: str, key: str = GUIDE) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in cut(text, key).problems]


def test_a_text_becomes_questions_with_answers_and_what_follows_from_each() -> None:
    steps = cut(f"{SAID}\n\n{QUESTION}{ALWAYS}")
    (step,) = steps.steps
    birth, slow, bare = step.answers

    assert steps.problems == ()
    assert steps.html.strip() == "<p>Hair grows.</p>"
    assert (step.id, step.question, step.html) == ("what-kind", "What kind?", "<p>Hair grows.</p>")
    assert (birth.link, birth.parts) == ("/after-a-birth/", {})
    assert (slow.id, list(slow.parts)) == ("slow-loss", [Part.KNOWN, Part.ASK])
    assert 'class="label--plausible"' in slow.parts[Part.KNOWN].html
    assert 'href="/claims/t/hope/"' in slow.parts[Part.KNOWN].html
    assert list(bare.parts) == [Part.KNOWN]
    assert list(steps.always) == [Part.READ]


def test_a_question_about_a_label_keeps_its_claim_and_what_is_said_to_each_answer() -> None:
    (step,) = cut(f"## Which?\n\n{CLAIM}\n\n### One?\n\n{SAID}\n\n### Two?\n\n{SAID}", QUIZ).steps

    assert "label--plausible" in step.html
    assert [answer.html for answer in step.answers] == ["<p>Hair grows.</p>"] * 2


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("### Slow loss", [("steps-without-question", 0)]),
        (f"## Q?\n\n### A\n\n#### What is known?\n\n{SAID}\n", [("too-few-answers", 1)]),
        (QUESTION.replace("#### What can you ask?", "#### What to ask?"), [("unknown-part", 13)]),
        (
            QUESTION.replace("#### What can you ask?", "#### What is known?"),
            [("part-twice-or-empty", 13)],
        ),
        (
            QUESTION.replace("### Bare spots", f"### Bare spots\n\n{SAID}"),
            [("words-before-part", 17)],
        ),
        (
            QUESTION.replace("### Slow loss", f"#### What is known?\n\n{SAID}\n\n### Slow loss"),
            [("link-with-words", 5)],
        ),
        (f"{QUESTION}\n### Last\n", [("answer-silent", 23)]),
    ],
    ids=lambda value: value[0][0] if isinstance(value, list) else "",
)
def test_a_guide_out_of_shape_says_where_and_has_no_steps(text: str, problems: list) -> None:
    assert codes(f"{text}{ALWAYS}") == problems
    assert cut(f"{text}{ALWAYS}").steps == ()
    assert cut(f"{text}{ALWAYS}").html == explain(f"{text}{ALWAYS}", CONTEXT, prefix=None).html


def test_a_part_that_follows_always_must_be_known() -> None:
    assert codes(QUESTION + ALWAYS.replace("read on", "go on")) == [("unknown-part", 25)]


def test_a_question_about_a_label_without_an_answer_or_with_a_heading_in_it_is_out_of_shape() -> (
    None
):
    text = f"## Which?\n\n### One?\n\n### Two?\n\n{SAID}\n\n#### More\n\n{SAID}"

    assert codes(text, QUIZ) == [("answer-silent", 3), ("heading-in-answer", 9)]


def test_a_box_over_a_heading_is_not_cut() -> None:
    text = QUESTION.replace(f"{SAID}\n\n### [After", "::: background\nHair grows.\n\n### [After", 1)

    assert ("box-over-heading", 1) in codes(f"{text}\n:::\n{ALWAYS}")
