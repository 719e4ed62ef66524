"""The claims as JSON: everything a claim's page tells, in a form that programs read.

`claims.schema.json` beside this file says what each field means; `VERSION` rises when a field
goes or changes its meaning, not when one is added.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Claim, Position
from explainer.evidence.context import AssessedClaim, Context
from explainer.evidence.labels import Label
from explainer.kinds import CLAIM, SOURCE, TREATMENT, Kind
from explainer.library.context import context_of
from explainer.library.models import Revision
from explainer.public.changelog import Line, histories
from explainer.public.metadata import absolute
from explainer.public.navigation import last_changed_at
from explainer.public.reference import ANY_PRODUCT_WORDS

VERSION = "1"
SCHEMA = "/claims.schema.json"
LICENCE = {"name": "MIT", "url": "https://spdx.org/licenses/MIT.html"}
GONE = (
    "looked", "numbers", "twin", "differs_because", "would_change", "ask", "markdown",
)  # fmt: skip
"""What is not told of a withdrawn claim: its page gives the sentence and why it went, no more."""
NOTICE = (
    "Show a statement only together with its label and the date. A label says how sure anyone can "
    "be; it is not medical advice."
)
_FILE = Path(__file__).with_name("claims.schema.json")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """What an address answers, and when anything on the site last changed (None: never)."""

    content: Json
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Rows by key, for the words that a claim's noun does not carry."""

    claims: Mapping[str, Revision]
    sources: Mapping[str, Revision]
    treatments: Mapping[str, Revision]
    context: Context


def schema() -> Json:
    """Give the JSON Schema, under its own whole address."""
    return {**json.loads(_FILE.read_text()), "$id": absolute(SCHEMA)}


def every_claim() -> Document:
    """Tell every published claim, in the order of their keys; three queries, however many."""
    shelf = _shelf(Revision.objects.published().of(CLAIM, SOURCE, TREATMENT).with_document())
    lives = histories(Revision.objects.of(CLAIM))
    told = [_claim(key, shelf, lives[key]) for key in sorted(shelf.claims)]
    return _document({"claims": told})


def one_claim(key: str) -> Document | None:
    """Tell one claim that is published, or was withdrawn and keeps its address; else None."""
    public = Revision.objects.published()
    rows = (public | Revision.objects.withdrawn()).of(CLAIM).filter(document__key=key)
    revision = rows.with_document().first()
    if revision is None:
        return None
    sources = Q(document__kind=SOURCE, document__key__in=CLAIM.sources(revision.fields))
    treatment = Q(document=revision.document.treatment_id)
    around = public.filter(sources | treatment).with_document()
    history = histories(Revision.objects.filter(document=revision.document))[key]
    return _document(_claim(key, _shelf([revision, *around]), history))


def _document(told: Json) -> Document:
    last = last_changed_at()
    envelope = {
        "$schema": absolute(SCHEMA),
        "version": VERSION,
        "site": {"name": settings.SITE_NAME, "url": absolute("/")},
        "licence": {**LICENCE, "terms": absolute("/reuse/")},
        "notice": NOTICE,
        "changed": last.isoformat() if last else None,
    }
    return Document({**envelope, **told}, last)


def _shelf(revisions: Iterable[Revision]) -> _Shelf:
    by_kind: dict[Kind, dict[str, Revision]] = defaultdict(dict)
    for row in (rows := list(revisions)):
        by_kind[row.document.kind][row.document.key] = row
    context = context_of(row.entry for row in rows)
    return _Shelf(by_kind[CLAIM], by_kind[SOURCE], by_kind[TREATMENT], context)


def _claim(key: str, shelf: _Shelf, history: Iterable[Line]) -> Json:
    revision, claim = shelf.claims[key], shelf.context.claims[key]
    fields, assessed = revision.fields, AssessedClaim(claim, adjudicate(claim))
    positions = () if claim.withdrawn else claim.positions
    findings = Counter(position.finding.value for position in positions)
    address = CLAIM.address(key)
    told = {
        "key": key,
        "name": claim.name,
        "statement": claim.statement,
        "statement_parts": [{"text": text, "said": said} for text, said in claim.pieces],
        "label": _label(assessed.label),
        "quote": f"{claim.statement} {assessed.label.sentence}",
        **_subject(claim, shelf.treatments.get(claim.treatment)),
        "positions": [_position(it, assessed, shelf.sources[it.source.key]) for it in positions],
        "findings": dict(sorted(findings.items())),
        "sources": sorted({position.source.key for position in positions}),
        "looked": dict(fields["looked"]) or None,
        "numbers": dict(fields["numbers"]) or None,
        "twin": claim.twin or None,
        "differs_because": claim.differs_because or None,
        "would_change": claim.would_change,
        "ask": claim.ask or None,
        "withdrawn": claim.withdrawn or None,
        "history": [_line(line) for line in history],
        "dates": _dates(revision),
        "url": absolute(address),
        "json": absolute(f"{address.rstrip('/')}.json"),
        "markdown": absolute(f"{address.rstrip('/')}.md"),
    }
    return told | dict.fromkeys(GONE) if claim.withdrawn else told


def _label(label: Label) -> Json:
    ground = None if label.withdrawn else label.ground
    return {
        "word": label.word,
        "bearing": label.bearing.value,
        "level": None if label.withdrawn else label.level.value,
        "line": label.line,
        "ground": ground.value if ground else None,
        "ground_words": ground.words if ground else None,
        "explanation": label.explanation,
    }


def _subject(claim: Claim, treatment: Revision | None) -> Json:
    products = dict(treatment.fields["products"]) if treatment else {}
    name = treatment.title if treatment else claim.treatment
    product = products.get(claim.product, ANY_PRODUCT_WORDS)
    return {
        "treatment": {"key": claim.treatment, "name": name},
        "product": {"key": claim.product, "name": product},
        "topic": {"key": claim.topic.value, "name": claim.topic.words},
        "kind": {"key": claim.kind.value, "name": claim.kind.words},
    }


def _position(position: Position, assessed: AssessedClaim, source: Revision) -> Json:
    claim = assessed.claim
    return {
        "source": position.source.key,
        "title": source.title,
        "kind": position.source.kind.value,
        "kind_words": position.source.kind.words,
        "year": source.fields["year"] or None,
        "url": source.fields["url"] or None,
        "doi": source.fields["doi"] or None,
        "page": absolute(SOURCE.address(position.source.key)),
        "sells_treatment": position.source.sells_treatment,
        "level": None if claim.discounts(position) else position.level.value,
        "finding": position.finding.value,
        "finding_words": position.told,
        "says": position.says,
        "product": position.product,
        "borrowed": claim.borrows(position),
        "decides": position in assessed.verdict.deciding,
    }


def _line(line: Line) -> Json:
    return {
        "version": line.number,
        "at": line.told_at.isoformat(),
        "event": line.event,
        "before": line.before.line if line.before else None,
        "after": line.after.line if line.after else None,
        "reason": line.reason or None,
        "correction": line.correction,
    }


def _dates(revision: Revision) -> Json:
    days = (revision.words_changed_at, revision.reviewed_at, revision.review_due)
    changed, reviewed, due = (day.isoformat() if day else None for day in days)
    by = revision.reviewed_by or None
    return {"changed": changed, "reviewed": reviewed, "reviewed_by": by, "review_due": due}
