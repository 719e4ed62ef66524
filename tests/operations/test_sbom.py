"""What the site is made of is written by one command, and nothing unaudited passes for audited."""

import json
import os
import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from explainer.operations import sbom

LOCK = settings.BASE_DIR / "requirements.lock"
LOCKED = re.findall(r"^([a-z0-9._-]+)(?:\[.*\])?==([^\s;]+)", LOCK.read_text(), re.M)
"""Name and version; one with a version for each of two Pythons stands there twice."""


def test_it_names_every_locked_package_with_version_licence_and_hashes(tmp_path, capsys):
    call_command("sbom", str(tmp_path / "sbom.json"))

    made = json.loads((tmp_path / "sbom.json").read_text())
    parts = made["components"]
    assert len(LOCKED) > 30
    assert sorted((part["name"], part["version"]) for part in parts) == sorted(LOCKED)
    assert all(part["licenses"][0]["expression"] for part in parts)
    assert all(len(part["hashes"][0]["content"]) == 64 for part in parts)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made["metadata"]["component"]["version"]
    assert f"{len(LOCKED)} packages" in capsys.readouterr().out


def test_without_a_file_it_prints_the_licences(capsys):
    call_command("sbom")

    assert "django 5.2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MPL-2.0 AND MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("", False),
    ],
)
def test_a_licence_is_allowed_if_the_list_says_so(licence, is_allowed):
    assert sbom.Package("a", "1", licence, ()).is_allowed is is_allowed


def test_a_licence_that_nobody_read_is_refused_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setattr(sbom, "licence_of", lambda name: "MIT" if name != "nh3" else "Odd")

    with pytest.raises(CommandError, match="licence of nh3 is not among"):
        call_command("sbom", str(tmp_path / "sbom.json"))


def test_where_the_service_cannot_be_reached_the_audit_says_so_and_does_not_pass():
    nowhere = dict.fromkeys(("https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")

    done = subprocess.run(
        ["bash", ".ci/audit"], cwd=settings.BASE_DIR, env={**os.environ, **nowhere},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout[:11]) == (3, "NOT AUDITED")
