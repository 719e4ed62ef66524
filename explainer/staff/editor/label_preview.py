"""What a claim's draft would do: its label, who decides it, and what changes for readers.

Works on a revision in memory and stores nothing. The label is the one that saving gives; a
label whose reason is still missing is shown with what it waits for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
from explainer.library.models import Document, Revision
from explainer.staff.editor.problems import worded

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
class ShowingPage:
    """A public page that shows the claim, by title; `subject` is its document's."""

    title: str
    subject: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads; `measured` is False for too few words to judge their grade."""

    field: str
    label: str
    grade: float
    aim: float
    limit: float
    measured: bool
    words: int
    hardest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelPreview:
    """Everything said of a claim's draft beside its problems."""

    label: Label
    decision: Decision | None
    effects: tuple[str, ...]
    pages: tuple[ShowingPage, ...]
    reading: tuple[Reading, ...]
    undefined: tuple[str, ...]


def label_preview(revision: Revision, context: Context) -> LabelPreview:
    """Say what a revision of a claim would do if it were published as it is."""
    claim, verdict, waits_for = _judge(revision, context)
    label, decision = Label("", "", "", waits_for), None
    if claim and verdict:
        mark = verdict.level, claim.bearing
        label = Label(label_words(*mark), label_modifier(*mark), explanation(*mark), waits_for)
        decision = _decision(claim, verdict)
    pages = pages_showing(revision.document)
    texts = (revision.fields["statement"], revision.fields["why"])
    return LabelPreview(
        label=label,
        decision=decision,
        effects=tuple(_effects(revision, label, len(pages))),
        pages=pages,
        reading=tuple(_readings(revision, context)),
        undefined=undefined(texts, context.term_words),
    )


def pages_showing(document: Document) -> tuple[ShowingPage, ...]:
    """Give the public pages that show a claim, in one query."""
    shown = Revision.objects.published().filter(mentions__document=document)
    rows = shown.select_related("document").order_by("document__key")
    return tuple(ShowingPage(row.title, row.subject) for row in rows if row.document.kind.texts)


def _judge(revision: Revision, context: Context) -> tuple[Claim | None, Verdict | None, str]:
    try:
        claim: Claim = revision.document.kind.noun(revision.entry, context)
    except Refused as refused:
        return None, None, worded(refused)
    except ValueError:
        return None, None, NOT_YET
    try:
        return claim, adjudicate(claim), ""
    except Refused as refused:
        if refused.field != "reason":
            return claim, None, worded(refused)
        # The level is sure; only what goes with it is missing.
        reason = None if claim.reason else Reason.NOT_STUDIED
        return claim, adjudicate(replace(claim, reason=reason)), worded(refused)


def _decision(claim: Claim, verdict: Verdict) -> Decision:
    return Decision(
        agreement=verdict.agreement.words,
        deciding=tuple(dict.fromkeys(p.source.title for p in verdict.deciding)),
        of=len(claim.positions),
        by_positions=label_words(verdict.adjudicated, claim.bearing),
        overridden=verdict.overridden,
    )


def _effects(revision: Revision, label: Label, pages: int) -> Iterator[str]:
    public = revision.document.live
    if public is None:
        yield "The claim is not public yet. No page shows it until it is published."
        return
    where = f"{pages} page{'s' if pages != 1 else ''}" if pages else "The claim's own page"
    before = label_words(Level(public.level), Bearing(public.fields["bearing"]))
    if label.words and label.words != before:
        yield f"{where} will show “{label.words}” instead of “{before}”."
    elif label.words:
        yield f"The label stays “{before}”."
    if revision.fields["statement"] != public.fields["statement"]:
        rest = "where the link has no words of its own" if pages else "and so will the register"
        yield f"{where} will show the new sentence, {rest}."


def _readings(revision: Revision, context: Context) -> Iterator[Reading]:
    for field in ("statement", "why"):
        found = lint_text(revision.fields[field], context).readability
        yield Reading(
            field=field,
            label=revision.document.kind.field_label(field),
            grade=found.grade,
            aim=GRADE_AIM,
            limit=GRADE_LIMIT,
            measured=found.words >= WORDS_TO_MEASURE,
            words=found.words,
            hardest=found.hardest,
        )
