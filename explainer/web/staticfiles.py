"""Static files as production serves them: hashed, compressed, the stylesheet in one piece.

A reader on a phone would fetch the components that the stylesheet imports one by one before seeing
anything, so collecting writes them into it. It takes two seconds of a start, so it is done only
when a file changed.
"""

import hashlib
import inspect
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, storages
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\(([a-z]+)\)( print)?;')
_ADDRESS = re.compile(r'url\("(?!data:|/)([^"]+)"\)')


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, given the stylesheet with its imports written in."""

    # Modules import each other under hashed names, so that a new one never meets an old one.
    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        if BUNDLE in paths:
            memory = InMemoryStorage()
            memory.save(BUNDLE, ContentFile(bundle(BUNDLE, read).encode()))
            paths = {**paths, BUNDLE: (memory, BUNDLE)}
        yield from super().post_process(paths, dry_run, **options)


def bundle(name: str, read: Callable[[str], str]) -> str:
    """Give a stylesheet with every `@import url(...) layer(...)` and its addresses written in.

    `read` gives the text of a static file by name, or a KeyError.
    """
    folder = posixpath.dirname(name)

    def write_in(found: re.Match[str]) -> str:
        inner = posixpath.join(folder, found[1])
        css = _ADDRESS.sub(lambda address: _moved(address[1], inner, folder), read(inner))
        layer = f"@layer {found[2]} {{\n{css}\n}}"
        return f"@media print {{\n{layer}\n}}" if found[3] else layer

    return _IMPORT.sub(write_in, read(name))


def _moved(address: str, inner: str, folder: str) -> str:
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(inner), address))
    return f'url("{posixpath.relpath(whole, folder)}")'


def collect() -> bool:
    """Collect the static files if one changed; True if they were collected."""
    root = Path(settings.STATIC_ROOT)
    seen = settings.VAR_DIR / "static-fingerprint"
    now = fingerprint()
    if (root / "staticfiles.json").exists() and seen.exists() and seen.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    seen.write_text(now)
    return True


def fingerprint() -> str:
    """Give a hash over name, size and time of every static file and of what treats them."""
    code = inspect.getfile(type(storages["staticfiles"]))
    listed = (file for finder in get_finders() for file in finder.list(None))
    files = [("", code), *((name, storage.path(name)) for name, storage in listed)]
    states = ((name, Path(path).stat()) for name, path in files)
    lines = (f"{name} {state.st_size} {state.st_mtime_ns}" for name, state in states)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
