"""The trace: which claim or part each line of a clinic's article became.

One file `trace/<source>.tsv` for each article, with our own words only. It is checked, not loaded:
readers never see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from explainer.files.collection import (
    TRACE,
    Collection,
    Finding,
    not_ordinary,
    printable,
    read_bytes,
)
from explainer.files.frontmatter import MAX_BYTES
from explainer.kinds import CLAIM, SOURCE
from explainer.text.problems import Problem, did_you_mean

SUFFIX = ".tsv"
HEADER = "line\tpart\tkeys\tnote"


class Outcome(StrEnum):
    """What a line of a clinic's article can become."""

    CLAIM = "claim"
    REPORTED = "reported"
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


def check_traces(folder: Path, collection: Collection) -> Iterator[Finding]:
    """Check every trace of a content folder against its content."""
    try:
        for path in sorted((folder / TRACE).iterdir()):
            for problem in _check_file(path, collection):
                yield Finding(f"{TRACE}/{printable(path.name)}", problem)
    except FileNotFoundError:
        return  # Notes may be left out.
    except OSError as error:
        message = f"The notes cannot be read ({error.strerror}). Put files of rows there."
        yield Finding(TRACE, Problem("unreadable-folder", message))


def read_rows(text: str) -> tuple[list[tuple[int, Row]], list[Problem]]:
    first, *lines = text.removesuffix("\n").split("\n")
    problems = []
    if first != HEADER:
        message = f"The first line is not '{HEADER}' with tabs between."
        problems.append(Problem("trace-header", message, 1))
    rows = []
    for number, line in enumerate(lines, start=2):
        row = _row(line)
        if isinstance(row, Row):
            rows.append((number, row))
        else:
            problems.append(Problem("trace-row", row, number))
    return rows, problems


def _check_file(path: Path, collection: Collection) -> Iterator[Problem]:
    if path.suffix != SUFFIX or path.stem not in collection.of(SOURCE):
        name = printable(path.name)
        message = f"'{name}' is not <source>{SUFFIX} of a source in sources/. Rename it."
        yield Problem("file-misplaced", message, 1)
        return
    data = not_ordinary(path) or read_bytes(path)
    if isinstance(data, str):
        yield Problem("unreadable-file", data, 1)
    elif len(data) > MAX_BYTES:
        message = f"The file has more than {MAX_BYTES} bytes. Shorten its notes."
        yield Problem("unreadable-file", message, 1)
    else:
        yield from _check_trace(data.decode(errors="replace"), path.stem, collection)


def _row(line: str) -> Row | str:
    cells = line.split("\t")
    if len(cells) != 4:
        return f"The row has {len(cells)} cells; line, part, keys and note are wanted."
    number, part, keys, note = cells
    if not number.isdecimal() or len(number) > 6:
        return f"'{number[:20]}' is not a line number. Write digits, at most six."
    if part not in list(Outcome):
        return f"'{part}' is not a part.{did_you_mean(part, Outcome)}"
    return Row(int(number), Outcome(part), tuple(keys.split()), note.strip())


def _check_trace(text: str, source: str, collection: Collection) -> Iterator[Problem]:
    rows, problems = read_rows(text)
    yield from problems
    reached = 0
    for number, row in rows:
        if row.line not in (reached, reached + 1):
            message = f"Line {row.line} follows line {reached}: each line needs a row, in order."
            yield Problem("trace-order", message, number)
        reached = row.line
        for message in _check_row(row, source, collection):
            yield Problem("trace-row", message, number)


def _check_row(row: Row, source: str, collection: Collection) -> Iterator[str]:
    if row.outcome is Outcome.CLAIM and not row.keys:
        yield "A 'claim' row names no claim. Add the keys."
    if row.outcome is Outcome.LEFT_OUT and not row.note:
        yield "A 'left-out' row gives no reason. Write it in the note."
    for key in row.keys:
        if row.outcome is Outcome.CLAIM:
            yield from _check_claim(key, source, collection)
        elif key not in collection.pages and key not in collection.entries:
            yield f"There is no text '{key}'.{did_you_mean(key, collection.pages)}"


def _check_claim(key: str, source: str, collection: Collection) -> Iterator[str]:
    claims = collection.of(CLAIM)
    if key not in claims:
        yield f"There is no claim '{key}'.{did_you_mean(key, claims)}"
    elif source not in {p["source"] for p in claims[key].entry.fields["positions"]}:
        yield f"'{source}' takes no position in the claim '{key}'. Add it there."
