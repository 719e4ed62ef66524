"""Labels as a page shows them: word, shape and explanation.

The words come from the evidence method (`explainer.evidence.levels`); here they
only meet the shape that stands for them.
"""

from dataclasses import dataclass

from explainer.evidence.levels import Bearing, Level, explanation, label_modifier, label_words
from explainer.evidence.render import WITHDRAWN as WITHDRAWN_WORD


@dataclass(frozen=True, slots=True)
class Label:
    """What stands behind a claim: `modifier` names shape and colour in the stylesheet."""

    modifier: str
    words: str
    explanation: str

    @property
    def anchor(self) -> str:
        return f"label-{self.words.lower().replace(':', '').replace(' ', '-')}"

    @property
    def opens(self) -> str:
        """Where the label is explained when the page at hand does not: the whole legend."""
        return f"/method/#{self.anchor}"


def label_of(level: Level, bearing: Bearing) -> Label:
    return Label(
        label_modifier(level, bearing), label_words(level, bearing), explanation(level, bearing)
    )


WITHDRAWN = Label("withdrawn", WITHDRAWN_WORD, "We no longer stand by this sentence.")

_LEVELS = tuple(label_of(level, bearing) for bearing in Bearing for level in Level)

WHOLE_SCALE = (*_LEVELS, WITHDRAWN)
"""Every label there is, promises first."""

SCALE = _LEVELS[: len(Level) + 1]
"""The labels of the short legend: the scale of promises, and the warning to take seriously."""

SCALE_TITLE = "How to read a label"
