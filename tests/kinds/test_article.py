"""A page that staff write is held to a treatment's rules, wherever it is linked."""

import pytest

from explainer.evidence.context import Context
from explainer.evidence.lint.contracts import About
from explainer.evidence.lint.run import lint_text
from explainer.kinds import ARTICLE
from explainer.kinds.article import OF_THIS_SITE

NEW = "after-your-session"
"""The key of a page of no treatment's folder, as every new page has."""


@pytest.mark.parametrize(
    "sentence",
    [
        "Our own figures show that 85% of patients are satisfied.",
        "Nine out of ten clients come back.",
        "The results last a year.",
        "Wear a hat in strong sun, as UV light slows down healing.",
        "Don't wash your hair for 24 hours.",
        "We don't treat pregnant or breastfeeding women.",
    ],
)
def test_a_promise_a_harm_and_advice_are_no_background_of_a_new_page(sentence):
    report = lint_text(f"[{sentence}](background:)", Context(), about=ARTICLE.about(NEW))

    assert [problem.code for problem in report.problems] == ["background-contract"]


def test_only_pages_that_tell_of_the_site_itself_are_read_as_such():
    assert ARTICLE.about(NEW) is ARTICLE.about("t/safety") is About.TREATMENT
    assert {ARTICLE.about(key) for key in OF_THIS_SITE} == {About.SITE}
