"""What adverts say for a claim, checked while it is written: the files' check, for one claim.

It asks the index of what is public, so it costs some milliseconds, and says nothing while there is
none. `files.phrases` looks at all claims at once and is the stricter one: a draft is no part of it.
"""

from collections.abc import Iterator

from explainer.kinds import CLAIM, Entry
from explainer.library.models import Revision
from explainer.search.index import shelf
from explainer.search.items import book_of
from explainer.text import matching
from explainer.text.problems import Problem, Severity

FIELD = "heard"
EMPTIED = (
    "Readers who paste an advert meet this claim by these phrases alone, and you took them all "
    "away. Keep one at least, if it is still said."
)


def problems(revision: Revision) -> Iterator[Problem]:
    """Say what is wrong with the phrases of a claim that are not as they are public."""
    document = revision.document
    if document.kind is not CLAIM:
        return
    said = revision.fields.get(FIELD) or []
    before = (document.live.fields.get(FIELD) or []) if document.live else []
    if before and not said:
        yield Problem("heard-emptied", EMPTIED, field=FIELD, severity=Severity.WARNING)
    if new := [phrase for phrase in said if phrase not in before]:
        treatment = document.treatment and document.treatment.live
        yield from _misfits(revision.entry, new, treatment.entry if treatment else None)


def _misfits(claim: Entry, phrases: list[str], about: Entry | None) -> Iterator[Problem]:
    """Hold new phrases against what is public; `about` is the treatment, which weighs a claim."""
    index = shelf.current()
    if index is None:
        return
    treatment = CLAIM.treatment(claim.key)
    own = book_of([claim, about] if about else [claim], index.book.lists)
    for place, phrase in enumerate(claim.fields[FIELD]):
        if phrase not in phrases:
            continue
        field = f"{FIELD}.{place}"
        mine = max((score for score, _ in matching.ranked(own, phrase, treatment)), default=0.0)
        if not mine:
            message = f"'{phrase}' has no word that tells anything. Write what is promised."
            yield Problem("heard-empty", message, field=field)
            continue
        scores = {k: s for s, k in matching.ranked(index.book, phrase, treatment) if k != claim.key}
        best = max(scores, key=lambda key: scores[key], default="")
        if best and scores[best] >= mine:
            message = f"'{phrase}' fits '{best}' as well. Say what tells them apart, or move it."
            yield Problem("heard-fits-another", message, field=field, params={"other": best})
