"""What a reviewer has to read of a page: what is new first, each with its box, the rest folded.

What readers see already folds only beside what changed. In a second look at public words nothing
did, and all of them are asked about: then nothing folds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explainer.editor.impact import Impact
from explainer.review.reading import Bracket, Sentence, Texts, brackets, without_label
from explainer.review.remarks import Boxes, Change

CLOSED = Boxes(None, are_open=False)
AS_IT_WAS = "{part}, as it was"
"""What a remark on one of the folded sentences of a part is said to be about."""


def reading_list(
    subject: str, texts: Texts, before: Texts | None = None, boxes: Boxes = CLOSED
) -> dict[str, Any]:
    """Give the words of a page that a person has to read, beside what readers see `before`.

    `before` is None where nothing is compared, so that nothing is new and nothing folds.
    """
    pairs = list(_pairs(subject, texts, before, boxes))
    same_pairs = [(it, box, False) for it, box, _, folds in pairs if folds]
    bare, folded = _bare(subject, texts, before, boxes)
    same = [
        (part, found, boxes.at(subject, found[0].field, AS_IT_WAS.format(part=part)))
        for part, found in folded.items()
    ]
    return {
        "brackets": [(it, box, is_new) for it, box, is_new, folds in pairs if not folds],
        "same_brackets": same_pairs,
        "same_labels": dict(Counter(it.label.word for it, *_ in same_pairs)),
        "unlabelled": list(bare.items()),
        "same": same,
        "same_parts": {part: len(found) for part, found in folded.items()},
        "number_same": sum(map(len, folded.values())),
        "remarked": any(box.get("text") for *_, box in same),
    }


def _pairs(
    subject: str, texts: Texts, before: Texts | None, boxes: Boxes
) -> Iterator[tuple[Bracket, dict[str, str], bool, bool]]:
    """Give words beside a claim's, with their box, whether they are new and whether they fold."""
    known = {(it.claim, it.words, it.statement, it.label) for it in brackets(before or {})}
    for it in brackets(texts):
        box, is_same = boxes.at(subject, it.field, it.words), before is not None
        is_same = is_same and (it.claim, it.words, it.statement, it.label) in known
        yield it, box, before is not None and not is_same, is_same and not box.get("text")


Shown = Mapping[str, Sequence[tuple[Sentence, dict[str, str], bool]]]


def _bare(
    subject: str, texts: Texts, before: Texts | None, boxes: Boxes
) -> tuple[Shown, Mapping[str, Sequence[Sentence]]]:
    """Give the sentences without a label that stay in sight, and those that fold, by part."""
    known = {(it.part, it.words) for it in without_label(before or {})}
    shown, folded = defaultdict(list), defaultdict(list)
    for it in without_label(texts):
        is_same = before is not None and (it.part, it.words) in known
        # What somebody typed is found again, though the words may be public by now.
        typed = is_same and boxes.typed and boxes.at(subject, it.field, it.words)["text"]
        if is_same and not typed:
            folded[it.part].append(it)
        else:
            box = boxes.at(subject, it.field, it.words)
            shown[it.part].append((it, box, before is not None and not is_same))
    return shown, folded


def glance(
    changes: Sequence[Change], words: Mapping[str, Any], impact: Impact, way: str
) -> Iterator[tuple[str, str]]:
    """Say in a line each what there is to read, with the part of the page that has it."""
    new = sum(is_new for _, found in words["unlabelled"] for *_, is_new in found)
    pairs = sum(is_new for *_, is_new in words["brackets"])
    same = words["number_same"]
    fields = ", ".join(change.label for change in changes)
    yield "fields", f"Differs from what is public: {fields or 'no word'}."
    if pairs:
        yield "brackets", f"New words beside a claim’s: {pairs}."
    if new or same:
        yield "unlabelled", f"Sentences without a label: {new} new, {same} as readers see them."
    if way:
        yield "words", f"Where readers will find it: {way}"
    yield "changes", f"Pages that would read differently: {len(impact.pages)}."
