"""What others wrote and we serve: unchanged, with its versions and its licence beside it."""

import hashlib
import re

from django.conf import settings

VENDORED = settings.BASE_DIR / "static" / "vendor"


def test_every_vendored_file_is_the_one_its_readme_tells_how_to_build() -> None:
    folders = [path for path in VENDORED.iterdir() if path.is_dir()]
    assert len(folders) == 1

    for folder in folders:
        readme = (folder / "README.md").read_text()
        told = dict(re.findall(r"SHA-256 of `([^`]+)`: `([0-9a-f]{64})`", readme))
        scripts = sorted(path.name for path in folder.iterdir() if path.suffix not in ("", ".md"))
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in scripts}
        assert found == told
        for package, version in re.findall(r"^\| (\S+) \| ([0-9.]+) \|$", readme, re.M):
            assert f"{package}@{version}" in readme
        assert "Permission is hereby granted" in (folder / "LICENSE").read_text()
