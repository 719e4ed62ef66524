"""What a public page showed at a moment: its words, labels and versions (requirement D10).

Read from the versions that were public then, and rendered as pages are rendered
today. Shows the words and labels of articles, claims, sources and the glossary;
lists that are only gathered from these (register, sheets) and images are left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.pipeline import Explanation, Judged, Knowledge, Term, explain
from explainer.evidence.plain import visible_text
from explainer.evidence.render import WITHDRAWN, anchor
from explainer.library.explanations import SUMMARY_PREFIX, trusted
from explainer.library.models import (
    ArticleVersion,
    ClaimVersion,
    ReferenceVersion,
    Source,
    State,
)
from explainer.library.models.versions import FIXED, Version, VersionQuerySet
from explainer.library.nouns import claim_noun, source_noun
from explainer.library.words import Words

_PARAGRAPH = re.compile(r"(?=<(?:h[2-4]|p|li|tr|div)\b)")


@dataclass(frozen=True, slots=True)
class PastText:
    """A text of a page under its heading, which may be empty; `html` is safe or empty."""

    title: str
    lines: tuple[str, ...]
    html: SafeString | None = None


@dataclass(frozen=True, slots=True)
class PastClaim:
    """A claim as a page showed it; its positions have the sources' titles of then."""

    version: ClaimVersion
    judged: Judged

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
    """A page as it was at a moment; the glossary has no version of its own."""

    path: str
    at: datetime
    title: str
    texts: tuple[PastText, ...]
    claims: tuple[PastClaim, ...] = ()
    version: Version | None = None


def moment(text: str) -> datetime:
    """Read a moment as somebody typed it; without a zone it is UTC.

    Raises ValueError, with the way to write it, for anything else and for the future.
    """
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        message = f"'{text}' is no moment. Write it like 2026-11-20T12:00 (UTC)."
        raise ValueError(message) from None
    read = read if read.tzinfo else read.replace(tzinfo=UTC)
    if read > timezone.now():
        raise ValueError(f"{read:%Y-%m-%d %H:%M} has not come yet. Choose an earlier time.")
    return read


def page_on(path: str, day: datetime) -> PastPage | None:
    """Give what a page showed at a moment, or None if nothing was public there.

    `path` is an address of this site, whole or from its first slash. Raises
    ValueError for what can't be an address.
    """
    parts = _parts(path)
    address = "/".join(["", *parts, ""]) if parts else "/"
    match parts:
        case ["claims", treatment, slug]:
            return _claim_page(address, f"{treatment}/{slug}", day)
        case ["sources", key]:
            return _source_page(address, key, day)
        case ["glossary"]:
            return _glossary_page(address, day)
    return _article_page(address, "/".join(parts) or "home", day)


def _parts(path: str) -> list[str]:
    try:
        found = [part for part in urlsplit(path).path.split("/") if part]
    except ValueError:
        found = ["\0"]
    if not all(map(str.isprintable, found)):
        raise ValueError(f"{path!r} is no address of a page. Write it like /mesotherapy/safety/.")
    return found


def _public(versions: VersionQuerySet, at: datetime) -> VersionQuerySet:
    """Keep what was public at a moment: from its publication up to its end, the end left out."""
    return versions.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), published_at__lte=at)


def _article_page(address: str, key: str, at: datetime) -> PastPage | None:
    versions = ArticleVersion.objects.filter(article__key=key)
    version = _public(versions, at).select_related("article").first()
    if version is None:
        return None
    claims = _claims(at)
    known = _knowledge(claims, at)
    summary = explain(version.summary, known, prefix=SUMMARY_PREFIX, linked=())
    body = explain(version.body, known, linked=summary.linked)
    judged = {item.claim.key: item for item in (*summary.claims, *body.claims)}
    shown = tuple(PastClaim(claims[key], item) for key, item in judged.items())
    texts = (_text("Short answer", summary), _text("", body))
    return PastPage(address, at, version.title, texts, shown, version)


def _claim_page(address: str, key: str, at: datetime) -> PastPage | None:
    version = _claims(at, key).get(key)
    if version is None:
        return None
    claim = claim_noun(version)
    shown = PastClaim(version, Judged(claim, adjudicate(claim)))
    why = _text("Why", explain(version.why, Knowledge(terms=_terms(at)), linked=()))
    texts = [
        PastText("Label", (f"{shown.label}. {shown.judged.explanation}",)),
        *([PastText("Withdrawn because", (claim.withdrawn,))] if claim.withdrawn else [why]),
        PastText("What would change this", (claim.would_change,)),
        PastText("What you can ask", (claim.ask,)),
    ]
    held = tuple(text for text in texts if any(text.lines))
    return PastPage(address, at, claim.statement, held, (shown,), version)


def _source_page(address: str, key: str, at: datetime) -> PastPage | None:
    versions = ReferenceVersion.objects.filter(what=f"sources/{key}")
    version = _public(versions, at).first()
    if version is None:
        return None
    told = {name: value for name, value in version.words.items() if value not in ("", None)}
    appraisal = told.pop("appraisal", "")
    facts = tuple(f"{name.replace('_', ' ')}: {value}" for name, value in told.items())
    texts = (
        PastText("Facts", facts),
        _text("Our appraisal", explain(appraisal, Knowledge())),
    )
    return PastPage(address, at, version.words["title"], texts, (), version)


def _glossary_page(address: str, at: datetime) -> PastPage | None:
    held = _public(ReferenceVersion.objects.filter(what__startswith="glossary/"), at)
    words = sorted((version.words for version in held), key=lambda row: row["term"].lower())
    texts = tuple(_text(row["term"], explain(row["definition"], Knowledge())) for row in words)
    return PastPage(address, at, "Glossary", texts) if texts else None


def _claims(at: datetime, key: str = "") -> dict[str, ClaimVersion]:
    """Give each claim's version that a page could show then: published, or withdrawn last."""
    versions = ClaimVersion.objects.filter(claim__key=key) if key else ClaimVersion.objects.all()
    public = _public(versions, at)
    withdrawn = versions.filter(state=State.WITHDRAWN, ended_at__lte=at)
    rows = (public | withdrawn).select_related("claim").prefetch_related("positions__source")
    found = {version.claim.key: version for version in rows.order_by("claim__key", "number")}
    sources = _sources(at)
    for version in found.values():
        _put_back(version, sources, at)
    return found


def _put_back(version: ClaimVersion, sources: Mapping[str, Source], at: datetime) -> None:
    """Turn a version, in memory alone, into what it was: its state then and its sources."""
    if version.ended_at is not None and version.ended_at > at:
        version.state = State.PUBLISHED
    for position in version.positions.all():
        position.source = sources.get(position.source.key, position.source)


def _knowledge(claims: Mapping[str, ClaimVersion], at: datetime) -> Knowledge:
    return Knowledge(
        claims={key: claim_noun(version) for key, version in claims.items()},
        sources={key: source_noun(row) for key, row in _sources(at).items()},
        terms=_terms(at),
    )


def _sources(at: datetime) -> dict[str, Source]:
    return {key: Source(key=key, **words) for key, words in _rows("sources", at)}


def _terms(at: datetime) -> dict[str, Term]:
    return {
        key: Term(key, words["term"], tuple(words["also"])) for key, words in _rows("glossary", at)
    }


def _rows(part: str, at: datetime) -> Iterator[tuple[str, Words]]:
    """Give the words of reference rows then; a row without a version of then, its first."""
    held: dict[str, ReferenceVersion] = {}
    versions = ReferenceVersion.objects.filter(what__startswith=f"{part}/", state__in=FIXED)
    for version in versions.order_by("what", "number"):
        key = version.what.partition("/")[2]
        if key not in held or (version.published_at and version.published_at <= at):
            held[key] = version
    return ((key, version.words) for key, version in held.items())


def _text(title: str, explanation: Explanation) -> PastText:
    pieces = (visible_text(piece) for piece in _PARAGRAPH.split(explanation.html))
    return PastText(title, tuple(filter(None, pieces)), trusted(explanation))
