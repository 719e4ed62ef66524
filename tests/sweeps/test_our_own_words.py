"""No run of eight words of content/ stands in a seed article or an evidence dossier."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

CONTENT = Path(settings.CONTENT_DIR)
SHARED = CONTENT.resolve().parents[1] / "shared"
RUN = 8
BIBLIOGRAPHY = re.compile(r"^(?:title|authors|publisher|url|doi):.*$", re.M)
ADDRESS = re.compile(r"https?://\S+|\]\([^)]*\)")
WORD = re.compile(r"[a-z0-9]+")


def runs(text: str) -> Iterator[str]:
    words = WORD.findall(ADDRESS.sub(" ", text.lower()))
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def ours(path: Path) -> str:
    """Give the words of a file that are ours: a source's title and names are not."""
    text = path.read_text()
    return BIBLIOGRAPHY.sub("", text) if path.parent.name == "sources" else text


def test_no_sentence_is_copied() -> None:
    if not SHARED.is_dir():
        pytest.skip("The seed articles and dossiers are not at hand.")
    theirs = {
        run
        for path in (*SHARED.glob("seeds/*.txt"), *SHARED.glob("evidence/*.md"))
        for run in runs(path.read_text())
    }

    files = [path for path in CONTENT.rglob("*") if path.is_file()]
    copied = {
        f"{path.relative_to(CONTENT)}: {run}"
        for path in files
        for run in runs(ours(path))
        if run in theirs
    }

    assert len(files) > 500
    assert len(theirs) > 20_000
    assert copied == set()
