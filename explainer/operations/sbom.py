"""What the site is made of: every locked package with version, licence and hashes (CycloneDX 1.6).

A lock file and the metadata of what is installed are all that it takes: there is no tool to keep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

LOCKED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)$",
    re.M,
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
PARTS = re.compile(r"\s+(?:AND|OR)\s+|[()]")
CLASSIFIER = "License :: OSI Approved :: "

SPDX = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-only",
}
"""What packages call their licence, by its name in the SPDX list."""

ELSEWHERE = {"colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}
"""Licences of what is locked for another kind of machine, and not installed here."""

ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "LGPL-3.0-only",
    "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Zlib",
})  # fmt: skip
"""Licences that let the site be run and passed on as it is; the owner reads any other first."""


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package; `licence` is an SPDX expression, or empty if none is known."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]

    @property
    def is_allowed(self) -> bool:
        parts = [part for part in PARTS.split(self.licence) if part]
        # Of "A OR B" one is enough, of "A AND B" all are needed.
        enough = any if " OR " in self.licence else all
        return bool(parts) and enough(part in ALLOWED for part in parts)


def packages(lock: Path) -> Iterator[Package]:
    for found in LOCKED.finditer(lock.read_text()):
        name = found["name"].lower()
        hashes = tuple(HASH.findall(found["rest"]))
        yield Package(name, found["version"], licence_of(name), hashes)


def licence_of(name: str) -> str:
    """Give the licence that an installed package names in its metadata."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ELSEWHERE.get(name, "")
    if "License-Expression" in about:
        return str(about["License-Expression"])
    lines = about.get_all("Classifier") or []
    classes = (line.removeprefix(CLASSIFIER) for line in lines if line.startswith(CLASSIFIER))
    said = next(classes, (about.get_all("License") or [""])[0])
    return SPDX.get(said.strip(), said.strip().partition("\n")[0])


def document(found: list[Package], *, name: str, version: str, at: datetime) -> dict[str, Any]:
    """Give the CycloneDX document of an application made of some packages."""
    application = {"type": "application", "bom-ref": name, "name": name, "version": version}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": f"{at:%Y-%m-%dT%H:%M:%SZ}", "component": application},
        "components": [_component(package) for package in found],
        "dependencies": [{"ref": name, "dependsOn": [_purl(package) for package in found]}],
    }


def _component(package: Package) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": _purl(package),
        "name": package.name,
        "version": package.version,
        "purl": _purl(package),
        "licenses": [{"expression": package.licence}],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
    }


def _purl(package: Package) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"
