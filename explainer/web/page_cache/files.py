"""Static files under the names of their contents, answered before Django as kept pages are.

A browser asks for them with the first page it gets; a process need not start Django for that.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise

from explainer.web.page_cache.middleware import Application

NAMED_BY_CONTENT = r"\.[0-9a-f]{12}\.[a-z0-9]+$"
"""How Django names a collected file: such an answer may be kept for ever."""


def static_files(root: Path, prefix: str, django: Callable[[], Application]) -> Application:
    """Give an application that answers with these files, and leaves all else to Django.

    The folder is read when the first of them is asked for, and not again.
    """

    @cache
    def files() -> WhiteNoise:
        return HashedFiles(
            _later(django),
            root=root,
            prefix=prefix,
            allow_all_origins=False,
            immutable_file_test=NAMED_BY_CONTENT,
        )

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        # A part of a file is cut by `middleware.in_parts`.
        application = django() if "HTTP_RANGE" in environ else files()
        return application(environ, start_response)

    return answer


def _later(django: Callable[[], Application]) -> Application:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        return django()(environ, start_response)

    return answer


class HashedFiles(WhiteNoise):
    """WhiteNoise over the files whose names tell their contents."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        if re.search(NAMED_BY_CONTENT, url):
            super().add_file_to_dictionary(url, path, stat_cache=stat_cache)

    @staticmethod
    def serve(
        static_file: Any, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        # Its own way to add headers leaves them out where it says only: you have it.
        def secured(status: str, headers: list[tuple[str, str]]) -> Any:
            return start_response(status, [*headers, *_of_every_answer()])

        return WhiteNoise.serve(static_file, environ, secured)


@cache
def _of_every_answer() -> list[tuple[str, str]]:
    # Imported here: what only answers kept pages does without.
    from explainer.web.headers import of_every_answer  # noqa: PLC0415

    return of_every_answer()
