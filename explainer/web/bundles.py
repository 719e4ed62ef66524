"""Static files as production serves them: hashed, compressed, the stylesheet in one piece.

A reader on a phone would fetch the components that the stylesheet imports one by one before seeing
anything, so collecting writes them into it.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
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
