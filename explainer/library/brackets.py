"""Words in the brackets of claims: which wait for a claim's draft, and which a draft leaves behind.

A text may hold a wording only while the public claim has it (method, section 5).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from explainer.evidence.context import Context
from explainer.evidence.lint.lexicon import opening
from explainer.evidence.lint.wordings import compared
from explainer.evidence.pipeline import explain
from explainer.kinds import PAGES, SHOWN, Entry
from explainer.library.models import Revision
from explainer.text.problems import Problem, Severity

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


def left_behind(
    revision: Revision, problems: Iterable[Problem], context: Context, others: Iterable[Revision]
) -> Iterator[Problem]:
    """Give a claim's problems with the public pages that hold the wordings they are about.

    And those of words that it has no more and that still stand on a page; `others` are published
    in the same step.
    """
    problems, entry = list(problems), revision.entry
    live = revision.document.live if entry.kind.is_assessed else None
    gone = _words(live.entry) - _words(entry) if live else frozenset()
    unfit = any(found.field.startswith("wordings.") for found in problems)
    standing = _standing(revision, context, others) if live and (gone or unfit) else {}
    for found in problems:
        name, _, place = found.field.partition(".")
        said = entry.fields[name][int(place)] if name == "wordings" and place else ""
        pages = standing.get(compared(said))
        more = f" It says '{said}', and stands in {pages}." if pages else ""
        yield replace(found, message=f"{found.message}{more}")
    for words in gone & standing.keys():
        message = f"'{words}' is taken out of the claim, but stands in {standing[words]}. "
        message += "Keep it as a wording until these are changed, or publish them together."
        yield Problem("wording-in-use", message, field="wordings", params={"words": words})


def _place(problem: Problem) -> tuple[str, str]:
    return problem.params.get("key", ""), compared(problem.params.get("words", ""))


def _wordings(row: Revision) -> set[tuple[str, str]]:
    wordings = row.entry.fields.get("wordings", ())
    return {(row.document.key, compared(words)) for words in wordings}


def _words(entry: Entry) -> frozenset[str]:
    said = (entry.fields["statement"], *entry.fields["wordings"])
    return frozenset(compared(words) for words in said)


def _early(problem: Problem, severity: Severity) -> Problem:
    key, words = problem.params["key"], problem.params["words"]
    message = f"'{opening(words)}' is a wording in the draft of the claim '{key}', which is not "
    message += "public yet. Publish that draft first, or with this."
    return replace(problem, code=EARLY, message=message, severity=severity)


def _standing(
    revision: Revision, context: Context, others: Iterable[Revision]
) -> Mapping[str, str]:
    """Give the words in a claim's brackets on public pages, each with the pages in words."""
    key = revision.document.key
    rows = Revision.objects.published().of(*PAGES).filter(mentions__document=revision.document)
    pages = {row.subject: row for row in rows.select_related("document")}
    pages |= {row.subject: row for row in others if row.subject in pages}
    alone = Context(claims={key: context.claims[key]} if key in context.claims else {})
    found: dict[str, list[str]] = defaultdict(list)
    for subject, row in pages.items():
        texts = [row.entry.fields[name] for name in row.document.kind.texts]
        for words in dict.fromkeys(it for text in texts for it in _bracketed(text, alone)):
            found[words].append(f"“{row.title}” ({subject})")
    return {words: ", ".join(pages) for words, pages in found.items()}


def _bracketed(text: str, context: Context) -> Iterator[str]:
    for block in explain(text, context).blocks:
        for _, segments in groupby(block.segments, key=lambda it: (it.kind, it.mark)):
            own = [it.text for it in segments if it.assessed and it.own]
            if words := compared("".join(own)):
                yield words
