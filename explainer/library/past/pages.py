"""Pages of one text as they were: articles, claims, sources."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from explainer.evidence.levels import Bearing, Level, Seen, SourceKind, label_words
from explainer.evidence.pipeline import Context, explain
from explainer.library.models import ArticleVersion, ReferenceVersion, State
from explainer.library.past import moments
from explainer.library.past.shown import PastClaim, PastPage, PastText, text_of
from explainer.library.rendering import SUMMARY_PREFIX
from explainer.library.words import Words

HOME = "home"

_OF_HOME = "how many claims carried which label, which /claims/ of that moment tells"
_OF_CLAIM = "the claim’s history, and the pages that showed it"
_OF_SOURCE = "when our notes on it changed, which the source’s history tells"


def article_page(address: str, key: str, at: datetime) -> PastPage | None:
    """Give an article, or the notice in its place if it had been withdrawn."""
    version = moments.article(key, at)
    if version is None:
        return _withdrawn(address, key, at)
    claims = moments.claims(at)
    known = moments.knowledge(claims, at)
    summary = explain(version.summary, known, prefix=SUMMARY_PREFIX, linked=())
    body = explain(version.body, known, linked=summary.linked)
    judged = {item.claim.key: item for item in (*summary.claims, *body.claims)}
    shown = tuple(PastClaim(claims[key], item) for key, item in judged.items())
    texts = (text_of("Short answer", summary), text_of("", body))
    left_out = _OF_HOME if key == HOME else ""
    return PastPage(address, at, version.title, texts, shown, version, left_out)


def _withdrawn(address: str, key: str, at: datetime) -> PastPage | None:
    versions = ArticleVersion.objects.filter(
        article__key=key, state=State.WITHDRAWN, ended_at__lte=at
    )
    version = versions.order_by("-number").first()
    if version is None or version.ended_at is None:
        return None
    day = f"{timezone.localtime(version.ended_at):%Y-%m-%d}"
    told = (f"“{version.title}” was withdrawn on {day}.", version.ended_because)
    return PastPage(address, at, "We withdrew this page", (PastText("", told),))


def claim_page(address: str, key: str, at: datetime) -> PastPage | None:
    """Give a claim with its label, its reason and what each source said."""
    version = moments.claims(at, key).get(key)
    if version is None:
        return None
    shown = moments.judged(version)
    claim = shown.judged.claim
    why = text_of("Why", explain(version.why, Context(terms=moments.terms(at)), linked=()))
    texts = [
        PastText("Label", (f"{shown.label}. {shown.judged.explanation}",)),
        *([PastText("Withdrawn because", (claim.withdrawn,))] if claim.withdrawn else [why]),
        PastText("What would change this", (claim.would_change,)),
        PastText("What you can ask", (claim.ask,)),
    ]
    held = tuple(text for text in texts if any(text.lines))
    return PastPage(address, at, claim.statement, held, (shown,), version, _OF_CLAIM)


def source_page(address: str, key: str, at: datetime) -> PastPage | None:
    """Give a source: what it was known to be, how it was judged, what it said of each claim."""
    versions = ReferenceVersion.objects.filter(what=f"sources/{key}")
    version = moments.public(versions, at).first()
    if version is None:
        return None
    words = version.words
    appraisal = explain(words["appraisal"], Context(terms=moments.terms(at)))
    texts = (
        PastText("Facts", tuple(_facts(words))),
        text_of("How we judge it", appraisal),
        PastText("What it says", tuple(_said(key, at)) or (_SILENT,)),
    )
    title = f"{SourceKind(words['kind']).words}: “{words['title']}”"
    return PastPage(address, at, title, texts, (), version, _OF_SOURCE)


_SILENT = "It takes no position on a published claim."


def _facts(words: Words) -> Iterator[str]:
    published = ", ".join(str(words[name]) for name in ("publisher", "year") if words.get(name))
    told = {
        "Authors": words.get("authors"),
        "Published by" if words.get("publisher") else "Year": published,
        "Sells the treatment": "Yes" if words.get("sells_treatment") else "No",
        "How far we read it": Seen(words["seen"]).words,
        "Find it": f"doi:{words['doi']}" if words.get("doi") else words.get("url"),
    }
    return (f"{name}: {value}" for name, value in told.items() if value)


def _said(key: str, at: datetime) -> Iterator[str]:
    for claim in moments.standing(at):
        bearing = Bearing(claim.version.bearing)
        for position in claim.judged.claim.positions:
            if position.source.key == key:
                alone = label_words(Level(position.level), bearing)
                yield (
                    f"{claim.judged.claim.statement} Evidence: {claim.label}. "
                    f"Going by this source alone: {alone}. {position.says}"
                )
