"""Pages that are gathered from others, as they were: register, sources, glossary, sheets."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from urllib.parse import urlencode

from explainer.evidence.levels import Bearing, Level, Role, Seen, SourceKind, Topic
from explainer.evidence.pipeline import Context, explain
from explainer.library.past import moments
from explainer.library.past.shown import PastClaim, PastPage, PastText, text_of
from explainer.library.questions import Asked, by_topic, without
from explainer.library.rendering import explain_questions
from explainer.library.words import Words

_OF_REGISTER = "how the list was cut into pages; here it is whole, by key"

_CHOICES: Mapping[str, Callable[[PastClaim], set[str]]] = {
    "treatment": lambda claim: {claim.version.claim.treatment.key},
    "topic": lambda claim: {claim.version.topic},
    "level": lambda claim: {claim.version.level},
    "bearing": lambda claim: {claim.version.bearing},
    "source": lambda claim: {position.source.key for position in claim.judged.claim.positions},
}
"""What the register could be filtered by, as its address names it, and what a claim has of it."""


def register_page(address: str, asked: Mapping[str, str], at: datetime) -> PastPage | None:
    """Give the register, filtered as its address says; a value nobody knew filters nothing."""
    names = {key: words["name"] for key, words in moments.rows("treatments", at).items()}
    known: dict[str, set[str]] = {
        "treatment": set(names),
        "topic": set(Topic),
        "level": set(Level),
        "bearing": set(Bearing),
        "source": set(moments.rows("sources", at)),
    }
    chosen = {name: asked[name] for name in _CHOICES if asked.get(name) in known[name]}
    claims = moments.standing(at)
    if not claims:
        return None
    found = [
        claim
        for claim in claims
        if all(value in _CHOICES[name](claim) for name, value in chosen.items())
    ]
    lines = tuple(_line(claim, names) for claim in found)
    path = f"{address}?{urlencode(chosen)}" if chosen else address
    texts = (PastText(_counted(len(found), "claim"), lines),)
    return PastPage(path, at, "All claims", texts, left_out=_OF_REGISTER)


def _line(claim: PastClaim, names: Mapping[str, str]) -> str:
    version = claim.version
    treatment = names.get(version.claim.treatment.key, version.claim.treatment.name)
    return (
        f"{claim.judged.claim.statement} Evidence: {claim.label}. "
        f"{treatment}: {Topic(version.topic).words.lower()}. "
        f"({version.claim.key}, version {version.number})"
    )


def sources_page(address: str, at: datetime) -> PastPage | None:
    """List the sources of then under their kinds."""
    rows = sorted(moments.rows("sources", at).items(), key=lambda row: row[1]["title"])
    spoken = Counter(
        key
        for claim in moments.standing(at)
        for key in {position.source.key for position in claim.judged.claim.positions}
    )
    by_kind: dict[str, list[str]] = {}
    for key, words in rows:
        by_kind.setdefault(words["kind"], []).append(_source_line(words, spoken[key]))
    texts = tuple(
        PastText(kind.words, tuple(by_kind[kind])) for kind in SourceKind if kind in by_kind
    )
    return PastPage(address, at, "Sources", texts) if texts else None


def _source_line(words: Words, claims: int) -> str:
    told = [f"“{words['title']}”", SourceKind(words["kind"]).words]
    told += [str(words[name]) for name in ("year", "authors", "publisher") if words.get(name)]
    told += ["Sells the treatment"] if words.get("sells_treatment") else []
    told += [Seen(words["seen"]).words]
    told += [f"Speaks to {_counted(claims, 'claim')}"] if claims else []
    return f"{'. '.join(told)}."


def glossary_page(address: str, at: datetime) -> PastPage | None:
    """Give the words that were explained then, in the order of the alphabet."""
    rows = sorted(moments.rows("glossary", at).values(), key=lambda row: row["term"].lower())
    texts = tuple(_term(row) for row in rows)
    return PastPage(address, at, "Glossary", texts) if texts else None


def _term(row: Words) -> PastText:
    also = f" (also {', '.join(row['also'])})" if row["also"] else ""
    return text_of(f"{row['term']}{also}", explain(row["definition"], Context()))


def sheet_page(address: str, treatment: str, at: datetime) -> PastPage | None:
    """Give the questions to ask about a treatment, made as the sheet of today is made."""
    page, overview = moments.article("questions", at), moments.article(treatment, at)
    row = moments.rows("treatments", at).get(treatment)
    if page is None or overview is None or row is None or row["role"] != Role.EXPLAINED:
        return None
    groups = by_topic(_brought(treatment, at))
    asked = {question.text for group in groups.values() for question in group}
    promises = sum(question.promises for group in groups.values() for question in group)
    from_them = f"From {_counted(promises, 'promise')} labelled “Unsupported”"
    texts = [
        *([PastText("If a clinic promises something", (from_them,))] if groups else []),
        *(PastText(topic.words, tuple(map(_question, group))) for topic, group in groups.items()),
        *(
            PastText(f"Whatever a clinic offers: {group.title}".removesuffix(": "), group.asked)
            for group in without(explain_questions(page), asked)
        ),
    ]
    return PastPage(address, at, f"Questions to ask about {row['name']}", tuple(texts))


def _brought(treatment: str, at: datetime) -> Iterator[tuple[Topic, str]]:
    for claim in moments.standing(at):
        version = claim.version
        promised = (version.level, version.bearing) == (Level.UNSUPPORTED, Bearing.PROMISE)
        if promised and version.ask and version.claim.treatment.key == treatment:
            yield Topic(version.topic), version.ask


def _question(asked: Asked) -> str:
    return f"{asked.text} (about {_counted(asked.promises, 'promise')})"


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
