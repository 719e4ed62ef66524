"""What is said of a text to its author changes nothing of what readers see."""

from explainer.evidence.context import Context
from explainer.evidence.pipeline import explain

TEXT = "## Head\n\nWords\tthat **nobody[]( tagged.\n\n[a]: /b/ (lost)\n\n[x](claim:t/none) `a` <b>"


def test_a_text_that_is_not_judged_is_the_same_page_with_fewer_problems():
    told, shown = explain(TEXT, Context()), explain(TEXT, Context(), judged=False)

    assert shown.html == told.html
    assert shown.blocks == told.blocks
    assert {it.code for it in told.problems} > {it.code for it in shown.problems}
