"""What is proposed for a sentence that belongs to nothing: claims, blocks, and the edit of each.

The rules of what may stand where are those of `evidence.lint`; here they are asked before a
sentence is moved, so that what is offered will pass, and what is refused is told with its reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.evidence.dialect import PartKind
from explainer.evidence.lint.contracts import Surroundings, check_part
from explainer.evidence.lint.headings import check_heading, check_matter
from explainer.kinds import ARTICLE
from explainer.search.index import Index
from explainer.search.proposals import edits
from explainer.search.proposals.edits import Edit
from explainer.search.proposals.nearest import Drafts, Near, nearest
from explainer.search.proposals.sentence_form import instructs, is_line
from explainer.search.proposals.sentences import PARAGRAPH, TABLE, Sentence, Unit
from explainer.text import matching
from explainer.text.readability import sentences

CLOSE = 60
"""Similarity from which on a claim may stand before what else a sentence may be.

Judged by hand for 118 sentences of an aftercare text and of clinics' pages: of the claims that came
first, 8 of 27 below it said the same, and 40 of 52 above.
"""
_SOURCE = re.compile(r"source:([a-z0-9-]+)|^::: reported ([a-z0-9-]+)", re.MULTILINE)
BLOCKS = {
    PartKind.GUIDANCE: ("advice", "what the reader can do or ask"),
    PartKind.BACKGROUND: ("background", "bodies, illnesses, research, words"),
    PartKind.REPORTED: ("a report", "what somebody does or says"),
}
UNPLACED = "Its words could not be found as they were typed. Mark it in the text by hand."
IN_SHAPE = "It stands in a {shape}, which goes into one block as a whole, and not all of it fits."
NOT_APART = "It stands inside a quotation or a block. Take it out first."
IN_CELL = "A cell of a table is no whole statement. Say it in a sentence of its own."
AS_LINE = "A heading or a line without a full stop is no whole statement."


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do with a sentence: `edit` does it, or `refused` says why it cannot be done.

    `name` is what scripts and forms call it, and tells one from another within a proposal; `adds`
    is a claim's key and the words that become its wording when the text is saved.
    """

    name: str
    words: str
    edit: Edit | None = None
    refused: str = ""
    adds: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A claim that is near, and what can be done with it.

    Only where `fits` holds does it stand before what else the sentence may be.
    """

    near: Near
    actions: tuple[Action, ...]
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence with all that is proposed for it; `best` names the action in front, or nothing.

    `source` is the key that the text names last before it; `topic` that of the nearest claim, and
    `treatment` what the page is about.
    """

    sentence: Sentence
    choices: tuple[Choice, ...]
    actions: tuple[Action, ...]
    best: str
    source: str
    topic: str
    treatment: str

    @property
    def is_block_first(self) -> bool:
        """Say if what else the sentence may be stands before all claims."""
        own = {action.name for action in self.actions}
        return self.best in own or not any(choice.fits for choice in self.choices)

    def action(self, name: str) -> Action | None:
        own = (*(one for choice in self.choices for one in choice.actions), *self.actions)
        return next((one for one in own if one.name == name), None)


def treatment_of(article: str, words: str, index: Index) -> str:
    """Give the treatment that a page is about: by its key, or the only one that its words name."""
    named = matching.named(index.book, words)
    return ARTICLE.treatment(article) or (min(named) if len(named) == 1 else "")


def propose(
    text: str, sentence: Sentence, article: str, treatment: str, index: Index, drafts: Drafts
) -> Proposal:
    """Propose for one sentence of a page's text; `article` is the page's key."""
    near = nearest(sentence.words, treatment, index, drafts)
    source = _source_before(text, sentence)
    if not sentence.is_placed:
        refused = Action("none", "Nothing", refused=UNPLACED)
        bare = tuple(Choice(one, ()) for one in near)
        return Proposal(sentence, bare, (refused,), "", "", "", treatment)
    around = Surroundings(index.names, ARTICLE.about(article))
    choices = tuple(_choice(text, sentence, one) for one in near)
    blocks = _blocks(text, sentence, around, source)
    out = Action("out", "Take it out of the text", edits.take_out(text, sentence))
    actions = (*_headings(text, sentence), *blocks, out)
    topic = near[0].topic if near else ""
    best = _best(sentence, choices, actions)
    return Proposal(sentence, choices, actions, best, source, topic, treatment)


def _choice(text: str, sentence: Sentence, near: Near) -> Choice:
    is_alone = is_line(text, sentence)
    fits = near.is_same or (near.similarity >= CLOSE and not is_alone)
    shape = IN_CELL if sentence.unit.shape == TABLE else AS_LINE if is_alone else ""
    return Choice(near, tuple(_of_claim(text, sentence, near, shape)), fits)


def _of_claim(text: str, sentence: Sentence, near: Near, shape: str) -> Iterator[Action]:
    key = near.key
    if near.is_statement:
        yield Action(
            f"same {key}", "The same words: mark it", edits.print_claim(text, sentence, key)
        )
        return
    marked = edits.bracket(text, sentence, f"claim:{key}")
    if near.is_same and marked:
        yield Action(f"same {key}", "The same words: mark it", marked)
        return
    yield Action(
        f"claim {key}", "Say it in the claim’s words", edits.print_claim(text, sentence, key)
    )
    marks = "" if marked else "It holds a link or other marks. Take them out first."
    refused = shape or near.unfit or marks
    adds = "" if refused else f"{key} {sentence.words}"
    words = "Keep my words: add as wording"
    yield Action(f"wording {key}", words, None if refused else marked, refused, adds)


def _headings(text: str, sentence: Sentence) -> Iterator[Action]:
    words = sentence.words
    if is_line(text, sentence) and not (check_heading(words) or check_matter(words)):
        yield Action("heading", "A heading", edits.as_heading(text, sentence))


def _blocks(text: str, sentence: Sentence, around: Surroundings, source: str) -> Iterator[Action]:
    """Give the blocks for all of a unit where all fits, and for the sentence alone.

    What is advice by its form is offered as no background.
    """
    is_advice = instructs(sentence.words)
    for kind, (name, what) in BLOCKS.items():
        if kind is PartKind.BACKGROUND and is_advice:
            continue
        head = f"{kind} {source}" if kind is PartKind.REPORTED else str(kind)
        own = list(_block(text, sentence, kind, head, around, (name, what)))
        is_advice = is_advice or any(action.edit for action in own)
        yield from own


def _block(
    text: str,
    sentence: Sentence,
    kind: PartKind,
    head: str,
    around: Surroundings,
    told: tuple[str, str],
) -> Iterator[Action]:
    unit, (name, what) = sentence.unit, told
    rest = any(" ".join(words.split()) != sentence.words for _, words, _ in unit.paragraphs)
    # A mark that prints a claim has no words of its own here, and belongs into no block.
    has_more = rest or not unit.is_free
    whole = None
    may_whole = unit.is_free and (kind is not PartKind.BACKGROUND or _may_be_background(unit))
    if has_more and may_whole and not _refusal(kind, unit.paragraphs, around):
        whole = edits.enclose(text, sentence, head, whole=True)
    if whole:
        yield Action(f"all-{kind}", f"All of this {unit.shape} is {name}", whole)
    refused = _refusal(kind, [(sentence.line, sentence.words, False)], around)
    edit = None if refused else _alone(text, sentence, kind, head, has_more=has_more)
    if edit or not whole:
        shape = IN_SHAPE.format(shape=unit.shape) if unit.shape else NOT_APART
        yield Action(str(kind), f"It is {name}: {what}", edit, "" if edit else refused or shape)


def _may_be_background(unit: Unit) -> bool:
    """Say if a whole unit may: a table's cells are too short for the rules, and advice is none."""
    said = (one for _, words, _ in unit.paragraphs for one in sentences(words))
    advice = (one for one in said if not one.endswith("?") and _is_advice(one))
    return unit.shape != TABLE and next(advice, None) is None


def _is_advice(words: str) -> bool:
    return not _refusal(PartKind.GUIDANCE, [(1, words, False)], Surroundings())


def _alone(
    text: str, sentence: Sentence, kind: PartKind, head: str, *, has_more: bool
) -> Edit | None:
    if kind is PartKind.BACKGROUND and (has_more or sentence.unit.shape != PARAGRAPH):
        # The one part that a sentence can be without a block of its own.
        return edits.bracket(text, sentence, "background:")
    return edits.enclose(text, sentence, head, whole=not has_more)


def _refusal(
    kind: PartKind, paragraphs: Sequence[tuple[int, str, bool]], around: Surroundings
) -> str:
    return next((it.message for it in check_part(kind, paragraphs, around) if it.is_error), "")


def _source_before(text: str, sentence: Sentence) -> str:
    """Give the source that the text names last before a sentence, or in its paragraph."""
    found = _SOURCE.findall(text[: max(sentence.unit.end, 0)])
    return next((mark or block for mark, block in reversed(found)), "")


def _best(sentence: Sentence, choices: Sequence[Choice], actions: Sequence[Action]) -> str:
    """Name what may be taken with one key: never what only might be right.

    Equal words, a heading, what begins as an instruction does, a claim that is near with nothing
    to mind. Background never is: to what it says no form belongs.
    """
    offered = {action.name for action in actions if action.edit}
    same = [one.name for choice in choices for one in choice.actions if choice.near.is_same]
    near = [
        choice.actions[0].name
        for choice in choices[:1]
        if choice.fits and not choice.near.notes and choice.actions
    ]
    guidance = [n for n in (f"all-{PartKind.GUIDANCE}", str(PartKind.GUIDANCE)) if n in offered]
    wanted = [*same, *(["heading"] if "heading" in offered else [])]
    wanted += guidance if instructs(sentence.words) else []
    wanted += near if sentence.unit.shape != TABLE else []
    return wanted[0] if wanted else ""
