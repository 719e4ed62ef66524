"""What a claim's draft would do: its label, who decides it, and what changes for readers.

Works on a version in memory and stores nothing. The label is the one that saving
gives; a label whose reason is still missing is shown with what it waits for.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from explainer.evidence.adjudicate import Verdict, adjudicate
from explainer.evidence.claims import Claim
from explainer.evidence.context import Context
from explainer.evidence.levels import (
    Bearing,
    Level,
    Reason,
    explanation,
    label_modifier,
    label_words,
)
from explainer.evidence.lint.jargon import undefined
from explainer.evidence.lint.readability import GRADE_AIM, GRADE_LIMIT, WORDS_TO_MEASURE
from explainer.evidence.lint.run import lint_text
from explainer.evidence.problems import Refused
from explainer.library.models import ArticleVersion, ClaimVersion
from explainer.library.nouns import claim_noun
from explainer.staff.saying import sentence

NOT_YET = (
    "The label can be worked out once it is chosen what the claim is about and which way it pulls, "
    "and every position has a source, a label going by it alone, and what it says."
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label as readers see it; `modifier` names its shape, `words` is empty for none yet.

    `waits_for` says what is missing or wrong before it can stand.
    """

    words: str
    modifier: str
    explanation: str
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Why it has this label: `deciding` are the titles of the sources that decide."""

    agreement: str
    deciding: tuple[str, ...]
    of: int
    by_positions: str
    overridden: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A public page that shows the claim, by title; `subject` is its article's."""

    title: str
    subject: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads; `measured` is False for too few words to judge their grade."""

    field: str
    grade: float
    aim: float
    limit: float
    measured: bool
    words: int
    longest: str
    hardest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything said of a claim's draft beside its problems."""

    label: Label
    decision: Decision | None
    effects: tuple[str, ...]
    pages: tuple[Page, ...]
    reading: tuple[Reading, ...]
    undefined: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON knows it."""
        return asdict(self)


def foresee(version: ClaimVersion, known: Context) -> Outlook:
    """Say what a version of a claim would do if it were published as it is."""
    claim, verdict, waits_for = _judge(version)
    pages = pages_showing(version)
    return Outlook(
        label=_label(claim, verdict, waits_for),
        decision=_decision(claim, verdict),
        effects=tuple(_effects(version, claim, verdict, len(pages))),
        pages=pages,
        reading=tuple(_readings(version, known)),
        undefined=undefined((version.statement, version.why), known.term_words),
    )


def pages_showing(version: ClaimVersion) -> tuple[Page, ...]:
    """Give the public pages that show a claim, in one query."""
    shown = ArticleVersion.objects.published().filter(article__appearances__claim=version.claim_id)
    rows = shown.select_related("article").order_by("article__key")
    return tuple(Page(row.title, row.subject) for row in rows)


def _judge(version: ClaimVersion) -> tuple[Claim | None, Verdict | None, str]:
    try:
        claim = claim_noun(version)
    except Refused as refused:
        return None, None, sentence(refused)
    except ValueError:
        return None, None, NOT_YET
    try:
        return claim, adjudicate(claim), ""
    except Refused as refused:
        if refused.field != "reason":
            return claim, None, sentence(refused)
        # The level is sure; only what goes with it is missing.
        reason = None if claim.reason else Reason.NOT_STUDIED
        return claim, adjudicate(replace(claim, reason=reason)), sentence(refused)


def _label(claim: Claim | None, verdict: Verdict | None, waits_for: str) -> Label:
    if claim is None or verdict is None:
        return Label("", "", "", waits_for)
    mark = verdict.level, claim.bearing
    return Label(label_words(*mark), label_modifier(*mark), explanation(*mark), waits_for)


def _decision(claim: Claim | None, verdict: Verdict | None) -> Decision | None:
    if claim is None or verdict is None:
        return None
    return Decision(
        agreement=verdict.agreement.words,
        deciding=tuple(dict.fromkeys(p.source.title for p in verdict.deciding)),
        of=len(claim.positions),
        by_positions=label_words(verdict.adjudicated, claim.bearing),
        overridden=verdict.overridden,
    )


def _effects(
    version: ClaimVersion, claim: Claim | None, verdict: Verdict | None, pages: int
) -> Iterator[str]:
    public = version.siblings.published().first()
    where = f"{pages} page{'s' if pages != 1 else ''}" if pages else "The claim's own page"
    if public is None:
        yield "The claim is not public yet. No page shows it until it is published."
        return
    if claim and verdict:
        before = label_words(Level(public.level), Bearing(public.bearing))
        after = label_words(verdict.level, claim.bearing)
        if before != after:
            yield f"{where} will show “{after}” instead of “{before}”."
        else:
            yield f"The label stays “{before}”."
    if version.statement != public.statement:
        told = "where the link has no words of its own" if pages else "and so will the register"
        yield f"{where} will show the new sentence, {told}."


def _readings(version: ClaimVersion, known: Context) -> Iterator[Reading]:
    for field in ("statement", "why"):
        found = lint_text(getattr(version, field), known).readability
        yield Reading(
            field=field,
            grade=found.grade,
            aim=GRADE_AIM,
            limit=GRADE_LIMIT,
            measured=found.words >= WORDS_TO_MEASURE,
            words=found.words,
            longest=found.longest.text if found.longest else "",
            hardest=found.hardest,
        )
