"""An export is switched to as a whole, and never written over what somebody else put there."""

import os
import subprocess
import sys

import pytest

from explainer.web.export.release import ExportRefused, new_release

CRASH = """
import os, sys
from pathlib import Path
from explainer.web.export.release import new_release
with new_release(Path(sys.argv[1])) as release:
    release.write("public/index.html", b"half")
    os._exit(9)
"""


@pytest.fixture
def target(tmp_path):
    return tmp_path / "site"


def export(target, words):
    with new_release(target) as release:
        release.write("public/index.html", words, compress=True)


def page(target):
    return (target / "public" / "index.html").read_bytes()


def releases(target):
    return sorted(place.name for place in target.with_name("site.releases").glob("[0-9u]*"))


def test_the_folder_leads_to_the_newest_and_one_before_it_stays(target):
    for words in (b"first", b"second", b"third"):
        export(target, words)

    assert page(target) == b"third"
    kept = releases(target)
    assert len(kept) == 2
    before = target.with_name("site.releases") / kept[0]
    assert (before / "public" / "index.html").read_bytes() == b"second"
    assert not target.readlink().is_absolute(), "the folder can be moved with its releases"


def test_an_empty_folder_may_become_an_export(target):
    target.mkdir()
    export(target, b"first")

    assert page(target) == b"first"


def test_what_goes_wrong_leaves_the_old_one_and_nothing_half(target):
    export(target, b"first")
    before = releases(target)

    with pytest.raises(TypeError, match="bytes-like"):
        export(target, "no bytes")

    assert page(target) == b"first"
    assert releases(target) == before


def test_a_process_that_is_killed_leaves_the_old_one_and_the_next_clears_up(target):
    export(target, b"first")
    line = [sys.executable, "-c", CRASH, str(target)]

    assert subprocess.run(line, check=False).returncode == 9
    assert page(target) == b"first"
    assert len(releases(target)) == 2
    export(target, b"second")
    assert page(target) == b"second"
    assert not [name for name in releases(target) if name.startswith("u")]


def test_what_no_export_wrote_is_refused_with_a_cure_and_left_alone(target):
    target.mkdir()
    (target / "thesis.txt").write_text("Years of work.")

    with pytest.raises(ExportRefused, match=r"site' holds what no export wrote.*Name a folder"):
        export(target, b"first")

    assert [path.name for path in target.parent.iterdir()] == ["site"]
    assert (target / "thesis.txt").read_text() == "Years of work."


@pytest.mark.parametrize("name", ["site", "site.releases"])
def test_a_file_a_foreign_link_and_a_foreign_folder_beside_are_refused(tmp_path, target, name):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "thesis.txt").write_text("Years of work.")
    (tmp_path / name).symlink_to("elsewhere")

    with pytest.raises(ExportRefused, match=f"{name}' holds what no export wrote"):
        export(target, b"first")


def test_two_exports_into_one_folder_do_not_mix(target):
    with (
        new_release(target),
        pytest.raises(ExportRefused, match=r"Another export writes to .*Wait for its end"),
    ):
        export(target, b"second")


def test_the_time_of_a_file_is_made_of_its_content(target):
    export(target, b"first" * 100)
    first = (target / "public" / "index.html").stat().st_mtime_ns
    export(target, b"first" * 100)
    same = (target / "public" / "index.html").stat().st_mtime_ns
    export(target, b"other" * 100)

    assert first == same != (target / "public" / "index.html").stat().st_mtime_ns


def test_everybody_may_read_an_export_and_nobody_else_may_write(target):
    before = os.umask(0o077)
    try:
        export(target, b"first" * 100)
    finally:
        os.umask(before)

    modes = {path.stat().st_mode & 0o777 for path in target.rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in (target, target / "public")}
    assert (modes, folders) == ({0o644}, {0o755})
    assert len([*target.rglob("*.gz")]) == 1
