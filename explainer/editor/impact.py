"""What publishing some revisions would change for readers, found out without writing anything.

The public site and the site as it would be are two contexts; each page that the change touches
is explained in both, and what differs is the answer. What the rules say comes from `validation`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.context import AssessedClaim, Context, Figure
from explainer.evidence.pipeline import Explanation
from explainer.kinds import KINDS, PAGES, TREATMENT, Entry, comparison
from explainer.kinds.diff import FieldDiff, Piece, PieceKind, field_diffs, word_diff
from explainer.library import brackets, images
from explainer.library.context import context_while_writing, named, shown
from explainer.library.edition import of_this_moment
from explainer.library.images import figures_of
from explainer.library.models import Revision
from explainer.library.publishing import misjudged
from explainer.library.rendering import explain_markdown
from explainer.library.validation import Found, all_problems, coming
from explainer.text.problems import Problem
from explainer.text.visible import visible_text

BESIDE = 120
"""Signs shown on each side of what changes on a page."""

BEFORE, AFTER = "before-", "after-"
Labels = Mapping[str, int]
"""How many claims carry a label, by the label's words."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What readers see of a document: its labels and visible text; `columns` of a comparison."""

    title: str = ""
    labels: Labels = field(default_factory=dict)
    text: str = ""
    columns: Labels = field(default_factory=dict)
    uneven: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A public page that changes: labels it gains and loses, and what its text changes."""

    title: str
    address: str
    gained: Labels
    lost: Labels
    pieces: tuple[Piece, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """The words of each column of the comparison: (option, before, after), and what is uneven."""

    columns: tuple[tuple[str, int, int], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What publishing would do.

    `problems` are those of the revisions themselves, `refusals` what else publishing would say:
    of other public pages that it would break, of labels that are outdated, of lost images.
    `sides` are the texts of what it touches, before and after, by subject; ids begin with BEFORE
    and AFTER. `needs` is what words refer to and readers do not know yet (claims and records that
    texts show, their sources, words), what that refers to in turn, and the claims whose drafts
    have a wording that texts hold: they must become public in the same step.
    """

    problems: Found
    refusals: Found
    needs: tuple[Revision, ...]
    pages: tuple[ChangedPage, ...]
    balance: Balance | None
    sides: Mapping[str, tuple["Explained", "Explained"]] = field(default_factory=dict)

    @property
    def publishable(self) -> bool:
        return not self.refusals and not any(problem.is_error for _, problem in self.problems)


def impact_of(revisions: Sequence[Revision]) -> Impact:
    """Find out what publishing open revisions together would do; takes approval for granted."""
    with of_this_moment():
        return _impact_of(revisions)


def _impact_of(revisions: Sequence[Revision]) -> Impact:
    pending, public = coming(), {entry.subject: entry for entry in shown()}
    needs = tuple(_needed(revisions, pending, public))
    together = [*needs, *revisions]
    figures = figures_of(None)
    judged = _context([*pending, *revisions], figures)
    # Made once where nobody else has begun anything: it is the dearest step.
    alone = {row.subject for row in pending} <= {row.subject for row in together}
    made = _pages(together, judged)
    problems = all_problems(together, context=judged, pages=made)
    if worded := brackets.awaited(problem for _, problem in problems):
        needs, together, alone = (*worded, *needs), [*worded, *together], False
        problems = all_problems(together, context=_context([*pending, *together], figures))
    new = _entries(together)
    after = _Side.of(judged if alone else _context(together, figures), new, new, AFTER)
    after.made.update(made if alone else {})
    before = _Side.of(_context((), figures), public, new, BEFORE)
    if incomplete := _incomplete(together, after.context):
        return Impact(problems, incomplete, needs, (), None)
    refusals, changed = [*_outdated(together, after.context)], {}
    sides: dict[str, tuple[Explained, Explained]] = {}
    for entry, old in _touched(together, public):
        was, now = sides[entry.subject] = before.explain(old), after.explain(entry)
        refusals += [(entry.subject, it) for it in _broken(entry, was, now, entry.subject in new)]
        pair = before.snapshot(old, was), after.snapshot(entry, now)
        if pair[0] != pair[1]:
            changed[entry.kind.address(entry.key)] = pair
    pages = tuple(_changed(address, *pair) for address, pair in changed.items())
    return Impact(problems, tuple(refusals), needs, pages, _balance(changed.values()), sides)


def field_changes(revision: Revision) -> tuple[FieldDiff, ...]:
    document = revision.document
    public = document.live.entry.fields if document.live else {}
    return field_diffs(public, revision.entry.fields, document.kind)


def pages_showing(revisions: Sequence[Revision]) -> list[Revision]:
    """Give the public pages on which documents of revisions are shown, and those among them.

    The words of some kinds can stand anywhere (a glossary word, a source's title): for them it
    is every page.
    """
    rows = Revision.objects.published().of(*PAGES).select_related("document")
    if not any(revision.document.kind.touches_all for revision in revisions):
        documents = [revision.document_id for revision in revisions]
        mentioned = Q(document__in=documents) | Q(mentions__document__in=documents)
        rows = rows.filter(mentioned).distinct()
    return list(rows.defer("file_text").order_by("document__key"))


def _entries(revisions: Iterable[Revision]) -> dict[str, Entry]:
    return {revision.subject: revision.entry for revision in revisions}


def _needed(
    revisions: Sequence[Revision], pending: Iterable[Revision], public: Mapping[str, Entry]
) -> Iterator[Revision]:
    """Give what words refer to and readers do not know yet, and what that refers to in turn."""
    known, rows = {*public, *(row.subject for row in revisions)}, [*revisions]
    unknown = {
        (row.document.kind.name, row.document.key): row
        for row in pending
        if row.subject not in known
    }
    while unknown and rows:
        row = rows.pop(0)
        owner = (TREATMENT.name, row.document.kind.treatment(row.document.key))
        found = [unknown.pop(name) for name in (owner, *named(row.entry)) if name in unknown]
        yield from found
        rows += found


def _incomplete(revisions: Iterable[Revision], after: Context) -> Found:
    """Name those that lack what decides how they look, so that nothing can be said of pages."""
    message = "This is not complete yet, so it is not known what it would change."
    names = ((row, row.document.kind.context_name) for row in revisions)
    return tuple(
        (row.subject, Problem("incomplete", message))
        for row, name in names
        if name and row.document.key not in getattr(after, name)
    )


def _outdated(together: Sequence[Revision], context: Context) -> Iterator[tuple[str, Problem]]:
    """Find labels that positions would not give any more: a source may be another now."""
    rows = {revision.subject: revision for revision in together}
    if any(revision.document.kind.touches_all for revision in together):
        assessed = [kind for kind in KINDS if kind.is_assessed]
        public = Revision.objects.published().of(*assessed).with_document()
        rows = {row.subject: row for row in public} | rows
    yield from misjudged((row for row in rows.values() if row.document.kind.is_assessed), context)


def _touched(
    together: Sequence[Revision], public: Mapping[str, Entry]
) -> Iterator[tuple[Entry, Entry | None]]:
    """Give what the change touches: as it would be, and as readers see it now, if they do."""
    pages, new = _entries(pages_showing(together)), _entries(together)
    for subject in dict.fromkeys([*pages, *new]):
        old = pages.get(subject) or public.get(subject)
        if entry := new.get(subject) or old:
            yield entry, old


Explained = Mapping[str, Explanation]


def _broken(entry: Entry, was: Explained, now: Explained, is_new: bool) -> Iterator[Problem]:
    """Find what publishing refuses of a page, but for what the words of a new one lack."""
    for name, page in now.items():
        yield from images.lost(page.figures, entry.fields[name])
        if not is_new:
            known = was[name].problems
            yield from (it for it in page.problems if it.is_error and it not in known)


def _context(more: Iterable[Revision], figures: Mapping[str, Figure]) -> Context:
    # Texts of pages are nothing that others refer to.
    named = (row for row in more if row.document.kind.context_name)
    return context_while_writing(named, figures)


def _pages(revisions: Iterable[Revision], context: Context) -> dict[str, Explained]:
    """Explain the texts of revisions once, to be judged and to be shown."""
    rows = (row for row in revisions if row.document.kind.texts)
    return {row.subject: row.document.kind.explain(row.entry, context, AFTER) for row in rows}


@dataclass(frozen=True, slots=True)
class _Side:
    """The site before or after: what texts may refer to, and the reasons of changed claims.

    `made` are texts of it that were explained before.
    """

    context: Context
    reasons: Mapping[str, str]
    prefix: str
    made: dict[str, Explained] = field(default_factory=dict)

    @classmethod
    def of(
        cls, context: Context, entries: Mapping[str, Entry], new: Iterable[str], prefix: str
    ) -> "_Side":
        # Reasons that stay the same change no page, and rendering all of them takes long.
        changed = [entries[name] for name in new if name in entries]
        texts = {it.key: _body(it) for it in changed if it.kind.is_assessed}
        return cls(context, texts, prefix)

    def explain(self, entry: Entry | None) -> Explained:
        if entry is None:
            return {}
        made = self.made.get(entry.subject)
        return made or entry.kind.explain(entry, self.context, self.prefix)

    def snapshot(self, entry: Entry | None, explained: Explained) -> Snapshot:
        if entry is None:
            return Snapshot()
        assessed = {item.claim.key: item for page in explained.values() for item in page.claims}
        if entry.kind.is_assessed:
            assessed = {entry.key: _assessed(entry, self.context)}
        sources = dict.fromkeys(key for page in explained.values() for key in page.sources)
        texts = [page.text for page in explained.values()]
        texts += [line for item in assessed.values() for line in self._lines(item)]
        texts += [self.context.sources[key].title for key in sources]
        if not explained and not assessed:
            texts = [_body(entry)]
        labels = Counter(map(_label, assessed.values()))
        snapshot = Snapshot(entry.title, labels, "\n".join([entry.title, *texts]))
        if not explained or entry.key != comparison.PAGE:
            return snapshot
        cut = comparison.read(explained[entry.kind.body])
        return replace(snapshot, columns=dict(cut.words), uneven=cut.problems)

    def _lines(self, item: AssessedClaim) -> Iterator[str]:
        claim = item.claim
        yield f"{claim.statement} [{_label(item)}]"
        yield self.reasons.get(claim.key, "")
        for position in claim.positions:
            line = f"{position.source.title}: {position.says} {position.finding.words}."
            yield line if claim.discounts(position) else f"{line} [{position.level.word}]"
        yield from (text for text in (claim.level_reason, claim.would_change, claim.ask) if text)


def _body(entry: Entry) -> str:
    return visible_text(explain_markdown(entry.fields[entry.kind.body]))


def _assessed(entry: Entry, context: Context) -> AssessedClaim:
    claim = entry.kind.noun(entry, context)
    return AssessedClaim(claim, adjudicate(claim))


def _label(item: AssessedClaim) -> str:
    return item.label.line


def _changed(address: str, was: Snapshot, now: Snapshot) -> ChangedPage:
    return ChangedPage(
        now.title or was.title,
        address,
        gained=dict(Counter(now.labels) - Counter(was.labels)),
        lost=dict(Counter(was.labels) - Counter(now.labels)),
        pieces=tuple(_near(word_diff(was.text, now.text))),
        is_new=was == Snapshot(),
    )


def _near(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.kind is not PieceKind.SAME or len(text) <= 2 * BESIDE:
            yield piece
            continue
        before = text[:BESIDE] if place else ""
        after = text[-BESIDE:] if place < len(pieces) - 1 else ""
        yield Piece(piece.kind, f"{before} … {after}")


def _balance(pairs: Iterable[Sequence[Snapshot]]) -> Balance | None:
    for was, now in pairs:
        if now.columns:
            options = dict.fromkeys([*was.columns, *now.columns])
            columns = ((o, was.columns.get(o, 0), now.columns.get(o, 0)) for o in options)
            return Balance(tuple(columns), now.uneven)
    return None
