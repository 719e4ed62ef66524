"""Everything that is wrong with the words of a document, whether a file or an editor holds them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from explainer.evidence.context import Context
from explainer.evidence.lint.sentences import plain_words
from explainer.evidence.lint.titles import claims_in_note
from explainer.kinds import KINDS, Entry, Kind
from explainer.kinds.base import Pages, in_field
from explainer.kinds.problems import SIGNS, Places
from explainer.kinds.schema import Text, read
from explainer.library import brackets
from explainer.library.context import FEW, context_to_judge, public_context
from explainer.library.models import Revision
from explainer.library.models.revision import INDEXED
from explainer.text.problems import Problem, Refused, Severity

Taken = Mapping[tuple[str, str], str]
"""What may stand once on the site, folded, by kind's field, with the subject that has it."""

Found = tuple[tuple[str, Problem], ...]
"""Problems, each with the subject that it is about."""

NOTHING: Mapping[str, Pages] = MappingProxyType({})
ALSO: list[Callable[[Revision], Iterable[Problem]]] = []
"""What rooms above this one ask of an open revision besides: they add it as the site starts."""


def validate(
    entry: Entry, context: Context, taken: Taken, pages: Pages | None = None
) -> list[Problem]:
    """Say what is wrong with an entry whose fields have been read; errors stop publishing.

    `context` is what its words may refer to, `taken` what other documents say already, `pages` its
    texts if they were explained in that context before.
    """
    found = [*entry.kind.references(entry, context), *_repeated(entry, taken)]
    try:
        if not found:
            entry.kind.noun(entry, context)
            found += entry.kind.lint(entry, context, pages)
    except Refused as refused:
        found.append(
            Problem(refused.code, refused.message, 0, refused.field, params=refused.params)
        )
    return list(dict.fromkeys(found))


def _repeated(entry: Entry, taken: Taken) -> Iterator[Problem]:
    for field, what, value in entry.kind.unique(entry):
        other = taken.get((f"{entry.kind.path}.{field}", value.lower()), entry.subject)
        if other != entry.subject:
            message = f"The {what} '{value}' is also in '{other.partition('/')[2]}'. Keep one."
            yield Problem("said-twice", message, field=field, params={"other": other})


def taken_by(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    taken: dict[tuple[str, str], str] = {}
    for entry in entries:
        for field, _, value in entry.kind.unique(entry):
            taken.setdefault((f"{entry.kind.path}.{field}", value.lower()), entry.subject)
    return taken


def problems_of(
    revision: Revision, context: Context, taken: Taken, pages: Pages | None = None
) -> tuple[Problem, ...]:
    entry, places = revision.entry, Places()
    read(entry.kind.schema, entry.fields, places)
    found = places.problems
    schema = entry.kind.schema if entry.kind.texts else ()
    words = {field.name for field in schema if isinstance(field.type, Text)}
    # A sign that nobody sees, or words that a page lacks, keep no other problem for later.
    if all(it.code in SIGNS or (it.code == "missing" and it.field in words) for it in found):
        named = {(problem.code, problem.field, problem.line) for problem in found}
        more = validate(entry, context, taken, pages)
        found += [each for each in more if (each.code, each.field, each.line) not in named]
    return tuple(found)


def note_problems(note: str, names: Collection[str]) -> Iterator[Problem]:
    """Say what is wrong with a note; `names` are those of treatments and what belongs to them."""
    if note.strip():
        yield from in_field("note", (*plain_words(note), *claims_in_note(note, names)))
    else:
        message = "Say what changed and why: readers see it in the history."
        yield Problem("note-needed", message, field="note")


def public_taken(kinds: Iterable[Kind]) -> dict[tuple[str, str], str]:
    """Give what public documents of some kinds say that may stand once; one query."""
    rows = Revision.objects.published().of(*kinds).select_related("document")
    return taken_by(row.entry for row in rows.defer("file_text"))


def taken_for(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """Give what public documents say of what entries may say once, without reading the others."""
    values: dict[tuple[Kind, str], list[str]] = defaultdict(list)
    for entry in entries:
        for field, _, value in entry.kind.unique(entry):
            # An empty one is not said twice: nothing public lacks any of these.
            values[entry.kind, field] += [value] if value else []
    taken: dict[tuple[str, str], str] = {}
    for (kind, field), said in values.items():
        if field not in INDEXED or any(map(_has_other_case, said)):
            taken |= public_taken([kind])
        elif said:
            rows = Revision.objects.published().saying(field, said).with_document()
            same = (row.entry for row in rows.order_by("document__key"))
            taken |= taken_by(entry for entry in same if entry.kind is kind)
    return taken


def _has_other_case(value: str) -> bool:
    # The databases do not agree with each other, or with Python, on such letters.
    return any(sign.lower() != sign.upper() for sign in value if not sign.isascii())


def all_problems(
    revisions: Sequence[Revision],
    also: Iterable[Revision] = (),
    context: Context | None = None,
    *,
    early: Severity = Severity.WARNING,
    pages: Mapping[str, Pages] = NOTHING,
) -> Found:
    """Say what is wrong with open revisions, if those in `also` were public too.

    `early` is how much it weighs that a wording stands in a claim's draft alone; `pages` are texts
    that were explained in `context` already, by subject.
    """
    also = [*also, *revisions]
    if context is None and len(revisions) <= FEW:
        found = tuple(_found(revisions, context_to_judge(revisions, also), early))
        if not any(problem.code.startswith("unknown-") for _, problem in found):
            return found
        # What was not found may be there all the same; and a hint names what there is.
    return tuple(_found(revisions, context or public_context(also), early, pages))


def _found(
    revisions: Sequence[Revision],
    context: Context,
    early: Severity,
    pages: Mapping[str, Pages] = NOTHING,
) -> Iterator[tuple[str, Problem]]:
    names = context.names
    if len(revisions) <= FEW:
        taken = taken_for(revision.entry for revision in revisions)
    else:
        taken = public_taken({revision.document.kind for revision in revisions})
    for revision in revisions:
        found = problems_of(revision, context, taken, pages.get(revision.subject))
        own = brackets.waiting(found, severity=early)
        placed = brackets.left_behind(revision, own, context, revisions)
        more = (problem for ask in ALSO for problem in ask(revision))
        note = note_problems(revision.note, names)
        yield from ((revision.subject, it) for it in (*placed, *more, *note))


def coming() -> list[Revision]:
    """Give the open revisions of what words can refer to and readers do not know yet.

    What refers to one can be reviewed before it, and published with it.
    """
    referred = (kind for kind in KINDS if kind.context_name)
    rows = Revision.objects.open().of(*referred).filter(document__live__isnull=True)
    return list(rows.select_related("document"))
