"""The trace: which claim or part each line of a clinic's article became.

One file `trace/<source>.tsv` for each article, with our own words only: line
number, part, keys, note. It is checked, not loaded: readers never see it. What
was left out, and why, stands in its `left-out` rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from explainer.evidence.problems import Problem, did_you_mean
from explainer.library.content import Content
from explainer.library.folder import TRACE
from explainer.library.records import Finding

SUFFIX = ".tsv"
HEADER = "line\tpart\tkeys\tnote"


class Outcome(StrEnum):
    """What a line of a seed article can become."""

    CLAIM = "claim"
    PRACTICE = "practice"
    GUIDANCE = "guidance"
    BACKGROUND = "background"
    HEADING = "heading"
    LEFT_OUT = "left-out"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a trace: a line of the article and one thing it became."""

    line: int
    outcome: Outcome
    keys: tuple[str, ...]
    note: str


def check_traces(folder: Path, content: Content) -> Iterator[Finding]:
    """Check every trace of a content folder against its content.

    Finds rows that cannot be read, lines without a row, keys that do not exist,
    and claims in which the traced source takes no position.
    """
    for path in sorted((folder / TRACE).glob("*")):
        name = f"{TRACE}/{path.name}"
        if path.suffix != SUFFIX or path.is_symlink() or path.stem not in content.sources:
            message = f"'{path.name}' is not <source>{SUFFIX} of a source in sources/. Rename it."
            yield Finding(name, Problem(message, 1))
            continue
        for problem in _check_trace(path.read_text(errors="replace"), path.stem, content):
            yield Finding(name, problem)


def read_rows(text: str) -> tuple[list[tuple[int, Row]], list[Problem]]:
    """Read the rows of a trace with their line numbers in the file."""
    first, *lines = text.removesuffix("\n").split("\n")
    problems = []
    if first != HEADER:
        problems.append(Problem(f"The first line is not '{HEADER}' with tabs between.", 1))
    rows = []
    for number, line in enumerate(lines, start=2):
        row = _row(line)
        if isinstance(row, Row):
            rows.append((number, row))
        else:
            problems.append(Problem(row, number))
    return rows, problems


def _row(line: str) -> Row | str:
    cells = line.split("\t")
    if len(cells) != 4:
        return f"The row has {len(cells)} cells; line, part, keys and note are wanted."
    number, part, keys, note = cells
    if not number.isdecimal():
        return f"'{number}' is not a line number."
    if part not in list(Outcome):
        return f"'{part}' is not a part.{did_you_mean(part, Outcome)}"
    return Row(int(number), Outcome(part), tuple(keys.split()), note.strip())


def _check_trace(text: str, source: str, content: Content) -> Iterator[Problem]:
    rows, problems = read_rows(text)
    yield from problems
    reached = 0
    for number, row in rows:
        if row.line not in (reached, reached + 1):
            message = f"Line {row.line} follows line {reached}: each line needs a row, in order."
            yield Problem(message, number)
        reached = row.line
        yield from (Problem(message, number) for message in _check_row(row, source, content))


def _check_row(row: Row, source: str, content: Content) -> Iterator[str]:
    if row.outcome is Outcome.CLAIM and not row.keys:
        yield "A 'claim' row names no claim. Add the keys."
    if row.outcome is Outcome.LEFT_OUT and not row.note:
        yield "A 'left-out' row gives no reason. Write it in the note."
    for key in row.keys:
        if row.outcome is Outcome.CLAIM:
            yield from _check_claim(key, source, content)
        elif key not in content.texts and not _is_term(key, content):
            yield f"There is no text '{key}'.{did_you_mean(key, content.texts)}"


def _check_claim(key: str, source: str, content: Content) -> Iterator[str]:
    record = content.claims.get(key)
    if record is None:
        yield f"There is no claim '{key}'.{did_you_mean(key, content.claims)}"
    elif source not in {position.source.key for position in record.claim.positions}:
        yield f"'{source}' takes no position in the claim '{key}'. Add it there."


def _is_term(key: str, content: Content) -> bool:
    part, _, term = key.partition("/")
    return part == "glossary" and term in content.glossary
