"""What a page says about itself: title, description, address, way back up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from explainer.evidence.levels import Bearing, Level, label_words
from explainer.public.labels import WITHDRAWN

LONGEST_DESCRIPTION = 300
"""Search engines show less; cutting earlier would part a sentence from its label."""

_LABELS = "|".join(
    [*(label_words(level, bearing) for level in Level for bearing in Bearing), WITHDRAWN.words]
)
_SENTENCE = re.compile(rf'\S.*?[.?!]["\')]*(?: Evidence: (?:{_LABELS}))?(?=\s|$)')


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way from the home page to this one."""

    name: str
    path: str

    @property
    def address(self) -> str:
        """The step's whole address."""
        return absolute(self.path)


HOME_CRUMB = Crumb("Home", "/")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's head.

    `path` is the canonical one; `crumbs` end with the page itself and are empty
    on the home page; an unlisted page asks search engines not to list it.
    """

    title: str
    description: str
    path: str
    crumbs: tuple[Crumb, ...] = ()
    listed: bool = True
    kind: str = "website"

    @property
    def canonical(self) -> str:
        """The one address under which this page wants to be known."""
        return absolute(self.path)


def absolute(path: str) -> str:
    """Turn a path of this site into a whole address, whatever host was asked."""
    return f"{settings.SITE_URL}{path}"


def trail(*steps: tuple[str, str]) -> tuple[Crumb, ...]:
    """Lead from the home page through (name, path) steps to the page itself."""
    return (HOME_CRUMB, *(Crumb(name, path) for name, path in steps))


def described(text: str) -> str:
    """Cut a visible text to whole sentences, each with its label.

    The first sentence always stays, however long: half a sentence may say more
    than the whole one.
    """
    kept = ""
    for sentence in _sentences(text):
        longer = f"{kept} {sentence}".strip()
        if kept and len(longer) > LONGEST_DESCRIPTION:
            break
        kept = longer
    return kept


def _sentences(text: str) -> Iterable[str]:
    found = _SENTENCE.findall(text)
    return found or [text]
