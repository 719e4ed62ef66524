"""The staff guide: how to write, review and publish, with pictures of these very pages.

Labels come from the evidence method, never typed here. The wordings are read by the real rules
in `tests/staff/test_guide.py`, and the examples of marking by the real parser, so the guide cannot
teach what would be refused.
"""

from dataclasses import dataclass

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

from explainer.evidence.labels import SCALE, Label
from explainer.evidence.levels import Bearing, Finding, Ground, Level, Reason
from explainer.library.permissions import ROLES
from explainer.library.pictures import names
from explainer.operations.first_run import MAY
from explainer.staff.decorators import page, staff
from explainer.staff.pictures import HEIGHT, PICTURES, WIDTH


@dataclass(frozen=True, slots=True)
class Wording:
    """How a statement is worded so that it says alone how sure we are."""

    level: Level
    bearing: Bearing
    use: str
    never: str
    example: str

    @property
    def label(self) -> str:
        return Label(self.level, self.bearing).word


WORDINGS = (
    Wording(
        Level.PLAUSIBLE,
        Bearing.PROMISE,
        "could, might, may, in theory, early results suggest",
        "will, does, ensures, proven",
        "The needles may wake resting hair.",
    ),
    Wording(
        Level.UNDER_INVESTIGATION,
        Bearing.PROMISE,
        "is being studied, is not known yet, studies differ, early trials",
        "works, helps, is effective",
        "Whether it thickens hair is not known yet.",
    ),
    Wording(
        Level.UNSUPPORTED,
        Bearing.PROMISE,
        "whose promise it is, then what is missing",
        "anything that could be read as yes; “There is no evidence that …”",
        "Some clinics say that *it stops hair loss*, but no study we found shows this.",
    ),
    Wording(
        Level.PLAUSIBLE,
        Bearing.WARNING,
        "what was seen or is to be expected, and in whom",
        "comfort: it rarely matters, it soon goes away",
        "The needles can leave small bruises on the scalp.",
    ),
)

_UNSUPPORTED = tuple(Ground(reason) for reason in Reason)
GROUNDS = (
    (Level.PLAUSIBLE, Bearing.PROMISE, (Ground.THEORY, Ground.GUIDANCE, Ground.EARLY_TRIALS)),
    (
        Level.UNDER_INVESTIGATION,
        Bearing.PROMISE,
        (Ground.DIFFER, Ground.RUNNING, Ground.EARLY_STUDIES),
    ),
    (Level.UNSUPPORTED, Bearing.PROMISE, _UNSUPPORTED),
    (Level.PLAUSIBLE, Bearing.WARNING, (Ground.SEEN, Ground.EXPECTED)),
)
"""The grounds that a label can have: every ground stands with one label."""

LINES = {
    Label(level, bearing).word: [
        Label(level, bearing, ground, quotes=level is Level.UNSUPPORTED).line for ground in grounds
    ]
    for level, bearing, grounds in GROUNDS
}
"""The lines that stand below a claim, by the label's word."""

CHAPTERS = (
    ("claims", "How to mark what you write"),
    ("proposals", "When a sentence has no label yet"),
    ("labels", "What each label means"),
    ("deciding", "How a label is decided"),
    ("wording", "How to word a claim so that it passes"),
    ("steps", "From draft to public"),
    ("found", "How readers find a claim"),
    ("stale", "When somebody saved before you"),
    ("session", "When your session ends"),
    ("urgent", "When something public is wrong"),
    ("images", "Images"),
    ("accounts", "Accounts: who may do what, inviting, leaving"),
    ("login", "Second factor and recovery codes"),
)
"""The guide's chapters: anchor and heading."""


@staff()
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide; a picture that was not made yet is left out."""
    context = {
        "title": "Staff guide",
        "chapters": CHAPTERS,
        "labels": [(it.word, it.explanation, LINES.get(it.word, ())) for it in SCALE],
        "findings": [finding.words for finding in Finding],
        "by_rule": Label(Level.UNSUPPORTED, Bearing.PROMISE).by_rule,
        "wordings": WORDINGS,
        "roles": [{"name": ROLES[right], "may": may} for right, may in MAY.items()],
        "drawings": sorted(names()),
        "pictures": {n: p for n, p in PICTURES.items() if finders.find(p.path)},
        "width": WIDTH,
        "height": HEIGHT,
    }
    return page(request, "staff/guide/page.html", context)
