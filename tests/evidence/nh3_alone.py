"""The sanitiser without bleach, as it would be on the day bleach is taken out.

`SANITIZER=nh3 pytest ...` (`just without-bleach`) runs any test with it.
"""

from collections.abc import Callable
from typing import Any

import nh3

from explainer.evidence import sanitise

_clean = nh3.clean


class NH3Alone:
    """Stands in bleach's place with its arguments, and has nh3 decide on each attribute."""

    def __init__(
        self,
        *,
        tags: set[str],
        attributes: Callable[[str, str, str], bool],
        protocols: set[str],
        strip: bool,
    ) -> None:
        assert strip
        names = {tag: set(found) for tag, found in sanitise.EMITTED.items() if found}
        self._options: dict[str, Any] = {
            "tags": tags,
            "attributes": names,
            "url_schemes": protocols,
            "link_rel": None,
            "attribute_filter": lambda tag, name, value: (
                value if attributes(tag, name, value) else None
            ),
        }

    def clean(self, html: str) -> str:
        return _clean(html, **self._options)


def put_in_place() -> None:
    sanitise.Cleaner = NH3Alone
