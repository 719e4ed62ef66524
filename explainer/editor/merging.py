"""The texts that two people changed, by paragraph: as the page asks, and as its answer decides.

The answer names what both began from and what it was set beside; the paragraphs are found anew in
those saves, so that nothing but choices and one's own text has to be posted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict

from explainer.editor.fields import LinesField, TextField
from explainer.editor.forms import DocumentForm
from explainer.kinds import paragraphs
from explainer.kinds.diff import Piece, PieceKind, word_diff
from explainer.kinds.paragraphs import Choice, Passage
from explainer.kinds.schema import Fields
from explainer.library.models import Document

FROM = "merge-from"
"""What both began from, as number and save; its being there says that a page was answered."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as the page asks about it; several that are the same are one, to be folded."""

    place: int
    name: str
    passage: Passage
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.passage.mine)

    @property
    def is_open(self) -> bool:
        return self.passage.first is Choice.BOTH


def is_text(form: DocumentForm, name: str) -> bool:
    return isinstance(form.fields.get(name), TextField)


def shown(form: DocumentForm, name: str, base: object, mine: object, theirs: object) -> list[Shown]:
    """Set both texts of a field beside each other, with what differs marked in each."""
    found = enumerate(_passages(form, name, base, mine, theirs))
    result = []
    for same, group in groupby(found, key=lambda pair: pair[1].is_same):
        pairs = list(group)
        if same:
            words = tuple(part for _, each in pairs for part in each.mine)
            pairs = [(pairs[0][0], Passage(words, words, words))]
        result += [_shown(name, place, passage) for place, passage in pairs]
    return result


def _shown(name: str, place: int, passage: Passage) -> Shown:
    pieces = word_diff("\n\n".join(passage.theirs), "\n\n".join(passage.mine))
    mine = tuple(piece for piece in pieces if piece.kind is not PieceKind.GONE)
    # On their side what is not in mine is what is marked.
    theirs = tuple(
        Piece(PieceKind.NEW, piece.text) if piece.kind is PieceKind.GONE else piece
        for piece in pieces
        if piece.kind is not PieceKind.NEW
    )
    return Shown(place, f"merge-{name}-{place}", passage, mine, theirs)


def decided(form: DocumentForm, document: Document, post: QueryDict) -> QueryDict:
    """Give an answer with the texts that its choices make; any other post as it is."""
    if FROM not in post:
        return post
    data = post.copy()
    base = _saved(document, post.get(FROM, ""))
    theirs = _saved(document, f"{post.get('number', '')}.{post.get('base', '')}")
    if theirs is None:
        return data
    for name in (name for name in form.fields if is_text(form, name)):
        # What an answer does not say stays as the page began: nothing is dropped by leaving it out.
        if any(key.startswith(f"merge-{name}-") for key in post):
            started = None if base is None else base.get(name)
            found = _passages(form, name, started, post.get(name, ""), theirs.get(name))
            parts = paragraphs.merged(found, dict(_choices(post, name)))
            data[name] = _join(form, name, parts)
    return data


def _passages(
    form: DocumentForm, name: str, base: object, mine: object, theirs: object
) -> list[Passage]:
    field, lines = form.fields[name], isinstance(form.fields[name], LinesField)
    texts = (None if it is None else str(field.prepare_value(it)) for it in (base, mine, theirs))
    started, *both = (
        None if it is None else paragraphs.cut(it.replace("\r\n", "\n"), lines=lines)
        for it in texts
    )
    return paragraphs.passages(started, *(it or [] for it in both))


def _join(form: DocumentForm, name: str, parts: list[str]) -> str:
    field = form.fields[name]
    if isinstance(field, LinesField) or field.widget.__class__.__name__ != "TextInput":
        return paragraphs.join(parts, lines=isinstance(field, LinesField))
    # One line has room for both, and a check that says so.
    return " ".join(parts)


def _choices(post: QueryDict, name: str) -> Iterator[tuple[int, Choice]]:
    for key, value in post.items():
        place = re.fullmatch(rf"merge-{name}-([0-9]{{1,6}})", key)
        if place and value in list(Choice):
            yield int(place[1]), Choice(str(value))


def _saved(document: Document, token: str) -> Fields | None:
    place = re.fullmatch(r"([0-9]{1,9})\.([0-9]{1,9})", token)
    if place is None:
        return None
    saves = document.saves.filter(number=int(place[1]), lock_version=int(place[2]))
    return saves.values_list("fields", flat=True).first()
