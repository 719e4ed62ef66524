"""A difference joins up to both texts, and a merge loses nobody's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.kinds import ARTICLE, CLAIM, SOURCE, TREATMENT
from explainer.kinds.diff import Piece, PieceKind, field_diffs, label, merge, word_diff
from tests.growth import grows_evenly

TEXT = st.text(st.sampled_from("ab .\n\r\u2028é"), max_size=60)
FIELDS = ("title", "summary", "body")
WORDS = st.fixed_dictionaries({name: st.sampled_from("abc") for name in FIELDS})


def position(source="trial", product="", **words):
    return {"source": source, "level": "plausible", "product": product, "says": "Yes.", **words}


def side(pieces, other):
    return "".join(piece.text for piece in pieces if piece.kind is not other)


@given(TEXT, TEXT)
def test_the_pieces_join_up_to_both_texts(before, after):
    pieces = word_diff(before, after)

    assert side(pieces, PieceKind.NEW) == before
    assert side(pieces, PieceKind.GONE) == after
    assert all(piece.text for piece in pieces)


def test_a_changed_word_is_told_from_its_neighbours():
    pieces = word_diff("It cures hair.\nTruly.", "It may help hair.\nTruly.")

    assert pieces == (
        Piece(PieceKind.SAME, "It "),
        Piece(PieceKind.GONE, "cures"),
        Piece(PieceKind.NEW, "may help"),
        Piece(PieceKind.SAME, " hair.\nTruly."),
    )


def test_long_texts_without_a_line_in_common_are_compared_in_linear_time():
    def compared(lines: int) -> bool:
        before = "\n".join(f"a{n % 97} b{n}" for n in range(lines))
        after = " ".join(f"a{n % 89} c{n}" for n in range(lines))
        return side(word_diff(before, after), PieceKind.NEW) == before

    assert compared(15_000)
    assert grows_evenly(compared, 3_750)


def test_one_changed_word_in_a_long_line_is_still_found():
    before = "word " * 20_000 + "old" + " word" * 20_000

    pieces = word_diff(before, before.replace("old", "new"))

    assert [piece.text for piece in pieces if piece.kind is not PieceKind.SAME] == ["old", "new"]


@pytest.mark.parametrize(
    ("kind", "before", "after", "labels"),
    [
        (ARTICLE, {"title": "A", "summary": "B"}, {"title": "A", "summary": "C"}, ["Short answer"]),
        (TREATMENT, {"products": [["a", "b"]]}, {"products": [["a", "c"]]}, ["Products"]),
        (SOURCE, {"year": None}, {"year": 2020, "note": "New."}, ["Year", "What changed and why"]),
        (None, {"failed_tries": 1}, {"failed_tries": 2}, ["Failed tries"]),
    ],
)  # fmt: skip
def test_only_fields_that_differ_are_told_under_names_that_staff_know(kind, before, after, labels):
    assert [field.label for field in field_diffs(before, after, kind)] == labels


def test_positions_are_compared_by_source_and_product():
    before = {"positions": [position(), position("review"), position("clinic")]}
    after = {"positions": [position(says="No."), position("clinic"), position("new", "mix")]}

    found = {
        field.label: [p.kind.value for p in field.pieces] for field in field_diffs(before, after)
    }

    assert found == {
        "Position of trial": ["same", "gone", "new", "same"],
        "Position of review": ["gone"],
        "Position of new about mix": ["new"],
    }


def test_a_changed_order_of_positions_is_told():
    positions = [position("a"), position("b")]

    found = field_diffs({"positions": positions}, {"positions": positions[::-1]})

    assert [field.label for field in found] == ["Order of the positions"]


def test_two_positions_of_one_source_are_told_apart():
    before = {"positions": [position(), position(says="Other.")]}

    found = field_diffs(before, {"positions": [position()]})

    assert [field.name for field in found] == ["positions/trial//2"]
    assert label(CLAIM, found[0].name) == "Position of trial (2)"


@given(WORDS, WORDS, WORDS)
def test_a_merge_takes_each_change_and_asks_where_both_changed(base, mine, theirs):
    merged = merge(CLAIM, base, mine, theirs)

    asked = {conflict.name for conflict in merged.conflicts}
    for name in FIELDS:
        changed = {mine[name], theirs[name]} - {base[name]}
        assert (name in asked) == (len(changed) == 2)
        if len(changed) < 2:
            assert merged.words[name] == (changed or {base[name]}).pop()
        else:
            assert merged.words[name] == mine[name]


def test_without_the_words_both_began_from_every_difference_is_asked():
    merged = merge(CLAIM, None, {"title": "A", "body": "B"}, {"title": "A", "body": "C"})

    assert [conflict.name for conflict in merged.conflicts] == ["body"]
    assert merged.words == {"title": "A", "body": "B"}


def test_positions_are_merged_one_by_one():
    base = {"positions": [position("a"), position("b"), position("c"), position("d")]}
    mine = {"positions": [position("a", says="Mine."), position("b"), position("e"), position("d")]}
    theirs = {"positions": [position("a"), position("c"), position("d", says="Theirs.")]}

    merged = merge(CLAIM, base, mine, theirs)

    assert merged.words["positions"] == [
        position("a", says="Mine."),
        position("e"),
        position("d", says="Theirs."),
    ]
    assert merged.conflicts == ()


def test_a_position_that_one_removed_and_one_changed_is_kept_and_asked():
    base = {"positions": [position("a")]}
    theirs = {"positions": [position("a", says="Theirs.")]}

    merged = merge(CLAIM, base, {"positions": []}, theirs)

    assert merged.words == theirs
    assert [(asked.mine, asked.theirs["says"]) for asked in merged.conflicts] == [(None, "Theirs.")]


def test_a_field_that_was_not_offered_to_me_is_theirs():
    merged = merge(CLAIM, {"ask": "", "why": "A"}, {"why": "B"}, {"ask": "Who?", "why": "A"})

    assert merged.words == {"ask": "Who?", "why": "B"}
    assert merged.conflicts == ()


def test_the_last_position_can_be_taken_out():
    base = {"positions": [position("a")]}

    assert merge(CLAIM, base, {"positions": []}, base).words == {"positions": []}


def test_whoever_moves_positions_has_their_order():
    base = {"positions": [position("a"), position("b")]}
    moved = {"positions": [position("b"), position("a")]}

    assert merge(CLAIM, base, base, moved).words == moved
    assert merge(CLAIM, base, moved, base).words == moved
