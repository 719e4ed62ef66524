"""What did not change, folded, so that a reviewer sees at once what did.

A fold holds words that readers see already, and says how many sentences these are and what stands
beside them. Nothing new, nothing that is gone and nothing with a remark is ever in one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from explainer.kinds.diff import Piece, PieceKind
from explainer.review.reading import Faces

SHORTEST = 400
"""Signs of unchanged words that are worth a fold."""
BESIDE = 2
"""Paragraphs that stay in sight on each side of a change: its own, and the next."""
PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces of a difference as they are shown; a folded one has unchanged words alone.

    `faces` counts the sentences of a folded one: by label, or by part where they have none.
    """

    pieces: tuple[Piece, ...]
    is_folded: bool = False
    faces: Mapping[str, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(self.faces.values())


def stretches(pieces: Sequence[Piece], faces: Faces) -> list[Stretch]:
    """Cut what differs in a text into what is shown and what folds, in order, losing nothing.

    `faces` are those of the newer text's sentences. Where there are none, as of a field that is
    no page, nothing folds.
    """
    if not faces:
        return [Stretch(tuple(pieces))]
    found, shown, line = list[Stretch](), list[Piece](), 1
    for place, piece in enumerate(pieces):
        head, middle, tail = _cut(piece, place == 0, place == len(pieces) - 1)
        start = line + head.count("\n")
        line += 0 if piece.kind is PieceKind.GONE else piece.text.count("\n")
        if not middle:
            shown.append(piece)
            continue
        found += _shown([*shown, Piece(PieceKind.SAME, head)])
        counted = _counted(faces, start, start + middle.count("\n"))
        found.append(Stretch((Piece(PieceKind.SAME, middle),), is_folded=True, faces=counted))
        shown = [Piece(PieceKind.SAME, tail)]
    return [*found, *_shown(shown)]


def _cut(piece: Piece, is_first: bool, is_last: bool) -> tuple[str, str, str]:
    """Give what stays in sight after one change, what folds, and what stays before the next."""
    paragraphs = piece.text.split(PARAGRAPH)
    start = 0 if is_first else BESIDE
    stop = len(paragraphs) - (0 if is_last else BESIDE)
    head, middle = PARAGRAPH.join(paragraphs[:start]), PARAGRAPH.join(paragraphs[start:stop])
    if piece.kind is not PieceKind.SAME or stop <= start or len(middle) < SHORTEST:
        return piece.text, "", ""
    # What parts two paragraphs stays in sight, so that all three join up to the text.
    head += PARAGRAPH if start else ""
    return head, middle, piece.text[len(head) + len(middle) :]


def _shown(pieces: Iterable[Piece]) -> Iterator[Stretch]:
    if rest := [piece for piece in pieces if piece.text]:
        # A fold parts paragraphs by itself.
        first = replace(rest[0], text=rest[0].text.lstrip("\n"))
        rest = [first, *rest[1:]]
        yield Stretch((*rest[:-1], replace(rest[-1], text=rest[-1].text.rstrip("\n"))))


def _counted(faces: Faces, start: int, stop: int) -> Mapping[str, int]:
    # A template asks a Counter for "items" as for a face.
    return dict(Counter(face for line, face in faces if start <= line <= stop))
