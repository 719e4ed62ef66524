"""The change that a revision belongs to: what goes to review and to readers together, as one list.

Found by what words refer to, and by what was handed over in the same moment; nothing is stored.
Readers see nothing of a change before its last part is approved by somebody who wrote none of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from explainer.library import drafts
from explainer.library.context import named
from explainer.library.models import Revision, State
from explainer.library.permissions import may
from explainer.library.workflow import TRANSITIONS, WROTE_IT


@dataclass(frozen=True, slots=True)
class Part:
    """One open revision of a change, as somebody sees it who may have written some of it.

    `needed` are those without which the page's own cannot go to readers, `together` those that
    were handed over in one step with it.
    """

    revision: Revision
    writers: frozenset[int]
    is_own: bool = False
    needed: bool = False
    together: bool = False

    @property
    def subject(self) -> str:
        return self.revision.subject

    @property
    def base(self) -> str:
        return mark(self.revision)

    @property
    def state(self) -> str:
        if self.revision.publish_at:
            return "scheduled"
        if self.revision.is_approved:
            return "approved"
        return str(self.revision.get_state_display()).lower()

    def goes_by_itself(self, actor: User) -> bool:
        """Say if it goes along unless somebody leaves it out."""
        is_draft = self.revision.state == State.DRAFT
        return self.needed or self.together or (is_draft and actor.pk in self.writers)


def mark(revision: Revision) -> str:
    return f"{revision.number}.{revision.lock_version}"


def change_of(revision: Revision, needs: Sequence[Revision]) -> list[Part]:
    """Give the page's own revision, what it `needs`, and what else may go along; two queries.

    That is what has a draft open among what their words refer to, and what was handed over in
    the same step.
    """
    first = [revision, *needs]
    known = {row.pk for row in first}
    more = [row for row in _beside(first) if row.pk not in known]
    writers = drafts.writers_of([*first, *more])
    return [
        Part(
            row,
            frozenset(writers[row.pk]),
            is_own=row.pk == revision.pk,
            needed=row.pk in known,
            together=_is_together(row, revision),
        )
        for row in [*first, *more]
    ]


def _beside(rows: Iterable[Revision]) -> list[Revision]:
    rows = list(rows)
    names = {name for row in rows for name in named(row.entry)}
    same = Q(pk__in=())
    if submitted := rows[0].submitted_at:
        same = Q(state=State.IN_REVIEW, submitted_at=submitted)
    opened = Revision.objects.open().filter(same | Q(document__key__in={key for _, key in names}))
    found = opened.with_document().order_by("document__kind", "document__key")
    return [
        row
        for row in found
        if _is_together(row, rows[0]) or (row.document.kind.name, row.document.key) in names
    ]


def _is_together(row: Revision, own: Revision) -> bool:
    sent = row.submitted_at, row.submitted_by_id
    return State.IN_REVIEW == row.state == own.state and sent == (
        own.submitted_at,
        own.submitted_by_id,
    )


def refused(part: Part, step: str, actor: User) -> str | None:
    """Say why a part cannot take a step now: in words, or nothing where there is none to give.

    None if it can. A courtesy: the verbs decide.
    """
    revision, approved, wrote = part.revision, part.revision.is_approved, actor.pk in part.writers
    transition = TRANSITIONS[step]
    if not may(actor, transition.right) or revision.state not in (transition.source,):
        return "It is still a draft." if revision.state == State.DRAFT else ""
    if transition.needs_approval and not approved:
        return "Nobody has approved it yet."
    if step == "approve" and approved:
        return ""
    if step == "approve" and wrote:
        return WROTE_IT
    # Whoever wrote it takes it back instead.
    return WROTE_IT if step == "send back" and wrote and not approved else None


def chosen(parts: Sequence[Part], actor: User, ticked: Iterable[str] | None) -> list[Revision]:
    """Give the revisions whose effect is shown: the own, what it needs, and what goes along.

    `ticked` are the subjects that somebody has just named; None before.
    """
    names = None if ticked is None else {name.partition(" ")[0] for name in ticked}
    return [
        part.revision
        for part in parts
        if part.needed or (part.goes_by_itself(actor) if names is None else part.subject in names)
    ]


def lines(
    parts: Sequence[Part], step: str, actor: User, ticked: Iterable[str] | None
) -> tuple[list[dict[str, Any]], list[tuple[Part, str]]]:
    """Give the other parts that can take a step, and those that cannot with the reason.

    `must` are those that the step cannot do without; `on` if the box is ticked.
    """
    goes, stays = [], []
    names = None if ticked is None else set(ticked)
    to_readers = TRANSITIONS[step].needs_approval
    for part in (part for part in parts if not part.is_own):
        why = refused(part, step, actor)
        value = f"{part.subject} {part.base}"
        on = part.goes_by_itself(actor) if names is None else value in names
        if why is None:
            must = to_readers and part.needed
            goes.append({"part": part, "value": value, "must": must, "on": on or must})
        elif why:
            stays.append((part, why))
    return goes, stays


def by_subject(parts: Iterable[Part]) -> Mapping[str, Revision]:
    return {part.subject: part.revision for part in parts}


def waiting(parts: Iterable[Part]) -> Iterator[Part]:
    """Give what readers must get with it and nobody has approved yet."""
    return (
        part for part in parts if part.needed and not part.is_own and not part.revision.is_approved
    )
