"""Whether all that a start makes ready is as the last start left it; told without Django.

Then nothing has to be migrated, loaded or collected, and what Django's checks would find they found
last time. It is told by the states of code, templates, libraries and static files, by the variables
that settings are made of, the bytes of the content, and by rows of the database. Whatever cannot be
told counts as changed.
"""

import hmac
import json
from collections.abc import Iterator
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from sqlite3 import Error, connect

import django
from django.conf import settings

from explainer import environment
from explainer.files.fingerprint import Note, fingerprint
from explainer.web.page_cache.build import build_of
from explainer.web.page_cache.site import database

MIGRATED = "SELECT count(*) || ' ' || max(id) || ' ' || max(applied) FROM django_migrations"
LOADED = "SELECT number || ' ' || at FROM library_change WHERE CAST(number AS TEXT) = ?"
LOOKED_THROUGH = 20_000_000
"""Bytes of a SQLite file up to which it is looked through, which takes some 3 ms a megabyte."""


def remember() -> None:
    """Note how everything is now that it is ready."""
    _note().unlink(missing_ok=True)
    if ready := _state():
        _note().write_text(json.dumps(ready))


def files_there() -> int | None:
    """Say how many content files were loaded and are as they were; None if anything changed."""
    try:
        noted = json.loads(_note().read_text())
    except (OSError, ValueError):
        return None
    return int(noted["files"]) if noted == _state() else None


def _note() -> Path:
    return Path(settings.VAR_DIR) / "started"


def _state() -> dict[str, str] | None:
    note = Note.read()
    try:
        content = fingerprint(Path(settings.CONTENT_DIR))
        places = {name: "\n".join(_files(folder)) for name, folder in _places().items()}
    except OSError:
        return None
    if note is None or note.fingerprint != content or not _is_sound():
        return None
    rows = database()
    migrated, loaded = rows.ask(MIGRATED), rows.ask(LOADED, str(note.number))
    if migrated is None or loaded is None:
        return None
    build = build_of({"templates": settings.BASE_DIR / "templates"}, {**places, "set": _set()})
    return {"files": str(note.files), "content": content, "build": build, "migrated": migrated} | {
        "loaded": loaded
    }


def _places() -> dict[str, Path]:
    """Name what is read or made by a start, besides code and content: `fingerprint` knows those."""
    return {
        # Whatever is installed or taken away changes the folder itself.
        "packages": Path(django.__file__).parent.parent,
        "static": settings.BASE_DIR / "static",
        "collected": settings.STATIC_ROOT / "staticfiles.json",
        "collected_of": settings.VAR_DIR / "static-fingerprint",
        "manage": settings.BASE_DIR / "manage.py",
    }


def _files(place: Path) -> Iterator[str]:
    inside = sorted(place.rglob("*")) if place == settings.BASE_DIR / "static" else []
    for path in (place, *inside):
        state = path.stat()
        yield f"{path} {state.st_size} {state.st_mtime_ns} {state.st_mode}"


def _set() -> str:
    """Give a digest of all variables. It is sealed: passwords of other servers are among them."""
    told = json.dumps(sorted(environment.asked.items()))
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), sha256).hexdigest()


def _is_sound() -> bool:
    """Look through a SQLite file that is not too large; PostgreSQL minds its own."""
    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("sqlite3"):
        return True
    file = Path(default["NAME"])
    with suppress(OSError, Error), closing(connect(f"file:{file}?mode=ro", uri=True)) as opened:
        if file.stat().st_size > LOOKED_THROUGH:
            return True
        return bool(opened.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    return False
