"""The questions that promises bring: each once, under its first topic, the most promised first."""

from explainer.evidence.levels import Topic
from explainer.library.questions import by_topic, without
from explainer.library.rendering import Questions


def test_a_shared_question_stands_once_under_the_first_of_its_topics() -> None:
    brought = [
        (Topic.SAFETY, "Who  saw\nit?"),
        (Topic.MECHANISM, "Who asks?"),
        (Topic.MECHANISM, "Who saw it?"),
    ]

    found = by_topic(brought)

    assert list(found) == [Topic.MECHANISM]
    assert [(asked.text, asked.promises) for asked in found[Topic.MECHANISM]] == [
        ("Who saw it?", 2),
        ("Who asks?", 1),
    ]
    assert [asked.shared for asked in found[Topic.MECHANISM]] == [True, False]


def test_what_is_asked_already_is_left_out_and_so_is_an_empty_group() -> None:
    always = [Questions("A", ("One?", "Two?")), Questions("B", ("One?",))]

    assert without(always, {"One?"}) == (Questions("A", ("Two?",)),)
