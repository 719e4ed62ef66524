"""Every line of a clinic's article became a claim, a part, or was left out with a reason."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from explainer.files.collection import TRACE, Collection, read_collection
from explainer.files.frontmatter import MAX_BYTES
from explainer.files.provenance import HEADER, Outcome, check_traces, read_rows
from tests.files.folders import fill, said

CONTENT = Path(settings.CONTENT_DIR)
SEEDS = {
    "clinic-msc-a": "000_7d3c4c7f64a1ae6a.txt",
    "clinic-msc-b": "001_f93e7186321f9b4c.txt",
    "clinic-meso-a": "002_71d222b33fea827c.txt",
    "clinic-meso-b": "003_ad582b80619e0f75.txt",
}
SHARED = CONTENT.resolve().parents[1] / "shared" / "seeds"


@cache
def content() -> Collection:
    """Read the content that ships once: each trace is judged against it."""
    return read_collection(CONTENT)[0]


def told(folder: Path, *rows: str, name: str = "clinic-msc-a.tsv", header: str = HEADER) -> str:
    fill(folder, {f"{TRACE}/{name}": "\n".join([header, *rows]) + "\n"})
    return "\n".join(said(check_traces(folder, content())))


def test_a_whole_trace_has_nothing_to_tell(tmp_path: Path) -> None:
    rows = ("1\tclaim\tmsc-therapy/long-lasting\t", "2\tempty\t\t", "3\tleft-out\t\tpraise")

    assert told(tmp_path, *rows) == ""


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2\tempty\t\t", "Line 2 follows line 0"),
        ("1\tempty", "has 2 cells"),
        ("one\tempty\t\t", "'one' is not a line number"),
        (f"{'9' * 5_000}\tempty\t\t", f"'{'9' * 20}' is not a line number"),
        ("1\tclaims\t\t", "Did you mean 'claim'"),
        ("1\tclaim\t\t", "names no claim"),
        ("1\tleft-out\t\t", "gives no reason"),
        ("1\tclaim\tmsc-therapy/long-lastin\t", "Did you mean 'msc-therapy/long-lasting'"),
        ("1\tclaim\tmesotherapy/scalp-abscess\t", "'clinic-msc-a' takes no position"),
        ("1\tguidance\tmsc-therapy/safty\t", "Did you mean 'msc-therapy/safety'"),
        ("1\tbackground\tglossary/nothing\t", "There is no text"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    found = told(tmp_path, row)

    assert message in found
    assert f"{TRACE}/clinic-msc-a.tsv:2" in found


def test_a_wrong_header_and_a_trace_of_no_source_are_told(tmp_path: Path) -> None:
    assert "first line is not" in told(tmp_path, header="line;part")
    assert "is not <source>.tsv" in told(tmp_path, name="somebody.tsv")


UNREADABLE = {
    "a folder": (lambda path: path.mkdir(), "This folder is not looked into"),
    "a link": (lambda path: path.symlink_to("/etc/hostname"), "This is a link"),
    "a pipe": (os.mkfifo, "This is not an ordinary file"),
    "a monster": (lambda path: path.write_bytes(b"x" * (MAX_BYTES + 1)), "more than 100000 bytes"),
}


@pytest.mark.parametrize(("make", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_readable_trace_is_a_finding(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    (tmp_path / TRACE).mkdir()
    make(tmp_path / TRACE / "clinic-msc-a.tsv")

    found = said(check_traces(tmp_path, content()))

    assert [message in line for line in found] == [True], found
    assert found[0].startswith(f"{TRACE}/clinic-msc-a.tsv:1: ")


def test_a_trace_without_rights_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    content()
    # Whoever runs the tests may be allowed to read every file.
    fill(tmp_path, {f"{TRACE}/clinic-msc-a.tsv": HEADER})
    for name, place in (("open", f"{TRACE}/clinic-msc-a.tsv"), ("iterdir", TRACE)):
        with monkeypatch.context() as patch:
            patch.setattr(Path, name, refuses)
            found = said(check_traces(tmp_path, content()))
        assert [line.startswith(f"{place}:1: ") for line in found] == [True], found
        assert "cannot be read (Permission denied)" in found[0]


def test_a_folder_may_have_no_traces(tmp_path: Path) -> None:
    assert list(check_traces(tmp_path, content())) == []


@pytest.mark.parametrize("source", SEEDS)
def test_each_seed_is_traced_to_claims_parts_and_reasons(source: str) -> None:
    rows, problems = read_rows((CONTENT / TRACE / f"{source}.tsv").read_text())

    outcomes = {row.outcome for _, row in rows}
    assert problems == []
    assert {Outcome.CLAIM, Outcome.LEFT_OUT} <= outcomes
    assert len({row.line for _, row in rows}) > 50


@pytest.mark.parametrize(("source", "seed"), SEEDS.items())
def test_each_line_of_a_seed_has_a_row(source: str, seed: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("The seed articles are not at hand.")
    rows, _ = read_rows((CONTENT / TRACE / f"{source}.tsv").read_text())
    lines = (SHARED / seed).read_text().split("\n")

    traced = {row.line for _, row in rows if row.outcome is not Outcome.EMPTY}
    written = {number for number, line in enumerate(lines, start=1) if line.strip()}

    assert written <= traced
    assert len(written) >= 40
