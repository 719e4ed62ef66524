"""A backup's file is whole or refused, and writes nothing outside its folder."""

import hashlib
import resource
import tarfile
from contextlib import contextmanager

import pytest

from explainer.operations import archive, manifest
from explainer.operations.exceptions import BadBackup
from tests.operations import backup_files as files


@pytest.fixture
def backup(tmp_path):
    return files.written(tmp_path / "backup.tar.gz")


@pytest.fixture
def into(tmp_path):
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@contextmanager
def full_disk(size):
    """No file may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_was_written_comes_out_again(backup, into) -> None:
    told = archive.unpack(backup, into)

    assert (told.moment, told.vendor, told.facts) == (files.AT, "sqlite", files.FACTS)
    assert [member.name for member in told.members] == list(files.CONTENT)
    for member in told.members:
        data = (into / member.name).read_bytes()
        assert data == files.CONTENT[member.name]
        assert (member.size, member.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert archive.check(backup) == told


def test_the_file_is_for_its_owner_alone(backup) -> None:
    modes = {info.mode for info, _ in files.members(backup)}

    assert backup.stat().st_mode & 0o777 == 0o600
    assert modes == {0o600}


def test_the_manifest_says_what_is_not_in_the_backup(backup) -> None:
    left_out = " ".join(files.told(backup)["left_out"])

    assert "DJANGO_SECRET_KEY" in left_out
    assert "Sessions" in left_out


def test_a_file_that_went_in_between_is_left_out_and_the_rest_is_whole(tmp_path) -> None:
    def describe(members):
        return manifest.Manifest(files.AT, "sqlite", "SQLite", files.FACTS, members)

    (tmp_path / "database").write_bytes(b"rows")
    parts = [("database.sqlite3", tmp_path / "database"), (files.IMAGE, tmp_path / "gone")]

    archive.write(tmp_path / "b.tar.gz", parts, describe)

    assert [m.name for m in archive.check(tmp_path / "b.tar.gz").members] == ["database.sqlite3"]


@pytest.mark.parametrize("left", [0, 1, 40, -1, -9, -200])
def test_a_file_that_was_cut_off_is_refused(backup, left) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[:left] if left >= 0 else whole[: len(whole) // 2 + left])

    with pytest.raises(BadBackup, match="cut off"):
        archive.check(backup)


def test_a_file_of_something_else_is_refused(tmp_path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("No archive.")

    with pytest.raises(BadBackup, match="no backup of this site"):
        archive.check(other)
    with pytest.raises(BadBackup, match="There is no file"):
        archive.check(tmp_path / "nothing")


@pytest.mark.parametrize("name", list(files.CONTENT))
def test_a_changed_member_is_refused_by_its_hash(backup, name, tmp_path) -> None:
    parts = [(i, data[:-1] + b"?" if i.name == name else data) for i, data in files.members(backup)]
    changed = files.pack(tmp_path / "changed.tar.gz", parts)

    with pytest.raises(BadBackup, match=rf"'{name}' .* SHA-256 is [0-9a-f]{{64}}, not"):
        archive.check(changed)


@pytest.mark.parametrize("name", [*files.CONTENT, manifest.NAME])
def test_a_missing_member_is_refused(backup, name, tmp_path) -> None:
    parts = [part for part in files.members(backup) if part[0].name != name]
    changed = files.pack(tmp_path / "changed.tar.gz", parts)

    with pytest.raises(BadBackup, match=name):
        archive.check(changed)


STRANGE = {
    "an image nobody named": files.member(f"images/{'1' * 32}.png"),
    "a path upwards": files.member("../out.txt"),
    "a path upwards from the images": files.member("images/../../out.txt"),
    "a path from the root": files.member("/tmp/out.txt"),  # noqa: S108 - refused
    "a link out": files.member("images/link", kind=tarfile.SYMTYPE, to="/etc"),
    "a link under an image's name": files.member(files.IMAGE, kind=tarfile.SYMTYPE, to="x"),
    "a hard link": files.member("database.dump", kind=tarfile.LNKTYPE, to="database.sqlite3"),
    "a device": files.member("null", kind=tarfile.CHRTYPE),
    "a folder": files.member("images", kind=tarfile.DIRTYPE),
    "another name": files.member("settings.py"),
    "an image twice": files.member(files.IMAGE),
}


@pytest.mark.parametrize("extra", STRANGE.values(), ids=STRANGE.keys())
def test_a_member_that_no_backup_has_is_refused(backup, extra, into, tmp_path) -> None:
    changed = files.pack(tmp_path / "changed.tar.gz", [*files.members(backup), extra])

    with pytest.raises(BadBackup, match=r"holds '"):
        archive.unpack(changed, into)

    assert not (tmp_path / "out.txt").exists()
    assert {path.name for path in into.iterdir()} <= {"database.sqlite3", "images"}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"format": 1}', b"[" * 100_000])
def test_a_manifest_that_cannot_be_read_is_refused(data) -> None:
    with pytest.raises(BadBackup, match=r"manifest\.json"):
        manifest.read(data)


def test_a_later_format_is_refused(backup, tmp_path) -> None:
    later = files.with_manifest(backup, tmp_path / "later.tar.gz", format=2)

    with pytest.raises(BadBackup, match="has format 2, this program reads format 1"):
        archive.check(later)


def test_a_full_disk_raises_while_writing_and_while_unpacking(backup, into, tmp_path) -> None:
    with full_disk(30), pytest.raises(OSError, match="File too large"):
        files.written(tmp_path / "next.tar.gz", dict.fromkeys(["database.sqlite3"], b""))

    with full_disk(1000), pytest.raises(OSError, match="File too large"):
        archive.unpack(backup, into)
