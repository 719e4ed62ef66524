"""What can be told of a public page as it was: its texts, and its claims with their labels."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from explainer.evidence.pipeline import AssessedClaim, Explanation
from explainer.evidence.render import WITHDRAWN, anchor
from explainer.evidence.text import visible_text
from explainer.library.models import ClaimVersion
from explainer.library.models.versions import Version
from explainer.library.rendering import trusted

_PARAGRAPH = re.compile(r"(?=<(?:h[2-4]|p|li|tr|div)\b)")


@dataclass(frozen=True, slots=True)
class PastText:
    """A text of a page under its heading, which may be empty; `html` is safe or empty."""

    title: str
    lines: tuple[str, ...] = ()
    html: SafeString | None = None


@dataclass(frozen=True, slots=True)
class PastClaim:
    """A claim as a page showed it; its positions have the sources' titles of then."""

    version: ClaimVersion
    judged: AssessedClaim

    @property
    def label(self) -> str:
        """The label in words, as printed."""
        return WITHDRAWN if self.judged.claim.withdrawn else self.judged.words

    @property
    def anchor(self) -> str:
        """The id that labels in the page's texts link to."""
        return anchor(self.judged.claim.key)


@dataclass(frozen=True, slots=True)
class PastPage:
    """A page as it was at a moment.

    Lists have no `version` of their own. `left_out` says what the page showed
    besides, and where that is found; it may be empty.
    """

    path: str
    at: datetime
    title: str
    texts: tuple[PastText, ...]
    claims: tuple[PastClaim, ...] = ()
    version: Version | None = None
    left_out: str = ""


def text_of(title: str, explanation: Explanation) -> PastText:
    """Give an explained text as lines and as HTML."""
    pieces = (visible_text(piece) for piece in _PARAGRAPH.split(explanation.html))
    return PastText(title, tuple(filter(None, pieces)), trusted(explanation))
