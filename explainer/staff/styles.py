"""The page of styles: every component of the readers' pages, with invented words about pebbles.

Templates are the readers' own; what they ask of documents stands here as plain values. Verdicts are
worked out by the real method and texts written by the real renderer. Nothing of it is stored or
reaches readers. A stylesheet without a sample is named on the page; the sweeps refuse it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static

from explainer.evidence.claims import Claim, Position, Record, Source, unmarked
from explainer.evidence.context import AssessedClaim, Context, Figure, Term
from explainer.evidence.labels import SCALE, WITHDRAWN_LABEL, Label
from explainer.evidence.levels import Bearing, Finding, Kind, Level, Reason, Seen, SourceKind, Topic
from explainer.evidence.pipeline import Explanation, explain
from explainer.kinds import CLAIM, SOURCE
from explainer.library.rendering import trusted
from explainer.staff.decorators import staff
from explainer.staff.style_values import counts, finds

AT = datetime(2026, 1, 2, 12, tzinfo=UTC)
STUDY = Source("sample-study", "A sample study", SourceKind.TRIAL, Seen.FULL)
SELLER = Source("sample-shop", "A sample shop", SourceKind.CLINIC, Seen.FULL, True)
PLAIN = "Sample words: polish might make a pebble shine."
SAID = "Sample words: shops say *polish makes pebbles shine*, but no study we found shows it."
DRAWN = ("hair-root", "hair-cycle")
LINK = {"path": "#main", "name": "A sample link"}


@staff()
def styles(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, in the readers' own frame."""
    names = sorted(file.stem for file in Path(str(finders.find("css/components"))).glob("*.css"))
    samples = [(n, [f"staff/styles/{n}.html", "staff/styles/none.html"]) for n in names]
    return render(request, "staff/styles/page.html", {"samples": samples, **_values()})


def faces() -> Iterator[Claim]:
    """Give a claim for every label: a promise with the words of somebody and without, a risk."""
    for label in SCALE:
        both = (PLAIN, SAID) if label.bearing is Bearing.PROMISE else (PLAIN,)
        yield from (_claim(f"{label.modifier}-{n}", label, words) for n, words in enumerate(both))
    yield _claim("gone", SCALE[0], PLAIN, withdrawn="Sample reason: the study was taken back.")


def _claim(slug: str, label: Label, words: str, withdrawn: str = "") -> Claim:
    statement, said = unmarked(words)
    positions = tuple(
        Position(source, label.level, "Sample words: it says so.", finding=finding)
        for source, finding in ((STUDY, Finding.SUPPORTS), (SELLER, Finding.ASSERTS))
    )
    reason = Reason.NOT_STUDIED if label.level is Level.UNSUPPORTED else None
    return Claim(
        f"sample/{slug}", statement, Topic.SAFETY, Kind.MECHANISM, label.bearing, positions,
        reason=reason, name=f"Sample {slug}", said=said, withdrawn=withdrawn,
        would_change="A sample of more pebbles.",
    )  # fmt: skip


def _texts() -> tuple[Explanation, Explanation]:
    """Explain a text with everything the dialect can write, one claim missing; and pictures.

    These are drawings of the site, for texts can name no others; their words are their own.
    """
    act, day = "In 2026 a sample office counted pebbles.", "2026-01-02"
    records = (
        Record("sample/act", act, STUDY, "SO", day),
        Record("sample/void", act, STUDY, "SO", day, withdrawn="It was void."),
    )
    claims = {claim.key: claim for claim in faces()}
    context = Context(
        claims=claims,
        sources={source.key: source for source in (STUDY, SELLER)},
        terms={"pebble": Term("pebble", "pebble")},
        figures={"pebble": Figure("pebble", static("icons/favicon.svg"), 96, 96)},
        records={record.key: record for record in records},
        pictures=frozenset(DRAWN),
    )
    written = render_to_string("staff/styles/sample.md", {"keys": claims})
    drawn = render_to_string("staff/styles/picture.md", {"names": DRAWN})
    return explain(written, context, prefix="s-"), explain(drawn, context, prefix="d-")


def _source(source: Source) -> SimpleNamespace:
    fields = {"title": source.title, "kind": source.kind, "seen": source.seen, "year": 2026}
    fields |= {"sells_treatment": source.sells_treatment, "url": "https://sample.example/"}
    fields |= {"authors": "Sample A", "publisher": "Sample press"}
    document = SimpleNamespace(kind=SOURCE, get_absolute_url="#main")
    return SimpleNamespace(title=source.title, fields=fields, document=document)


def _entry(assessed: AssessedClaim) -> SimpleNamespace:
    """Stand in for a claim as pages show it (`library.rendering.ClaimEntry`)."""
    claim, label = assessed.claim, assessed.label
    items = [
        SimpleNamespace(
            position=it, source=_source(it.source), borrowed=decides, decides=decides,
            alone=label if decides else None,
        )
        for it, decides in zip(claim.positions, (True, False), strict=True)
    ]  # fmt: skip
    groups = [("Who looked into it", items[:1]), ("Who says it", items[1:])]
    own = {"groups": groups, "positions": items, "anchor": f"c-{claim.key.replace('/', '-')}"}
    own |= {"url": "#main", "withdrawn": claim.withdrawn, "assessed": assessed, "key": claim.key}
    own |= {"reason": "Sample words: one line why.", "statement": claim.statement}
    return SimpleNamespace(**own, revision=SimpleNamespace(words_changed_at=AT), numbers={})


def _values() -> dict[str, Any]:
    """Give what the samples are made of, mostly by the names that the readers' templates use."""
    text, picture = _texts()
    entries = [_entry(assessed) for assessed in text.claims]
    before, after = SCALE[0], SCALE[2]
    step = {"number": 2, "at": AT, "before": before, "after": after, "reason": "Sample reason."}
    line = {"kind": CLAIM, "name": "A sample", "url": "#main", "event": "Label changed"}
    line |= {"before": before, "after": after, "today": WITHDRAWN_LABEL, "correction": True}
    cell = {"option": "Pebbles", "html": "<p>Sample words.</p>"}
    parts = [
        {"label": label, "number": 5, "start": 30 * n, "length": 29, "words": label.word.lower()}
        for n, label in enumerate(SCALE)
    ]
    return {
        "entries": entries,
        "entry": entries[-2],
        "text": trusted(text),
        "picture": trusted(picture),
        "link": LINK,
        "page": {"crumbs": [LINK, LINK, {"name": "Here"}]},
        "at": AT,
        "article": {"body": text, "claims": entries},
        "batch": {"number": 1, "summary": "Sample words.", "lines": [line | {"relabelled": True}],
                  "reason": "Sample reason."},
        "history": [step | {"relabelled": True, "correction": True}, {**step, "number": 1}],
        "pages": Paginator(range(30), 10).page(2),
        "fields": {Topic.SAFETY: [{"value": "a", "words": "Sample", "number": 3}]},
        "chosen": {"active": True},
        "table": SimpleNamespace(options=["Pebbles", "Sand"], rows=[
            {"id": "row", "question": "A sample question?", "cells": [SimpleNamespace(**cell)] * 2}
        ]),
        "columns": [LINK, {"name": "Sand"}],
        "tally": {"promises": parts[:3], "risks": parts[3:], "sentence": "15 sample promises"},
        "sources": [_source(STUDY), _source(SELLER)],
        "since": AT.date(),
        "changed": [({"name": "A sample", "url": "/claims/sample/a/"},
                     [line | {"relabelled": True, "at": AT, "reason": "Sample reason."}])],
        **finds(text.claims),
        **counts(text.claims, entries[0]),
    }  # fmt: skip
