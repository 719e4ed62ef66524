"""One export from beginning to end: the pages of one edition, the rules, the switch."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.conf import settings

from explainer.web.export import hosts, nginx
from explainer.web.export.release import ExportRefused, Release, new_release
from explainer.web.export.rules import rules_of
from explainer.web.export.walk import PUBLIC, Export, Part, Progress, Walk
from explainer.web.page_cache.encodings import BEST
from explainer.web.page_cache.middleware import PageCache

TRIES = 3
"""How often an export begins anew when staff publish while it is made."""


def export_to(
    target: Path,
    cache: PageCache,
    addresses: Callable[[], Iterable[str]],
    parts: Sequence[Part],
    progress: Progress = iter,
) -> Export:
    """Write the site to where `target` will lead, and give what was exported.

    All of it is of one edition. Raises ExportRefused and leaves what was there, if `target` is
    somebody else's, an address fails, or staff publish faster than an export is made.
    """
    cache.quality = BEST
    for _ in range(TRIES):
        try:
            with new_release(target) as release:
                return _written(release, cache, addresses, parts, progress)
        except Published:
            continue
    raise ExportRefused(
        f"Something was published {TRIES} times while the site was exported, so '{target}' stays "
        "as it was. Try again when nobody publishes."
    )


class Published(Exception):
    """Something was published meanwhile: a mix of two editions must not be seen."""


def _written(
    release: Release,
    cache: PageCache,
    addresses: Callable[[], Iterable[str]],
    parts: Sequence[Part],
    progress: Progress,
) -> Export:
    edition = cache.store.edition()
    export = Walk(cache, release, parts).run(addresses(), progress)
    if cache.store.edition() != edition:
        raise Published
    rules = rules_of(export.found, [settings.STATIC_URL, *settings.PAGE_CACHE_FILES])
    for name, text in nginx.files(export, rules).items():
        release.write(name, text.encode())
    for name, text in hosts.files(export, rules).items():
        release.write(f"{PUBLIC}/{name}", text.encode())
    return export
