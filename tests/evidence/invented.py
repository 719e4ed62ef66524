"""Invented claims, sources and terms for tests of the evidence core."""

from explainer.evidence.claims import Claim, Position, Record, Source
from explainer.evidence.context import Context, Figure, Term, Treatment
from explainer.evidence.levels import Bearing, Kind, Level, Reason, Seen, SourceKind, Topic

CLINIC = Source("clinic-a", "A clinic's article", SourceKind.CLINIC, Seen.FULL, True)
REVIEW = Source("review-a", "A review", SourceKind.REVIEW, Seen.ABSTRACT)
OFFICE = Source("office", "A notice", SourceKind.REGULATOR, Seen.FULL, publisher="US Drug Office")


ACT = {"source": OFFICE, "who": "DO", "date": "2020-05-04"}


def record(slug: str, statement: str = "In May 2020 the DO warned clinics.", **fields) -> Record:
    return Record(f"t/{slug}", statement, **{**ACT, **fields})


def claim(slug: str, level: Level = Level.PLAUSIBLE, **fields: object) -> Claim:
    """Build a claim of the invented treatment `t` on which two sources agree."""
    given = {
        "name": "A name",
        "statement": "The treatment may help some hair.",
        "topic": Topic.MECHANISM,
        "kind": Kind.MECHANISM,
        "bearing": Bearing.PROMISE,
        "positions": (Position(CLINIC, level, "Says so."), Position(REVIEW, level, "Agrees.")),
        "reason": Reason.NOT_STUDIED if level is Level.UNSUPPORTED else None,
        "would_change": "A large trial.",
    }
    return Claim(key=f"t/{slug}", **{**given, **fields})  # type: ignore[arg-type]


BOAST = {
    "statement": "Sellers say it regrows hair, but no study we found shows it.",
    "said": ("it regrows hair",),
    "looked_for": "studies of it",
}

HARM = claim("harm", bearing=Bearing.WARNING, statement="The treatment can hurt.", kind=Kind.HARM)

CONTEXT = Context(
    claims={
        item.key: item
        for item in (
            claim("hope"),
            claim("studied", Level.UNDER_INVESTIGATION),
            claim("boast", Level.UNSUPPORTED, **BOAST),
            claim("gone", withdrawn="The trial was retracted."),
            HARM,
        )
    },
    sources={source.key: source for source in (CLINIC, REVIEW, OFFICE)},
    terms={"hair-root": Term("hair-root", "hair root", ("follicle",))},
    figures={"roots": Figure("roots", "/static/roots.png", 640, 360)},
    treatments={"t": Treatment("t", "the treatment")},
    records={
        item.key: item for item in (record("warning"), record("void", withdrawn="It was void."))
    },
    pictures=frozenset({"root"}),
)
"""What the invented texts may refer to."""
