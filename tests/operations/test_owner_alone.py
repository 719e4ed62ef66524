"""What others could read is closed, and nothing that is not the site's."""

import stat

import pytest

from explainer.operations import owner_alone


@pytest.fixture
def var(tmp_path):
    """A folder as an earlier version left it."""
    folder = tmp_path / "var"
    (folder / "images").mkdir(parents=True)
    for name in ("db.sqlite3", "db.sqlite3-wal", "clock.lock"):
        (folder / name).touch()
    for path in (folder, folder / "images"):
        path.chmod(0o755)
    for path in folder.glob("*.*"):
        path.chmod(0o644)
    return folder


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_files_keep_the_owners_rights_alone(var):
    assert owner_alone.close(var, var / "db.sqlite3") == []

    assert {path.name: mode(path) for path in (var, *var.iterdir())} == {
        "var": 0o700,
        "images": 0o700,
        "db.sqlite3": 0o600,
        "db.sqlite3-wal": 0o600,
        "clock.lock": 0o600,
    }


def test_a_database_elsewhere_is_closed_with_its_log_but_not_its_folder(var, tmp_path):
    elsewhere = tmp_path / "srv"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    for name in ("site.db", "site.db-wal", "neighbour"):
        (elsewhere / name).touch()
        (elsewhere / name).chmod(0o644)

    owner_alone.close(var, elsewhere / "site.db")

    assert mode(elsewhere) == 0o755
    assert mode(elsewhere / "site.db") == mode(elsewhere / "site.db-wal") == 0o600
    assert mode(elsewhere / "neighbour") == 0o644


def test_a_folder_of_all_users_and_what_a_link_leads_to_stay_as_they_are(var, tmp_path):
    shared, outside = tmp_path / "tmp", tmp_path / "outside"
    shared.mkdir()
    outside.mkdir()
    shared.chmod(0o1777)
    outside.chmod(0o755)
    (var / "linked").symlink_to(outside)

    owner_alone.close(var)
    owner_alone.close(shared)

    assert mode(outside) == 0o755
    assert mode(shared) == 0o1777


def test_what_another_users_rights_forbid_is_named_with_its_cure(var, monkeypatch):
    def refused(_path, _mode):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.chmod", refused)

    lines = owner_alone.close(var)

    assert len(lines) == 5
    assert f"{var / 'clock.lock'} can be read by other users" in "".join(lines)
    assert f"chmod go= {var / 'clock.lock'}" in "".join(lines)
