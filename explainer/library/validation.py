"""Everything that is wrong with the words of a document, whether a file or an editor holds them.

The rules are the schema's, the kinds' and the evidence core's; here they are put in order. Reads
no file and writes nothing. A problem names its field, and the line within it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from explainer.evidence.context import Context
from explainer.evidence.lint.sentences import plain_words
from explainer.evidence.problems import Problem, Refused
from explainer.library.context import public_context
from explainer.library.kinds import CLAIM, Entry
from explainer.library.kinds.base import in_field
from explainer.library.models import Revision
from explainer.library.schema import Places, read

Taken = Mapping[tuple[str, str], str]
"""What may stand once on the site, folded, by kind's field, with the subject that has it."""

Found = tuple[tuple[str, Problem], ...]
"""Problems, each with the subject that it is about."""


def validate(entry: Entry, context: Context, taken: Taken) -> list[Problem]:
    """Say what is wrong with an entry whose fields have been read; errors stop publishing.

    `context` is what its words may refer to, `taken` what other documents say already.
    """
    found = [*entry.kind.references(entry, context), *_repeated(entry, taken)]
    try:
        if not found:
            entry.kind.noun(entry, context)
            found += entry.kind.lint(entry, context)
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
    """Give what entries say that may stand once; the first of two has it."""
    taken: dict[tuple[str, str], str] = {}
    for entry in entries:
        for field, _, value in entry.kind.unique(entry):
            taken.setdefault((f"{entry.kind.path}.{field}", value.lower()), entry.subject)
    return taken


def problems_of(
    revision: Revision, context: Context, taken: Taken | None = None
) -> tuple[Problem, ...]:
    """Say what keeps an open revision from being published, its note among it.

    `taken` is what public documents of its kind say already; without it they are asked for.
    """
    entry, places = revision.entry, Places()
    read(entry.kind.schema, entry.fields, places)
    found = places.problems or validate(entry, context, _taken(entry) if taken is None else taken)
    note = in_field("note", plain_words(revision.note))
    if not revision.note.strip():
        message = "Say what changed and why: readers see it in the history."
        note = iter([Problem("note-needed", message, field="note")])
    return tuple(dict.fromkeys([*found, *note]))


def _taken(entry: Entry) -> dict[tuple[str, str], str]:
    if not any(entry.kind.unique(entry)):
        return {}
    others = Revision.objects.published().of(entry.kind).exclude(document__key=entry.key)
    rows = others.select_related("document").defer("file_text")
    return taken_by(revision.entry for revision in rows)


def all_problems(revisions: Sequence[Revision], also: Iterable[Revision] = ()) -> Found:
    """Say what is wrong with revisions, if those in `also` were public too."""
    context = public_context([*also, *revisions])
    return tuple(
        (revision.subject, problem)
        for revision in revisions
        for problem in problems_of(revision, context)
    )


def coming() -> list[Revision]:
    """Give the open revisions of claims that are not public.

    A text that shows one can be reviewed before it, and published with it.
    """
    rows = Revision.objects.open().of(CLAIM).filter(document__live__isnull=True)
    return list(rows.select_related("document"))
