"""What is to be put right in a text that names drafts: the same while typing and after saving."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from explainer.evidence.context import Context
from explainer.kinds import SHOWN
from explainer.library.models import Revision
from explainer.text.problems import Problem, Severity

UNFINISHED = (
    "The draft of the {name} '{key}' is not finished, so it cannot be shown yet. "
    "Open it from the list of {name}s, and put right what it says there."
)
STILL_A_DRAFT = "The {name} '{key}' is still a draft. Publish it first, or with this."
_MARK = re.compile(rf"({'|'.join(kind.name for kind in SHOWN)}):([a-z0-9-]+/[a-z0-9-]+)")

Marks = Set[tuple[str, str]]
"""Claims and records as a text names them: the mark's name and the key."""


def about_drafts(
    found: Iterable[Problem], texts: Mapping[str, str], drafts: Sequence[Revision], context: Context
) -> Iterator[Problem]:
    """Give the problems of some texts, and what their claims and records that are drafts bring.

    `texts` are the words by field, `drafts` the open revisions of what readers do not know yet,
    and `context` holds those of them that can be shown.
    """
    begun = {(row.document.kind.name, row.document.key): row.document.kind for row in drafts}
    yield from (_finish(problem, begun.keys()) for problem in found)
    names = {(n, k) for (n, k), kind in begun.items() if k in getattr(context, kind.context_name)}
    for field, text in texts.items():
        yield from _unpublished(field, text, names)


def _finish(problem: Problem, begun: Marks) -> Problem:
    """Say of what was begun, but cannot be shown yet, that it is to be finished."""
    name, key = problem.code.removeprefix("unknown-"), problem.params.get("key", "")
    if (name, key) not in begun:
        return problem
    return replace(
        problem, code=f"{name}-unfinished", message=UNFINISHED.format(name=name, key=key)
    )


def _unpublished(field: str, text: str, drafts: Marks) -> Iterator[Problem]:
    for found in _MARK.finditer(text):
        name, key = found[1], found[2]
        if (name, key) in drafts:
            line = text.count("\n", 0, found.start()) + 1
            words = STILL_A_DRAFT.format(name=name, key=key)
            yield Problem(f"{name}-is-draft", words, line, field, Severity.WARNING)
