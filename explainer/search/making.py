"""Makes the index of what is public now; where one was kept, only what changed since is read.

Which code, word lists and treatments it was made by is told by the name of its folder: by others it
is another index. One process writes at a time; the others wait and find it done.
"""

import fcntl
import json
import logging
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from explainer.evidence.context import Context
from explainer.evidence.levels import SourceKind
from explainer.kinds import BY_NAME, KINDS, PAGES, SOURCE, TREATMENT, Entry
from explainer.library.context import context_of, entries_of, named
from explainer.library.models import Change, Document, Revision, SiteVersion
from explainer.search import lists
from explainer.search.asked import Index, minds
from explainer.search.facts import facts_of
from explainer.search.items import names_of
from explainer.search.kept import Kept
from explainer.web.page_cache.build import build_of

LOG = logging.getLogger(__name__)
BATCH = 400
"""Documents that are read and written at a time."""
PAGE_NAMES = tuple(f"{kind.name}:" for kind in PAGES)


def folder() -> Path | None:
    """Give where indexes are kept; None where none is, as in tests."""
    return Path(settings.VAR_DIR) / "search"


def make() -> Index:
    """Make the index of what is public now; raises whatever stands in the way."""
    root, read = folder(), _lists(Path(settings.CONTENT_DIR))
    if root is None:
        rows = Revision.objects.published().of(*KINDS).order_by("document__key", "pk")
        return in_memory([row.entry for row in rows.with_document()], Path(settings.CONTENT_DIR))
    published = Revision.objects.published()
    clinics = published.of(SOURCE).saying("kind", [SourceKind.CLINIC])
    about = sorted(entries_of(published.of(TREATMENT), clinics), key=lambda entry: entry.key)
    with _alone(root):
        try:
            return _kept(root, read, about)
        except (sqlite3.Error, OSError, ValueError):
            LOG.exception("The kept search index is broken, and made anew")
            discard()
            return _kept(root, read, about)


def discard() -> None:
    """Take away what is kept: the next index is made of everything."""
    if root := folder():
        for place in root.glob("*/"):
            shutil.rmtree(place, ignore_errors=True)


def in_memory(entries: Sequence[Entry], content: Path) -> Index:
    """Make an index of entries that is gone with the process."""
    read, explained = _lists(content), names_of(entries)
    kept = Kept(None, minds(read.words))
    facts = facts_of(entries, context_of(entries), read.words.synonyms, explained)
    kept.change([], ((number, 0, of) for number, of in enumerate(facts, 1)))
    return Index(kept, read, entries)


def _lists(content: Path) -> lists.Lists:
    read = lists.read(content)
    if read.problems:
        raise ValueError("\n".join(lists.told(read.problems)))
    return read


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _kept(root: Path, read: lists.Lists, about: Sequence[Entry]) -> Index:
    explained = names_of(about)
    code = {
        "code": settings.BASE_DIR / "explainer",
        "with": settings.BASE_DIR / "requirements.lock",
    }
    words = {"lists": Path(settings.CONTENT_DIR) / lists.FOLDER}
    place = root / build_of({**code, **words}, {"explained": sorted(explained)})
    kept = Kept(place, minds(read.words))
    if kept.is_unfinished or not _has_happened(kept.told("since")):
        kept.close()
        shutil.rmtree(place)
        kept = Kept(place, minds(read.words))
    version = _version()
    if kept.told("version") != version:
        kept.tell("since", version)
        _renew(kept, read, explained, [entry for entry in about if entry.kind is TREATMENT])
        kept.tell("version", version)
    for other in root.glob("*/"):
        if other != place:
            shutil.rmtree(other, ignore_errors=True)
    kept.settle()
    return Index(kept, read, about)


def _version() -> str:
    version = SiteVersion.objects.current()
    return json.dumps([version.number, str(version.changed_at)])


def _has_happened(version: str) -> bool:
    """Say if a version is of this database: another has other words by the same numbers."""
    if not version:
        return True
    number, at = json.loads(version)
    if number == 0:
        return not Change.objects.exists()
    return any(str(change.at) == at for change in Change.objects.filter(number=number))


def _renew(
    kept: Kept, read: lists.Lists, explained: Mapping[str, Any], treatments: Sequence[Entry]
) -> None:
    """Read what is not as it was kept, and the pages whose words that may change."""
    rows = Revision.objects.published().order_by("document__key", "pk")
    public, known = dict(rows.values_list("document_id", "pk")), kept.revisions()
    changed = [number for number, revision in public.items() if known.get(number) != revision]
    gone = known.keys() - public.keys()
    wanted = dict.fromkeys(changed)
    if known:
        wanted |= dict.fromkeys(_showing(kept, {*changed, *gone}, public.keys()))
    kept.change(gone, ())
    for some in _parts(list(wanted), BATCH):
        revisions = [public[number] for number in some]
        found = Revision.objects.filter(pk__in=revisions).order_by("document__key", "pk")
        numbers, entries = list[tuple[int, int]](), list[Entry]()
        for number, revision, *words in found.values_list("document_id", "pk", *Revision.WORDS):
            numbers.append((number, revision))
            entries.append(Revision.entry_of(*words))
        facts = facts_of(entries, _context(entries, treatments), read.words.synonyms, explained)
        new = ((*at, of) for at, of in zip(numbers, facts, strict=True))
        kept.change(known.keys() & set(some), new)


def _showing(kept: Kept, numbers: Collection[int], public: Collection[int]) -> Iterator[int]:
    """Give the pages that show one of some documents, or a claim whose source one is."""
    names = set[str]()
    for some in _parts(sorted(numbers), BATCH):
        found = Document.objects.filter(pk__in=some).only("kind", "key")
        names |= {f"{document.kind.name}:{document.key}" for document in found}
    between = {name for _, name in kept.showing(names)}
    for number, name in kept.showing(names | between):
        if name.startswith(PAGE_NAMES) and number in public:
            yield number


def _context(entries: Iterable[Entry], treatments: Iterable[Entry]) -> Context:
    """Give of what is public only what pages among the entries show."""
    shown: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for kind, key in named(entry) if entry.kind in PAGES else ():
            shown[kind].add(key)
    cited = shown.pop(SOURCE.name, set())
    found = _public(shown)
    cited |= {key for entry in found for key in entry.kind.sources(entry.fields)}
    every = [*treatments, *found, *_public({SOURCE.name: cited})]
    return context_of(sorted(every, key=lambda entry: entry.key))


def _public(keys: Mapping[str, set[str]]) -> list[Entry]:
    found = list[Entry]()
    for name, of in keys.items():
        for some in _parts(sorted(of), BATCH) if name in BY_NAME else ():
            rows = Revision.objects.published().of(BY_NAME[name])
            found += entries_of(rows.filter(document__key__in=some))
    return found


def _parts(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))
