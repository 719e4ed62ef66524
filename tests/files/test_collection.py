"""A content folder: every file in its place, every key pointing somewhere."""

import os

import pytest
from django.urls import URLResolver

from explainer import urls as site
from explainer.files.check import check
from explainer.files.collection import misplaced, read_collection
from explainer.kinds.schema import KEY
from explainer.kinds.steps import CUT
from explainer.public import urls as reading
from tests.files.folders import NOTES, SMALL, TRIAL, fill, said


def findings(folder, files):
    return said(check(fill(folder, files)).found)


def test_a_right_folder_has_an_entry_for_each_file(tmp_path):
    collection, found = read_collection(fill(tmp_path, SMALL))

    assert found == ()
    assert sorted(file.path for file in collection.entries.values()) == sorted(SMALL)


def test_entries_become_what_the_evidence_core_needs(tmp_path):
    collection, _ = read_collection(fill(tmp_path, SMALL))

    claim = collection.context.claims["red-light/slows-loss"]
    assert [(p.source.key, p.product) for p in claim.positions] == [
        ("lamp-trial", "lamp"),
        ("lamp-shop", "lamp"),
    ]
    assert collection.pages["red-light"].entry.title == "Red light"
    assert {"Red light", "Laser cap"} <= set(collection.context.names)


MISPLACED = {
    "readme.md": "'readme.md' is not one of the content folders",
    "claim/red-light/x.md": "Did you mean 'claims'?",
    "claims/x.md": "Its place is claims/<treatment>/<name>.md",
    "sources/a/b.md": "Its place is sources/<key>.md",
    "sources/a.txt": "'a.txt' does not end with .md",
    "sources/.hidden.md": "'.hidden' is not a key",
    "sources/A Trial.md": "'A Trial' is not a key",
    "sources/a--b.md": "'a--b' is not a key",
    "sources/caf\u00e9.md": "is not a key",
    "articles/red-light/safty.md": "Did you mean 'safety'?",
    "pages/search.md": "an address the site uses itself",
    "treatments/claims.md": "an address the site uses itself",
    "treatments/home.md": "an address the site uses itself",
}


@pytest.mark.parametrize(("path", "words"), MISPLACED.items())
def test_a_misplaced_file_is_a_finding_at_its_path(tmp_path, path, words):
    found = findings(tmp_path, {**SMALL, path: NOTES})

    assert [words in line for line in found] == [True], found
    assert found[0].startswith(f"{path}:1: ")


def first_segments(patterns):
    """Give the first part of every address, and if the address has no other part."""
    for pattern in patterns:
        first, _, rest = str(pattern.pattern).partition("/")
        yield first, not rest and not isinstance(pattern, URLResolver)


ADDRESSES = [
    (first, alone)
    for first, alone in first_segments([*site.urlpatterns, *reading.urlpatterns])
    if KEY.fullmatch(first)
]


def test_there_are_addresses_that_a_key_could_take():
    assert {"admin", "claims", "glossary", "healthz", "questions"} <= {key for key, _ in ADDRESSES}


@pytest.mark.parametrize(("key", "alone"), ADDRESSES)
def test_no_treatment_and_no_page_takes_an_address_of_the_site(key, alone):
    assert "an address the site uses itself" in misplaced(f"treatments/{key}.md")
    # A page that is cut into steps has a view of its own, and its words are a page's.
    if (alone and key not in CUT) or key == "admin":
        assert "an address the site uses itself" in misplaced(f"pages/{key}.md")


def test_a_folder_of_any_depth_is_refused_and_not_looked_into(tmp_path):
    deepest = fill(tmp_path, SMALL) / "claims"
    for _ in range(1_100):
        deepest /= "d"
        deepest.mkdir()

    try:
        _, found = read_collection(tmp_path)
    finally:
        os.removedirs(deepest)  # Clearing up a folder this deep fails as reading it did.

    assert said(found) == [
        "claims/d/d/d:1: This folder is not looked into (at most 3 deep). Take it away."
    ]


def test_working_notes_in_trace_are_not_content(tmp_path):
    _, found = read_collection(fill(tmp_path, {**SMALL, "trace/anything.txt": "x"}))

    assert found == ()


def test_links_are_refused_wherever_they_lead(tmp_path):
    folder = fill(tmp_path / "content", SMALL)
    (folder / "sources/secret.md").symlink_to(fill(tmp_path, {"a.md": TRIAL}) / "a.md")
    (folder / "glossary/more").symlink_to(tmp_path)

    _, found = read_collection(folder)

    assert said(found) == [
        "glossary/more:1: This is a link. Put the file itself here.",
        "sources/secret.md:1: This is a link. Put the file itself here.",
    ]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(fill(tmp_path, SMALL) / "sources/pipe.md")

    assert findings(tmp_path, {}) == [
        "sources/pipe.md:1: This is not an ordinary file. Take it away."
    ]


def test_a_missing_folder_is_a_finding(tmp_path):
    _, found = read_collection(tmp_path / "nowhere")

    assert said(found) == [f"{tmp_path}/nowhere:1: There is no such folder. Correct the path."]
