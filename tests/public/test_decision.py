"""What a page says of how a label came about is true of that label."""

import pytest

from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.django_db
MORE = {
    "level": "unsupported",
    "reason": "overstated",
    "level_reason": "A later look found less.",
}


def published(levels, **words):
    sources = ["clinic-a", *(f"other-{number}" for number in range(len(levels) - 1))]
    for source in sources[1:]:
        shop.source(source)
    positions = [shelf.position(*pair) for pair in zip(levels, sources, strict=True)]
    shop.claim("chosen", positions=positions, **words)


@pytest.mark.parametrize(
    ("levels", "words", "expected"),
    [
        (["plausible"] * 2, {}, "Each source alone would lead to the same label."),
        (
            ["plausible"] * 2,
            MORE,
            "Each source alone would lead to the same label. "
            "We chose more caution than the sources give: A later look found less.",
        ),
        (
            ["plausible", "under-investigation"],
            {},
            "The sources differ in how sure one can be. "
            "The most cautious reading decides, that of “Title of other-0”.",
        ),
        (
            ["plausible", "under-investigation"],
            MORE,
            "The sources differ in how sure one can be. "
            "Their most cautious reading is that of “Title of other-0”. "
            "We chose more caution than the sources give: A later look found less.",
        ),
    ],
)
def test_a_claim_says_who_decided_and_who_did_not(client, levels, words, expected):
    shop.build()
    published(levels, **words)

    assert expected in shop.visible(client, "/claims/t/chosen/")
