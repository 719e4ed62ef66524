"""What texts may refer to: public documents as the evidence core's nouns."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from explainer.evidence.context import Context
from explainer.kinds import KINDS, SHOWN, SOURCE, TERM, Entry, Kind
from explainer.library.images import figures_of
from explainer.library.models import Revision
from explainer.library.models.revision import RevisionQuerySet
from explainer.library.pictures import names

_NAMED = re.compile(
    r"(claim|record|term|source|figure):([a-z0-9/-]+)|^[> ]*:::+ *reported(.*)", re.M
)
"""Where texts name what they show. It needs to find no unusual spelling: see `context_for`."""


def context_of(entries: Iterable[Entry]) -> Context:
    """Make the nouns of entries into a context; what can't be built or decided yet is left out."""
    by_kind: dict[Kind, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    context = Context(pictures=names())
    for kind in (kind for kind in KINDS if kind.context_name):
        nouns = {}
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


def public_context(also: Iterable[Revision] = ()) -> Context:
    """Give everything published, for checks, previews and publishing.

    `also` are revisions that stand in for the public ones, or beside them, as if they were
    published. Its figures are all images there are, at the addresses that answer staff alone.
    """
    entries = {entry.subject: entry for entry in (*shown(), *(row.entry for row in also))}
    return replace(context_of(entries.values()), figures=figures_of(None))


def context_for(entries: Iterable[Entry]) -> Context:
    """Give of what is public only what entries name, so that it costs the same in any library.

    What is lost in it may still be there: before somebody is told so, ask `public_context`.
    """
    entries = list(entries)
    keys = {key for entry in entries for _, key in named(entry)}
    known = Revision.objects.published() | Revision.objects.withdrawn()
    shown = entries_of(
        known.of(*SHOWN).filter(document__key__in=keys),
        Revision.objects.published().of(TERM).filter(document__key__in=keys),
    )
    keys |= {key for entry in shown for key in entry.kind.sources(entry.fields)}
    sources = entries_of(Revision.objects.published().of(SOURCE).filter(document__key__in=keys))
    return replace(context_of((*shown, *sources)), figures=figures_of(None, keys))


def named(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give what the words of an entry refer to: the kind's name (or "figure") and the key."""
    yield from ((SOURCE.name, key) for key in entry.kind.sources(entry.fields))
    for field in entry.kind.schema:
        if getattr(field.type, "is_dialect", False):
            for name, key, sources in _NAMED.findall(entry.fields[field.name]):
                yield from [(name, key)] if key else []
                yield from ((SOURCE.name, source) for source in sources.split())


def shown() -> list[Entry]:
    """Give the words that pages may show: public ones, and what was withdrawn, struck through.

    Only of kinds that texts refer to. One query.
    """
    referred = [kind for kind in KINDS if kind.context_name]
    published = Revision.objects.published().of(*referred)
    withdrawn = Revision.objects.withdrawn().of(*SHOWN)
    return sorted(entries_of(published, withdrawn), key=lambda entry: entry.key)


def entries_of(*rows: RevisionQuerySet) -> list[Entry]:
    """Read what texts ask of revisions, in one query: their words, without dates and people.

    A page reads some hundreds of them; making each a model costs more than all else that it does
    with them.
    """
    first, *others = (part.order_by().values_list(*Revision.WORDS) for part in rows)
    found = first.union(*others, all=True) if others else first
    return [Revision.entry_of(*columns) for columns in found]
