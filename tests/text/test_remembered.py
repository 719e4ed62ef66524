"""What depends on a text alone is asked once; what is long, or too much, is asked again."""

from explainer.text import remembered as module
from explainer.text.problems import Problem
from explainer.text.remembered import remembered, remembered_anywhere


def test_a_text_is_asked_about_once_and_a_long_one_each_time() -> None:
    asked: list[str] = []
    ask = remembered(lambda text: asked.append(text) or len(text))
    long = "a" * (module.LONGEST + 1)

    assert [ask("short"), ask("short"), ask(long), ask(long)] == [5, 5, len(long), len(long)]
    assert asked == ["short", long, long]


def test_what_else_is_asked_makes_another_answer() -> None:
    ask = remembered(lambda text, kind, *, loud=False: f"{text} {kind} {loud}")

    assert ask("a", "b") != ask("a", "c")
    assert ask("a", "b") != ask("a", "b", loud=True)


def test_a_problem_stands_where_its_text_stands_now() -> None:
    asked: list[str] = []

    @remembered_anywhere
    def check(text: str, *, line: int = 0, what: str = "text") -> list[Problem]:
        asked.append(text)
        return [Problem("bad", f"A bad {what}.", line)]

    found = [*check("x"), *check("x", line=3), *check("x", line=9, what="head")]

    assert [(it.line, it.message) for it in found] == [
        (0, "A bad text."),
        (3, "A bad text."),
        (9, "A bad head."),
    ]
    assert asked == ["x", "x"]
