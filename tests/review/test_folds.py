"""What did not change folds, with its sentences counted; what did never does."""

import pytest

from explainer.kinds.diff import PieceKind, word_diff
from explainer.review.folds import SHORTEST, stretches

PEBBLES = [f"Pebble number {n} is grey, round and as heavy as the one before it." for n in range(9)]
OLD = "\n\n".join(PEBBLES)
FACES = [(1 + 2 * place, "Background") for place in range(9)]


def cut(new, faces=FACES, old=OLD):
    return stretches(word_diff(old, new), faces)


def folded(found):
    return [one.pieces[0].text for one in found if one.is_folded]


def shown(found):
    return [piece for one in found if not one.is_folded for piece in one.pieces]


def test_a_change_stays_in_sight_with_the_paragraphs_beside_it() -> None:
    found = cut(OLD.replace("number 8 is grey", "number 8 is blue"))

    assert [one.is_folded for one in found] == [True, False]
    assert folded(found) == ["\n\n".join(PEBBLES[:7])]
    assert [piece.text for piece in shown(found) if piece.kind is PieceKind.NEW] == ["blue"]
    assert shown(found)[0].text.startswith(PEBBLES[7])


def test_a_fold_says_how_many_sentences_it_holds_and_what_stands_beside_them() -> None:
    faces = [(line, "Plausible" if line < 6 else "Guidance") for line, _ in FACES]

    first, _ = cut(OLD.replace("number 8 is grey", "number 8 is blue"), faces)

    assert (first.number, first.faces) == (7, {"Plausible": 3, "Guidance": 4})


def test_the_lines_of_what_is_gone_do_not_count() -> None:
    found = cut(OLD, old=f"Gone.\n\nGone too.\n\n{OLD}")

    assert sum(one.number for one in found) == 7
    assert folded(found) == ["\n\n".join(PEBBLES[2:])]


@pytest.mark.parametrize("new", ["", "Wholly other words.", f"New.\n\n{OLD}", f"{OLD}\n\nNew."])
def test_every_word_is_there_once_folded_or_not(new) -> None:
    pieces = [piece for one in cut(new) for piece in one.pieces]

    for text, other in ((OLD, PieceKind.NEW), (new, PieceKind.GONE)):
        said = " ".join(p.text for p in pieces if p.kind is not other)
        assert "".join(said.split()) == "".join(text.split())


def test_a_short_stretch_and_a_field_that_is_no_page_fold_nothing() -> None:
    short = OLD[: SHORTEST - 1]

    assert not folded(cut(f"{short} More.", old=short))
    assert not folded(cut(f"{OLD} More.", faces=()))
