"""The pictures of the guide; needs no site, so that what makes them can start one."""

from dataclasses import dataclass

WIDTH, HEIGHT = 960, 640
"""The size of every picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of these pages, as `python -m tests.browser.guide_pictures` makes it."""

    path: str
    alt: str
    caption: str


PICTURES = {
    "editor": Picture(
        "guide/editor.png",
        "The article form: the text to the left, the page as readers will see it to the right.",
        "Writing an article: the page grows beside the text, with its labels.",
    ),
    "claim": Picture(
        "guide/claim.png",
        "The claim form. Beside it stand the label, who decided it and where the claim is used.",
        "A claim: beside the form stands the label that its positions lead to.",
    ),
    "review": Picture(
        "guide/review.png",
        "The review page: the claim as readers see it now, and as they would see it then.",
        "A colleague compares what readers see now with what they would see.",
    ),
    "stale": Picture(
        "guide/stale.png",
        "Two texts side by side, one of them from a colleague, and a button to save both together.",
        "A colleague saved first: both texts are there, and nothing is lost.",
    ),
    "withdraw": Picture(
        "guide/withdraw.png",
        "The form to withdraw a claim: it asks for a reason, which readers will see.",
        "Withdrawing a claim takes a reason and one button.",
    ),
}
"""Pictures by name."""
