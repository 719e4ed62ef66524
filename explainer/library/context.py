"""What texts may refer to: public documents as the evidence core's nouns."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from explainer.evidence.context import Context, Figure
from explainer.evidence.levels import SourceKind
from explainer.kinds import KINDS, SHOWN, SOURCE, TERM, TREATMENT, Entry, Kind
from explainer.library import as_of
from explainer.library.edition import per_edition
from explainer.library.images import figures_of
from explainer.library.models import Revision
from explainer.library.models.revision import RevisionQuerySet, State
from explainer.library.pictures import names

FEW = 100  # documents that are looked up by name; of more, everything public is read at once
_NAMED = re.compile(
    r"(claim|record|term|source|figure):([a-z0-9/-]+)|^[> ]*:::+ *reported(.*)", re.M
)
"""Where texts name what they show. It needs to find no unusual spelling: see `context_for`."""


def context_of(entries: Iterable[Entry], base: Context | None = None) -> Context:
    """Make the nouns of entries into a context; what can't be built or decided yet is left out.

    They are added to those of `base`, if it is given.
    """
    by_kind: dict[Kind, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    context = base or Context(pictures=names())
    for kind in (kind for kind in KINDS if kind.context_name):
        nouns = dict(getattr(context, kind.context_name))
        for entry in by_kind[kind]:
            try:
                noun = kind.noun(entry, context)
                kind.judge(noun)
            except ValueError:
                # A draft may leave open what its noun or label needs; its own check says so.
                continue
            nouns[entry.key] = noun
        by_name: dict[str, Any] = {kind.context_name: nouns}
        context = replace(context, **by_name)
    return context


def public_context(
    also: Iterable[Revision] = (), figures: Mapping[str, Figure] | None = None
) -> Context:
    """Give everything published, for checks, previews and publishing.

    `also` are revisions that stand in for the public ones, or beside them, as if they were
    published. Its figures are all images there are, at the addresses that answer staff alone.
    """
    entries = {entry.subject: entry for entry in (*shown(), *(row.entry for row in also))}
    return _with_figures(context_of(entries.values()), figures)


def context_while_writing(
    drafts: Iterable[Revision], figures: Mapping[str, Figure] | None = None
) -> Context:
    """Give `public_context` of drafts, for answers while somebody writes or reads a change.

    Within `edition.of_this_moment` what is public is read once for each edition; but for a draft
    that stands in for what is public, for others may have been built on that.
    """
    drafts, public = [*drafts], {entry.subject for entry in shown()}
    if any(draft.subject in public for draft in drafts):
        return public_context(drafts, figures)
    context = context_of((draft.entry for draft in drafts), base=_public_nouns())
    return _with_figures(context, figures)


def _with_figures(context: Context, figures: Mapping[str, Figure] | None) -> Context:
    return replace(context, figures=figures_of(None) if figures is None else figures)


@per_edition
def _public_nouns() -> Context:
    return context_of(shown())


def context_for(entries: Iterable[Entry]) -> Context:
    """Give of what is public only what entries name, so that it costs the same in any library.

    What is lost in it may still be there: before somebody is told so, ask `public_context`.
    """
    keys = _named(entries)
    terms = Revision.objects.published().of(TERM).filter(document__key__in=keys["term"])
    return _context(_known(keys["shown"]) + (entries_of(terms) if keys["term"] else []), keys)


def context_to_judge(revisions: Iterable[Revision], also: Iterable[Revision] = ()) -> Context:
    """Give of what is public only what the checks of revisions look at, as `context_for` does.

    That is what they name, their twins, every treatment and glossary word, and the clinics for
    their names. These and `also` are taken as public.
    """
    own = [revision.entry for revision in revisions]
    keys, published = _named(own), Revision.objects.published()
    twins = keys["shown"] | {entry.key for entry in own if entry.kind.is_assessed}
    everywhere = (
        published.of(TERM, TREATMENT),
        published.of(SOURCE).saying("kind", [SourceKind.CLINIC]),
    )
    found = [*_known(keys["shown"], twins), *entries_of(*everywhere)]
    for entry in (revision.entry for revision in also):
        if not entry.kind.is_shown or {entry.key, entry.fields.get("twin")} & twins:
            found.append(entry)
    return _context([*found, *own], keys)


def named(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give what the words of an entry refer to: the kind's name (or "figure") and the key."""
    yield from ((SOURCE.name, key) for key in entry.kind.sources(entry.fields))
    for field in entry.kind.schema:
        if getattr(field.type, "is_dialect", False):
            for name, key, sources in _NAMED.findall(entry.fields[field.name]):
                yield from [(name, key)] if key else []
                yield from ((SOURCE.name, source) for source in sources.split())


def _named(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """Give the keys that entries name: of terms, sources, figures, and of what has a sentence."""
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        keys["shown"].update(filter(None, [entry.fields.get("twin")]))
        for of, key in named(entry):
            keys[of if of in ("term", "figure", "source") else "shown"].add(key)
    return keys


def _known(keys: Collection[str], twins: Collection[str] = ()) -> list[Entry]:
    """Read claims and records by their keys, and those that name one of `twins` as theirs."""
    found = known(document__kind__in=SHOWN, document__key__in=keys) if keys else []
    if twins:
        said = Revision.objects.published() | Revision.objects.withdrawn()
        found += entries_of(said.saying("twin", twins))
    return found


def _context(entries: Iterable[Entry], keys: Mapping[str, set[str]]) -> Context:
    """Put entries, the later before the former, and the sources that they name into a context."""
    found = {entry.subject: entry for entry in entries}
    cited = {key for entry in found.values() for key in entry.kind.sources(entry.fields)}
    cited |= keys["source"]
    sources = Revision.objects.published().of(SOURCE).filter(document__key__in=cited)
    found = {entry.subject: entry for entry in entries_of(sources)} | found if cited else found
    figures = figures_of(None, keys["figure"]) if keys["figure"] else {}
    in_order = sorted(found.values(), key=lambda entry: entry.key)
    return replace(context_of(in_order), figures=figures)


@per_edition
def shown() -> list[Entry]:
    """Give the words that pages may show: public ones, and what was withdrawn, struck through.

    Only of kinds that texts refer to. One query.
    """
    referred = [kind for kind in KINDS if kind.context_name]
    published = Revision.objects.published().of(*referred)
    withdrawn = Revision.objects.withdrawn().of(*SHOWN)
    return sorted(entries_of(published, withdrawn), key=lambda entry: entry.key)


def known(**named: Any) -> list[Entry]:
    """Read what is public of the documents that are named, or was withdrawn.

    That is `published() | withdrawn()`, of which a database has to be asked at length.
    """
    if as_of.moment.get():
        past = Revision.objects.published() | Revision.objects.withdrawn()
        return entries_of(past.filter(**named))
    rows = Revision.objects.filter(state__in=(State.PUBLISHED, State.WITHDRAWN), **named)
    # What is public of a document comes last, before it what was withdrawn last.
    in_turn = rows.order_by("-state", "number").values_list("document", *Revision.WORDS)
    found = {document: words for document, *words in in_turn}
    return [Revision.entry_of(*words) for words in found.values()]


def entries_of(*rows: RevisionQuerySet) -> list[Entry]:
    """Read what texts ask of revisions, in one query: their words, without dates and people.

    A page reads some hundreds of them; making each a model costs more than all else that it does
    with them.
    """
    first, *others = (part.order_by().values_list(*Revision.WORDS) for part in rows)
    found = first.union(*others, all=True) if others else first
    return [Revision.entry_of(*columns) for columns in found]
