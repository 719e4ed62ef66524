"""Proves that a backup can be restored: by restoring it, and looking at every public page.

The restore is the very command an administrator would use, in a process of its own that
knows nothing but a scratch place; the running site is only asked for room.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from explainer.operations import archive, drivers, facts, manifest, retention
from explainer.operations.exceptions import BadBackup, CannotRestore
from explainer.operations.manifest import Facts, Manifest


@dataclass(frozen=True, slots=True)
class Proof:
    """A backup that was restored in a scratch place, and where its pages differ from then."""

    manifest: Manifest
    differences: tuple[str, ...]


def prove(file: Path) -> Proof:
    """Restore a backup in a scratch place and compare what it shows.

    Raises:
        BackupError: if it cannot be restored; says why.
    """
    told = archive.check(file)
    drivers.refuse_other(told)
    try:
        with (
            retention.unfinished(Path(settings.VAR_DIR)) as folder,
            drivers.here().scratch() as url,
        ):
            place = {"VAR_DIR": str(folder), "DATABASE_URL": url}
            _manage(place, "restore", str(file.resolve()))
            said = _manage(place, "verify_backup", "--describe")
    except (OSError, DatabaseError) as error:
        raise CannotRestore(f"There is no scratch place: {str(error).strip()}.") from error
    return Proof(told, tuple(_differences(told.facts, manifest.facts_of(json.loads(said)))))


def describe() -> str:
    """Write what this process's database holds and shows, for `prove` to read."""
    return json.dumps(asdict(facts.facts()))


def _manage(place: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program, no shell
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env={**os.environ, **place},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip()
        raise BadBackup(f"'{arguments[0]}' failed in the scratch place: {said}")
    return done.stdout


def _differences(then: Facts, now: Facts) -> Iterator[str]:
    if then.edition != now.edition:
        yield f"The edition was {then.edition} and is {now.edition}."
    for path in sorted({*then.pages, *now.pages}):
        before, after = then.pages.get(path), now.pages.get(path)
        if before is None:
            yield f"{path} was not public then, and is."
        elif after is None:
            yield f"{path} was public then, and is not."
        elif before != after:
            yield f"{path} shows other words or labels than then."
