"""What publishing some revisions would change for readers, found out without writing anything.

The public site and the site as it would be are two contexts; each page that the change touches
is explained in both, and what differs is the answer. What the rules say comes from `validation`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from explainer.evidence import comparison
from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.context import AssessedClaim, Context
from explainer.evidence.pipeline import Explanation
from explainer.evidence.problems import Problem
from explainer.evidence.render import WITHDRAWN
from explainer.evidence.text import visible_text
from explainer.library import images
from explainer.library.context import context_of, shown
from explainer.library.diff import FieldDiff, Piece, PieceKind, field_diffs, word_diff
from explainer.library.images import figures_of
from explainer.library.kinds import PAGES, Entry
from explainer.library.models import Revision
from explainer.library.rendering import explain_markdown
from explainer.library.validation import Found, all_problems, coming

BESIDE = 120
"""Signs shown on each side of what changes on a page."""

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

    `problems` are those of the revisions themselves, `refusals` of other public pages that it
    would break. `needs` are the claims that texts show and that must become public in the
    same step.
    """

    problems: Found
    refusals: Found
    needs: tuple[Revision, ...]
    pages: tuple[ChangedPage, ...]
    balance: Balance | None

    @property
    def publishable(self) -> bool:
        """True if nothing but approval is missing."""
        return not self.refusals and not any(problem.is_error for _, problem in self.problems)


def impact_of(revisions: Sequence[Revision]) -> Impact:
    """Find out what publishing open revisions together would do; takes approval for granted."""
    public = {revision.subject: revision.entry for revision in shown()}
    pending = {revision.subject: revision for revision in coming()}
    needs = _needed(revisions, public, pending)
    together = [*needs, *revisions]
    also = {row.subject: row.entry for row in (*pending.values(), *revisions)}
    new = {revision.subject: revision.entry for revision in together}
    before, after = _context(public), _context({**public, **new})
    judged = _context({**public, **also})
    problems = all_problems(together, context=judged)
    pages = _touched(together)
    refusals = tuple(_refusals(pages, new, before, after))
    seen = [_pair(entry, new, before, after) for entry in pages]
    seen += [_pair_of(revision, public, before, after) for revision in together]
    changed = {address: pair for address, *pair in seen if pair[0] != pair[1]}
    return Impact(
        problems,
        refusals,
        needs,
        tuple(_changed(address, was, now) for address, (was, now) in changed.items()),
        _balance(pair for pair in changed.values()),
    )


def field_changes(revision: Revision) -> tuple[FieldDiff, ...]:
    """Compare a revision with the public one, field by field."""
    document = revision.document
    public = document.live.fields if document.live else {}
    return field_diffs(public, revision.entry.fields, document.kind)


def _context(entries: Mapping[str, Entry]) -> Context:
    return replace(context_of(entries.values()), figures=figures_of(None))


def _needed(
    revisions: Sequence[Revision], public: Mapping[str, Entry], pending: Mapping[str, Revision]
) -> tuple[Revision, ...]:
    """Give the claims that texts show and readers do not know yet, apart from those given."""
    own = {revision.subject for revision in revisions}
    unknown = {
        subject: revision
        for subject, revision in pending.items()
        if subject not in own and subject not in public
    }
    if not unknown or not any(revision.document.kind.texts for revision in revisions):
        return ()
    context = _context({**public, **{name: row.entry for name, row in unknown.items()}})
    subjects = dict.fromkeys(
        f"claims/{item.claim.key}"
        for revision in revisions
        for page in revision.document.kind.explain(revision.entry, context).values()
        for item in page.claims
    )
    return tuple(unknown[subject] for subject in subjects if subject in unknown)


def _touched(revisions: Sequence[Revision]) -> list[Revision]:
    """Give the public pages on which revisions are shown, and the pages among them.

    The words of some kinds can stand anywhere (a glossary word, a source's title): for them it
    is every page.
    """
    rows = Revision.objects.published().of(*PAGES).select_related("document")
    if not any(revision.document.kind.touches_all for revision in revisions):
        documents = [revision.document_id for revision in revisions]
        mentioned = Q(document__in=documents) | Q(mentions__document__in=documents)
        rows = rows.filter(mentioned).distinct()
    return list(rows.order_by("document__key"))


def _refusals(
    pages: Iterable[Revision], new: Mapping[str, Entry], before: Context, after: Context
) -> Iterator[tuple[str, Problem]]:
    """Find what would break on public pages that are not replaced themselves."""
    for page in pages:
        if page.subject in new:
            continue
        for name, explained in _explain(page.entry, after).items():
            was = _explain(page.entry, before)[name].problems
            errors = [p for p in explained.problems if p.is_error and p not in was]
            yield from ((page.subject, problem) for problem in errors)
            lost = images.lost(explained.figures, page.fields[name])
            yield from ((page.subject, problem) for problem in lost)


def _explain(entry: Entry, context: Context) -> dict[str, Explanation]:
    return entry.kind.explain(entry, context)


Pair = tuple[str, Snapshot, Snapshot]
"""An address, and what stands there before and after."""


def _pair(page: Revision, new: Mapping[str, Entry], before: Context, after: Context) -> Pair:
    entry = page.entry
    now = new.get(page.subject, entry)
    return page.document.get_absolute_url(), _page(entry, before), _page(now, after)


def _pair_of(
    revision: Revision, public: Mapping[str, Entry], before: Context, after: Context
) -> Pair:
    """Compare a revision's own page before and after; nothing stands there for a new one."""
    entry = revision.entry
    live = revision.document.live
    was = public.get(entry.subject) or (live.entry if live else None)
    look = _page if entry.kind.texts else _own
    before_it = look(was, before) if was else Snapshot()
    return entry.kind.address(entry.key), before_it, look(entry, after)


def _page(entry: Entry, context: Context) -> Snapshot:
    explained = list(_explain(entry, context).values())
    assessed = {item.claim.key: item for page in explained for item in page.claims}
    lines = [line for item in assessed.values() for line in _lines(item)]
    text = "\n".join([entry.title, *(page.text for page in explained), *lines])
    snapshot = Snapshot(entry.title, Counter(map(_label, assessed.values())), text)
    if entry.key != comparison.PAGE:
        return snapshot
    cut = comparison.read(explained[-1])
    return Snapshot(snapshot.title, snapshot.labels, text, dict(cut.words), cut.problems)


def _own(entry: Entry, context: Context) -> Snapshot:
    """Look at a document that has no texts of its own: a claim, a source, a glossary term."""
    body = visible_text(explain_markdown(str(entry.fields[entry.kind.body])))
    if not entry.kind.is_assessed:
        return Snapshot(entry.title, {}, f"{entry.title}\n{body}")
    try:
        claim = entry.kind.noun(entry, context)
        item = AssessedClaim(claim, adjudicate(claim))
    except ValueError:
        # A draft may leave open what decides its label.
        return Snapshot(entry.title, {}, entry.title)
    return Snapshot(entry.title, {_label(item): 1}, "\n".join([*_lines(item), body]))


def _label(item: AssessedClaim) -> str:
    return WITHDRAWN if item.claim.withdrawn else item.words


def _lines(item: AssessedClaim) -> Iterator[str]:
    claim = item.claim
    yield f"{claim.statement} [{_label(item)}]"
    for position in claim.positions:
        yield f"{position.source.title}: {position.says} [{position.level.word}]"
    yield from (text for text in (claim.level_reason, claim.would_change, claim.ask) if text)


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
    """Leave out what stays the same, but for some words beside what changes."""
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.kind is not PieceKind.SAME or len(text) <= 2 * BESIDE:
            yield piece
            continue
        before = text[:BESIDE] if place else ""
        after = text[-BESIDE:] if place < len(pieces) - 1 else ""
        yield Piece(piece.kind, f"{before} … {after}")


def _balance(pairs: Iterable[Sequence[Snapshot]]) -> Balance | None:
    """Weigh the comparison's columns, if it changes."""
    for was, now in pairs:
        if now.columns:
            options = dict.fromkeys([*was.columns, *now.columns])
            columns = ((o, was.columns.get(o, 0), now.columns.get(o, 0)) for o in options)
            return Balance(tuple(columns), now.uneven)
    return None
