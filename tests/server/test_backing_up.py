"""Backups of a running site, restored and proved in processes of their own."""

import gzip
import json
from contextlib import ExitStack
from pathlib import Path

from explainer.operations import archive
from tests.operations import backup_files as files
from tests.server import backing


def test_a_backup_is_restored_once_and_everything_is_there(site, backup, empty):
    before = json.loads(backing.act(site, "read"))

    done = backing.manage(empty, "restore", str(backup))
    again = backing.manage(empty, "restore", str(backup))
    after = json.loads(backing.act(empty, "read"))

    assert (done.returncode, done.stderr) == (0, "")
    assert "The audit log is whole" in done.stdout
    assert again.returncode == 1
    assert "not empty: it has documents and users and images" in again.stderr
    manifest = files.manifest_of(backup)
    entry = {"backup": manifest["moment"], "site_version": manifest["site_version"]}
    assert after.pop("newest") == ["restore", "restore", entry]
    assert (before.pop("sessions"), after.pop("sessions")) == (1, 0)
    del before["newest"]
    assert after == before
    assert (after["images"], after["guarded"], after["audit"]) == (1, 4, [])


def test_a_site_that_was_migrated_but_holds_nothing_takes_a_backup(backup, empty):
    backing.manage(empty, "migrate")

    done = backing.manage(empty, "restore", str(backup))

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(backing.act(empty, "read"))["guarded"] == 4


def test_the_site_knows_when_it_was_backed_up(site, backup):
    assert Path(site["VAR_DIR"], "last-backup").stat().st_mtime >= int(backup.stat().st_mtime)


def test_backups_made_while_staff_save_are_each_of_one_moment(tmp_path):
    with ExitStack() as stack:
        site = stack.enter_context(backing.place(tmp_path / "site"))
        backing.act(site, "prepare")
        writers = [backing.start(site, "write", name) for name in backing.WRITERS]
        backing.wait_for(*(tmp_path / "site" / name for name in backing.WRITERS))
        line = ("backup", str(tmp_path / "kept"), "--keep", "3")
        done = [backing.manage(site, *line) for _ in range(3)]
        (tmp_path / "site" / backing.STOP).touch()
        saved = [int(writer.communicate()[0]) for writer in writers]
        counts = []
        for number, backup in enumerate(sorted((tmp_path / "kept").iterdir())):
            place = stack.enter_context(backing.place(tmp_path / f"empty{number}"))
            restored = backing.manage(place, "restore", str(backup))
            assert (restored.returncode, restored.stderr) == (0, "")
            found = json.loads(backing.act(place, "read"))
            assert found["saves"] == list(range(1, found["draft"][0] + 1))
            assert found["last"] == found["draft"][1]
            assert (found["lost"], found["spoilt"], found["audit"]) == ([], [], [])
            assert (found["sound"], found["guarded"]) == ("ok", 4)
            counts.append((found["draft"][0], found["images"]))

    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 3
    assert len(counts) == 3
    print(f"{sum(saved)} saves; saves and images in each backup: {counts}")
    assert 0 < counts[0][0] < counts[1][0] < counts[2][0] <= sum(saved)


def test_a_backup_is_private_and_holds_no_session(backup):
    parts = {info.name: data for info, data in files.members(backup)}
    database = parts["database"]

    assert backup.stat().st_mode & 0o777 == 0o600
    assert backup.parent.stat().st_mode & 0o777 == 0o700
    assert b"Because." in database
    for marker in (backing.IN_SESSION, backing.IN_CACHE):
        assert marker.encode() not in gzip.decompress(backup.read_bytes())
    assert sum(name.startswith("images/") for name in parts) == 1
    if not backing.IS_POSTGRESQL:
        # The number of free pages, in which deleted rows may be read.
        assert int.from_bytes(database[36:40], "big") == 0


def test_a_backup_is_proved_and_nothing_of_the_proof_stays(site, backup):
    before = sorted(Path(site["VAR_DIR"]).iterdir())

    done = backing.manage(site, "verify_backup", str(backup))

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 images are as they were, and the audit log is whole" in done.stdout
    assert sorted(Path(site["VAR_DIR"]).iterdir()) == before
    if backing.IS_POSTGRESQL:
        import psycopg

        with psycopg.connect(site["DATABASE_URL"]) as server:
            asked = "SELECT count(*) FROM pg_database WHERE datname LIKE 'verify%'"
            assert server.execute(asked).fetchone() == (0,)


def test_an_image_whose_file_is_missing_is_told_and_the_rest_is_backed_up(site, tmp_path):
    image = next(Path(site["VAR_DIR"], "images").iterdir())
    image.rename(tmp_path / image.name)

    done = backing.manage(site, "backup", str(tmp_path / "kept"))
    (tmp_path / image.name).rename(image)

    assert done.returncode == 0
    assert f"The image {image.name} has no file" in done.stderr
    assert archive.check(next((tmp_path / "kept").iterdir())).lost == [image.name]
