"""`manage.py sbom FILE`: writes what the site is made of, or prints the licences."""

import json
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.operations import sbom


class Command(BaseCommand):
    """Reads requirements.lock and the metadata of what is installed; needs no database."""

    help = "Write every locked package with version, licence and hashes (CycloneDX)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="where to write; without it licences are shown")

    def handle(self, *, file: str | None, **_options: Any) -> None:
        found = list(sbom.packages(settings.BASE_DIR / "requirements.lock"))
        if file:
            project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
            named = {"name": project["name"], "version": project["version"]}
            made = sbom.document(found, **named, at=timezone.now())
            Path(file).write_text(json.dumps(made, indent=1) + "\n")
        else:
            for package in found:
                self.stdout.write(f"{package.name} {package.version}: {package.licence}")
        if wrong := [package.name for package in found if not package.is_allowed]:
            raise CommandError(
                f"The licence of {', '.join(wrong)} is not among those allowed. Read it, then add "
                "it to ALLOWED or SPDX in explainer/operations/sbom.py, or do without the package."
            )
        self.stdout.write(f"{len(found)} packages, each with a licence that is allowed.")
