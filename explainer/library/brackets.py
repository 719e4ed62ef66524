"""Words in the brackets of claims: which wait for a claim's draft.

A text may hold a wording only while the public claim has it (method, section 5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from explainer.evidence.lint.lexicon import opening
from explainer.evidence.lint.wordings import compared
from explainer.evidence.problems import Problem, Severity
from explainer.kinds import SHOWN
from explainer.library.models import Revision

UNKNOWN, EARLY = "wording-unknown", "wording-in-draft"


def awaited(problems: Iterable[Problem]) -> list[Revision]:
    """Give the open revisions of public claims whose wordings would solve some of these."""
    missing = {_place(found) for found in problems if found.code in (UNKNOWN, EARLY)}
    if not missing:
        return []
    rows = Revision.objects.open().of(*SHOWN).filter(document__live__isnull=False)
    rows = rows.filter(document__key__in=[key for key, _ in missing]).select_related("document")
    return [row for row in rows if missing & _wordings(row)]


def waiting(problems: Sequence[Problem], *, severity: Severity) -> list[Problem]:
    """Say of words that a claim's draft has as a wording what has to be published first."""
    begun = {place for row in awaited(problems) for place in _wordings(row)}
    return [_early(it, severity) if _place(it) in begun else it for it in problems]


def _place(problem: Problem) -> tuple[str, str]:
    return problem.params.get("key", ""), compared(problem.params.get("words", ""))


def _wordings(row: Revision) -> set[tuple[str, str]]:
    wordings = row.entry.fields.get("wordings", ())
    return {(row.document.key, compared(words)) for words in wordings}


def _early(problem: Problem, severity: Severity) -> Problem:
    key, words = problem.params["key"], problem.params["words"]
    message = f"'{opening(words)}' is a wording in the draft of the claim '{key}', which is not "
    message += "public yet. Publish that draft first, or with this."
    return replace(problem, code=EARLY, message=message, severity=severity)
