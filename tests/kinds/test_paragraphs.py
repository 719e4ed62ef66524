"""Two texts set beside each other by paragraph lose nothing that nobody chose to drop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.kinds.paragraphs import Choice, cut, join, merged, passages

PARTS = st.lists(st.sampled_from("abcde"), max_size=6)


@given(PARTS, PARTS, PARTS)
def test_the_passages_of_each_side_join_up_to_the_whole_of_it(base, mine, theirs):
    found = passages(base, mine, theirs)

    assert [it for each in found for it in each.mine] == mine
    assert [it for each in found for it in each.theirs] == theirs
    assert [it for each in found for it in each.base] == base


@given(PARTS, PARTS, PARTS)
def test_what_anybody_added_stays_until_somebody_chooses(base, mine, theirs):
    for started in (base, None):
        kept = merged(passages(started, mine, theirs), {})

        new = {*mine, *theirs} - {*(started or ())}
        assert new <= {*kept}


@pytest.mark.parametrize(
    ("mine", "theirs", "kept"),
    [
        ("A'.B.C", "A.B.C'", "A'.B.C'"),
        ("A'.B.C", "A.B'.C", "A'.B'.C"),
        ("A'.B.C", "A''.B.C", "A'.A''.B.C"),
        ("A.B.X.C", "A.Y.B.C", "A.Y.B.X.C"),
        ("B.C", "A.B.C.D", "B.C.D"),
        ("B.C", "A'.B.C", "A'.B.C"),
    ],
    ids=["apart", "neighbours", "the same", "added", "taken out", "taken out and changed"],
)
def test_changes_are_put_together(mine, theirs, kept):
    found = passages(["A", "B", "C"], mine.split("."), theirs.split("."))

    assert ".".join(merged(found, {})) == kept


def test_a_choice_is_for_one_place():
    found = passages(["A", "B"], ["A1", "B1"], ["A2", "B2"])

    choices = {0: Choice.THEIRS, 1: Choice.MINE}
    assert merged(found, choices) == ["A2", "B1"]


@pytest.mark.parametrize("lines", [True, False])
def test_a_text_is_cut_and_joined_again(lines):
    text = "One\nTwo" if lines else "One\nmore\n\n::: guidance\nTwo\n:::"

    parts = cut(text, lines=lines)

    assert (len(parts), join(parts, lines=lines)) == (2, text)
