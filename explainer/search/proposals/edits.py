"""What is put into a text so that a sentence belongs to something: one place, and its new words.

Blocks stand on lines of their own, so a sentence in a paragraph is cut out of it; of a list or a
table all goes into one block, or nothing.
"""

import re
from dataclasses import dataclass, replace

from explainer.search.proposals.sentences import PARAGRAPH, Sentence

_FENCE = re.compile(r"^:::.*$", re.MULTILINE)
_MARKER = re.compile(r"\s*(?:[-*+]|\d+[.)])?\s*")
FENCE = ":::"
_REPORTED = f"{FENCE} reported "


@dataclass(frozen=True, slots=True)
class Edit:
    """The words that stand from `start` to `end` of the text instead; `caret` is counted in them.

    `was` are the words there now, so that nothing else is overwritten.
    """

    start: int
    end: int
    was: str
    words: str
    caret: int

    def done(self, text: str) -> str:
        """Give the text with the edit done; the same text if other words stand there by now."""
        if text[self.start : self.end] != self.was:
            return text
        return text[: self.start] + self.words + text[self.end :]


def print_claim(text: str, sentence: Sentence, key: str) -> Edit:
    """Put the claim's own statement where the sentence stands."""
    return _edit(text, sentence.start, sentence.end, f"[](claim:{key})")


def bracket(text: str, sentence: Sentence, target: str) -> Edit | None:
    """Put the sentence into a mark's brackets; None if it holds brackets or half an emphasis."""
    words = text[sentence.start : sentence.end]
    if set("[]") & set(words) or any(words.count(sign) % 2 for sign in "*`"):
        return None
    return _edit(text, sentence.start, sentence.end, f"[{words}]({target})")


def as_heading(text: str, sentence: Sentence) -> Edit:
    """Make a heading of a paragraph."""
    unit = sentence.unit
    words = " ".join(text[unit.start : unit.end].split())
    return _apart(text, unit.start, unit.end, [f"## {words}"])


def enclose(text: str, sentence: Sentence, head: str, *, whole: bool) -> Edit | None:
    """Put a sentence, or the whole unit it stands in, into a block; None if that cannot be.

    It goes on with the block before it, if that is of the same kind and nothing stands between.
    """
    unit = sentence.unit
    if not unit.shape or not (whole or unit.shape == PARAGRAPH):
        return None
    start, end = (unit.start, unit.end) if whole else (sentence.start, sentence.end)
    left, right = text[unit.start : start].strip(), text[end : unit.end].strip()
    own = text[start:end].strip()
    before = _closing(text[: unit.start], head) if not left else -1
    if before >= 0:
        pause = "" if right and unit.shape == PARAGRAPH else "\n"
        edit = _apart(text, before, unit.end, [f"{pause}{own}\n{FENCE}", right], lead=False)
    else:
        block = f"{FENCE} {head}\n{own}\n{FENCE}"
        edit = _apart(text, unit.start, unit.end, [left, block, right])
    # What is left of the paragraph comes next.
    is_open = f"{FENCE} {head}" == _REPORTED
    return replace(edit, caret=edit.words.rindex(right)) if right and not is_open else edit


def take_out(text: str, sentence: Sentence) -> Edit:
    """Take a sentence out, and the line that nothing but it stood on."""
    start, end = sentence.start, sentence.end
    line = text.rfind("\n", 0, start) + 1
    row, rest = text[line:start], text[end:].split("\n", 1)[0]
    if rest.strip() or not _MARKER.fullmatch(row):
        end += len(rest) - len(rest.lstrip())
        return _edit(text, start if rest.strip() else len(text[:start].rstrip()), end, "")
    end = min(end + len(rest) + 1, len(text))
    if text[:line].endswith("\n\n") or not line:
        end += len(text[end:]) - len(text[end:].lstrip("\n"))
    return _edit(text, line, end, "")


def _closing(before: str, head: str) -> int:
    """Give where the fence stands that closes a block of this head right before; -1 for none."""
    fences = [*_FENCE.finditer(before)]
    if len(fences) < 2 or before[fences[-1].end() :].strip():
        return -1
    opened, closed = (fence[0].strip() for fence in fences[-2:])
    return fences[-1].start() if (opened, closed) == (f"{FENCE} {head}", FENCE) else -1


def _apart(text: str, start: int, end: int, pieces: list[str], *, lead: bool = True) -> Edit:
    """Put pieces on lines of their own, with an empty line around each."""
    words = "\n\n".join(filter(None, pieces))
    before, after = text[:start], text[end:]
    if lead and before.strip() and not before.endswith("\n\n"):
        words = f"\n{words}"
    if after.strip() and not after.startswith("\n\n"):
        words = f"{words}\n"
    return _edit(text, start, end, words)


def _edit(text: str, start: int, end: int, words: str) -> Edit:
    # Whoever is to write a source's key finds the cursor there.
    open_head = re.search(rf"^{_REPORTED}$", words, re.MULTILINE)
    return Edit(start, end, text[start:end], words, open_head.end() if open_head else len(words))
