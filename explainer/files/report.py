"""The tables that follow a check: how much there is, how it is labelled, how it reads."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from explainer.evidence import comparison
from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Claim
from explainer.evidence.levels import Bearing, Kind, Level
from explainer.evidence.lint.jargon import undefined
from explainer.evidence.lint.readability import SENTENCE_AIM
from explainer.evidence.pipeline import PartKind
from explainer.files.check import Check, CheckedPage
from explainer.kinds import BY_FOLDER


def summary(check: Check) -> Iterator[str]:
    names = [file.path.partition("/")[0] for file in check.collection.entries.values()]
    files = {name: names.count(name) for name in BY_FOLDER}
    claims = list(check.context.claims.values())
    texts = list(check.pages.values())
    errors = len(check.errors)
    yield _row("files", {"all": sum(files.values()), **files})
    yield from _claims(claims)
    yield _row("words by part", _words(texts))
    hardest = sorted(texts, key=_grade, reverse=True)[:1]
    yield _row("highest grade", {text.file.key: round(_grade(text), 1) for text in hardest})
    yield _row("problems", {"errors": errors, "warnings": len(check.found) - errors})


def pages(check: Check) -> Iterator[str]:
    for key, text in sorted(check.pages.items()):
        yield f"{text.file.path} ({key})"
        for line in _page(check, text):
            yield f"  {line}"
    shown = {key for text in check.pages.values() for key in text.claims}
    yield _list("claims on no page", [key for key in check.context.claims if key not in shown])
    yield _list("sources unused", check.unused_sources)
    yield _list("undefined medical terms", _undefined(check, check.pages.values()))
    unaided = [c.key for c in check.context.claims.values() if not _is_aided(c)]
    yield _list("claims without an independent source", unaided)


def _page(check: Check, text: CheckedPage) -> Iterator[str]:
    claims = [check.context.claims[key] for key in text.claims]
    unaided = [claim.key for claim in claims if not _is_aided(claim)]
    yield _row("words", _words([text]))
    if text.file.key == comparison.PAGE:
        yield _row("words by column", comparison.read(text.body.explanation).words)
    yield f"grade: {_grade(text):.1f}, LIX: {text.body.readability.lix:.0f}"
    yield f"longest sentence: {_longest(text)}"
    long = sum(len(report.readability.long) for report in text.reports.values())
    yield f"sentences over {SENTENCE_AIM} words: {long}"
    yield from _claims(claims)
    yield _list("undefined medical terms", _undefined(check, [text]))
    yield _list("claims without an independent source", unaided)
    yield _list("borrowed positions", [line for claim in claims for line in _borrowed(claim)])
    # Content files carry no review: a reviewer is named by staff, when it is true.
    yield "review: no clinician has reviewed this text"


def _claims(claims: Sequence[Claim]) -> Iterator[str]:
    yield _row("claims by level", _count(Level, (adjudicate(claim).level for claim in claims)))
    yield _row("claims by bearing", _count(Bearing, (claim.bearing for claim in claims)))
    yield _row("claims by kind", _count(Kind, (claim.kind for claim in claims)))


def _count(vocabulary: type[StrEnum], members: Iterable[StrEnum]) -> Mapping[str, int]:
    counted = Counter(members)
    return {str(member): counted[member] for member in vocabulary}


def _words(texts: Sequence[CheckedPage]) -> Mapping[str, int]:
    return {str(part): sum(text.words(part) for text in texts) for part in PartKind}


def _grade(text: CheckedPage) -> float:
    return text.body.readability.grade


def _longest(text: CheckedPage) -> str:
    found = (report.readability.longest for report in text.reports.values())
    longest = max(filter(None, found), key=lambda sentence: sentence.words, default=None)
    return f"{longest.words} words: {longest.text}" if longest else "none"


def _undefined(check: Check, texts: Iterable[CheckedPage]) -> Sequence[str]:
    words = check.context.term_words
    return undefined((block.text for text in texts for block in text.blocks), words)


def _is_aided(claim: Claim) -> bool:
    return any(position.source.is_independent for position in claim.positions)


def _borrowed(claim: Claim) -> Iterator[str]:
    for position in claim.positions:
        if claim.borrows(position):
            yield f"{claim.key} from {position.source.key} ({position.product})"


def _row(name: str, figures: Mapping[str, float]) -> str:
    return f"{name}: " + ", ".join(f"{word} {figure}" for word, figure in figures.items())


def _list(name: str, entries: Sequence[str]) -> str:
    return f"{name}: {len(entries)}" + (f" ({', '.join(entries)})" if entries else "")
