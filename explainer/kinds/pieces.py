"""An explained text cut at its headings, whole: no word is lost and none is written anew."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from explainer.evidence.pipeline import Explanation, Heading
from explainer.text.markdown import MAX_LINES
from explainer.text.problems import Problem
from explainer.text.visible import visible_text
from explainer.text.words import count_words


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading with what stands under it: the HTML and the author's words in it.

    `title` is the heading's visible text, `whole` the HTML with the heading.
    """

    heading: Heading
    title: str
    html: str
    words: int
    whole: str


def starts_of(explanation: Explanation) -> list[int]:
    """Give the place of each heading in the HTML."""
    found, at = list[int](), 0
    for heading in explanation.headings:
        # No text can imitate a heading's tag, and they stand in order, so each is found once.
        name = f' id="{heading.id}"' if heading.id else ""
        at = explanation.html.index(f"<h{heading.level}{name}>", at)
        found.append(at)
        at += 1
    return found


def branches(pieces: Sequence[Piece], level: int) -> Iterator[tuple[Piece, list[Piece]]]:
    """Give each piece of a level with the pieces that follow up to the next of that level."""
    starts = [at for at, piece in enumerate(pieces) if piece.heading.level == level]
    for start, end in pairwise((*starts, len(pieces))):
        yield pieces[start], list(pieces[start + 1 : end])


def cut(explanation: Explanation) -> Iterator[Piece]:
    """Give what stands before the first heading, under a heading of level 0, then each heading."""
    html, headings = explanation.html, explanation.headings
    starts = starts_of(explanation)
    headings = (Heading(0, "", "", 0), *headings, Heading(0, "", "", MAX_LINES + 1))
    places = zip(headings, (0, *starts, len(html)), strict=True)
    counts = sorted((block.line, count_words(block.text)) for block in explanation.blocks)
    lines = [line for line, _ in counts]
    for (heading, start), (following, end) in pairwise(places):
        whole = html[start:end]
        title, _, under = whole.rpartition(f"</h{heading.level}>")
        first, last = bisect_right(lines, heading.line), bisect_left(lines, following.line)
        # Titles of boxes, lists of sources and labels are the site's words, and no block's.
        words = sum(number for _, number in counts[first:last])
        yield Piece(heading, visible_text(title), under.strip(), words, whole)


def split_boxes(pieces: Sequence[Piece]) -> Iterator[Problem]:
    """Find boxes and lists that a cut would part, and a first heading inside one."""
    if pieces and pieces[0].heading.boxed:
        message = "The first heading stands inside a box or a list. Close it before."
        params = {"heading": pieces[0].title}
        yield Problem("heading-in-box", message, pieces[0].heading.line, params=params)
    for piece, following in pairwise(pieces):
        if following.heading.boxed:
            message = f"A box or list under '{piece.title}' goes on over the next heading."
            message += " Close it before, and open it again after."
            params = {"heading": piece.title}
            yield Problem("box-over-heading", message, piece.heading.line, params=params)
