"""What was wrong when the site was last started and could be served all the same.

A file holds it until it is put right, for those who can do that: every process can read it, and
none needs the database for it.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def _file() -> Path:
    return Path(settings.VAR_DIR) / "start-report.txt"


def keep(lines: Iterable[str]) -> None:
    """Keep one line for each thing that is wrong: where, what, and what to do."""
    # Whoever starts the site is told anyway; a disk that takes no more is no reason not to serve.
    with suppress(OSError):
        _file().write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def forget() -> None:
    with suppress(OSError):
        _file().unlink(missing_ok=True)


def lines() -> list[str]:
    try:
        return _file().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
