"""A backup's file is whole or refused, and writes nothing outside its folder."""

import hashlib
import resource
import tarfile
from contextlib import contextmanager

import pytest

from explainer.operations import archive
from explainer.operations.archive import MANIFEST, BackupError
from tests.operations import backup_files as files


@pytest.fixture
def backup(tmp_path):
    return files.written(tmp_path / "backup.tar.gz")


@contextmanager
def full_disk(size):
    """No file may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_was_written_comes_out_again(backup, tmp_path) -> None:
    (tmp_path / "into").mkdir()

    found = archive.unpack(backup, tmp_path / "into")

    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.CONTENT.items()}
    assert found == archive.check(backup) == files.manifest(hashes=hashes)
    assert {name: (tmp_path / "into" / name).read_bytes() for name in hashes} == files.CONTENT


def test_the_file_is_for_its_owner_alone_and_replaces_none(backup) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert {info.mode for info, _ in files.members(backup)} == {0o600}
    with pytest.raises(FileExistsError):
        files.written(backup)


def test_the_manifest_says_what_is_not_in_the_backup(backup) -> None:
    assert "DJANGO_SECRET_KEY" in files.manifest_of(backup)["left_out"]
    assert "Sessions" in files.manifest_of(backup)["left_out"]


def test_an_image_that_went_in_between_is_lost_and_the_rest_is_whole(tmp_path) -> None:
    (tmp_path / "database").write_bytes(b"rows")
    parts = [("database", tmp_path / "database"), (files.IMAGE, tmp_path / "gone")]

    archive.write(tmp_path / "b.tar.gz", files.manifest(), parts)

    found = archive.check(tmp_path / "b.tar.gz")
    assert list(found.hashes) == ["database"]
    assert found.lost == [files.IMAGE.removeprefix("images/")]


@pytest.mark.parametrize("share", [0, 0.001, 0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_refused(backup, share) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(BackupError, match="cut off"):
        archive.check(backup)


def test_a_file_of_something_else_or_none_is_refused(tmp_path) -> None:
    (tmp_path / "other.txt").write_text("No archive.")

    for name in ("other.txt", "nothing"):
        with pytest.raises(BackupError, match=rf"{name} .* missing, .* no backup of this site"):
            archive.check(tmp_path / name)


@pytest.mark.parametrize("name", list(files.CONTENT))
def test_a_changed_or_missing_member_is_refused_by_its_hash(backup, name, tmp_path) -> None:
    parts = files.members(backup)
    changed = [(info, data[:-1] + b"?" if info.name == name else data) for info, data in parts]
    missing = [part for part in parts if part[0].name != name]

    with pytest.raises(BackupError, match=rf"'{name}' .* SHA-256 is [0-9a-f]{{64}}, and .* says"):
        archive.check(files.pack(tmp_path / "changed.tar.gz", changed))
    with pytest.raises(BackupError, match=rf"'{name}' .* SHA-256 is None, and .* says"):
        archive.check(files.pack(tmp_path / "missing.tar.gz", missing))


STRANGE = {
    "a path upwards": files.member("../out.txt"),
    "a path upwards from the images": files.member("images/../../out.txt"),
    "a path from the root": files.member("/tmp/out.txt"),  # noqa: S108 - refused
    "a link out": files.member("images/link", kind=tarfile.SYMTYPE, to="/etc"),
    "a link under an image's name": files.member(files.IMAGE, kind=tarfile.SYMTYPE, to="x"),
    "a hard link": files.member("database", kind=tarfile.LNKTYPE, to=files.IMAGE),
    "a device": files.member("null", kind=tarfile.CHRTYPE),
    "a folder": files.member("images", kind=tarfile.DIRTYPE),
    "another name": files.member("settings.py"),
    "an image twice": files.member(files.IMAGE),
}


@pytest.mark.parametrize("extra", STRANGE.values(), ids=STRANGE.keys())
def test_a_member_that_no_backup_has_is_refused_before_anything_is_written(
    backup, extra, tmp_path
) -> None:
    changed = files.pack(tmp_path / "changed.tar.gz", [*files.members(backup), extra])
    (tmp_path / "into").mkdir()

    with pytest.raises(BackupError, match=r"holds '"):
        archive.unpack(changed, tmp_path / "into")

    assert list((tmp_path / "into").iterdir()) == []


def test_an_image_that_the_manifest_does_not_name_is_refused(backup, tmp_path) -> None:
    extra = files.member(f"images/{'1' * 32}.png")

    with pytest.raises(BackupError, match=r"1\.png' .* manifest\.json says None"):
        archive.check(files.pack(tmp_path / "b.tar.gz", [*files.members(backup), extra]))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"moment": 1}', b"[" * 100_000])
def test_a_manifest_that_cannot_be_read_is_refused(backup, data, tmp_path) -> None:
    *parts, (info, _) = files.members(backup)

    with pytest.raises(BackupError, match=r"manifest\.json"):
        archive.check(files.pack(tmp_path / "b.tar.gz", [*parts, (info, data)]))


def test_a_manifest_of_another_version_of_the_program_is_refused(backup, tmp_path) -> None:
    later = files.with_manifest(backup, tmp_path / "later.tar.gz", novelty=2)

    with pytest.raises(BackupError, match=rf"{MANIFEST} .*novelty.* the version of the program"):
        archive.check(later)


def test_a_full_disk_raises_while_writing_and_while_unpacking(backup, tmp_path) -> None:
    with full_disk(30), pytest.raises(OSError, match="File too large"):
        files.written(tmp_path / "next.tar.gz", {"database": b""})

    (tmp_path / "into").mkdir()
    with full_disk(1000), pytest.raises(OSError, match="File too large"):
        archive.unpack(backup, tmp_path / "into")
