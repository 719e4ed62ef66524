"""The admin's first page: what waits for whom, what is late, what changed.

One function gathers it, from the same questions as the lists. Shows nothing that
the lists and histories would not show the same person.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.utils import timezone

from explainer.evidence.labels import Label
from explainer.evidence.levels import Bearing, Level
from explainer.kinds import BY_PATH, KINDS
from explainer.library.models import AuditEntry, Change, Document, Revision
from explainer.library.permissions import Right, may
from explainer.operations import first_run, reminders
from explainer.operations.schedule import Failure
from explainer.staff import problem_counts
from explainer.staff.decorators import who
from explainer.staff.documents import CUT, STEPS, actor_name, day, label_of, minute, person_name
from explainer.web import health, start_report

LINES = 10
"""Documents of one sort that the page names; the lists have the rest."""

CLAIMS = 3
"""Claims with a new label that the page names of one page."""

COMMENTED = ("submit", reminders.SENT_BACK)
"""The steps whose comments somebody reads before they go on."""

Index = Callable[..., HttpResponse]


def with_work(index: Index) -> Index:
    def page(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return index(request, {**gather(who(request)), **(extra_context or {})})

    return page


def gather(user: User) -> dict[str, Any]:
    now = timezone.now()
    wording, waiting = problem_counts.wording(), reminders.waiting_for(user, now=now)
    # Whoever can't mend them is shown them too.
    can_mend = may(user, Right.WRITE) or may(user, Right.PUBLISH)
    failures = waiting.problems if can_mend else reminders.problems(now)
    comments = _comments([*waiting.to_review[:LINES], *waiting.sent_back[:LINES]])
    is_administrator = may(user, Right.ADMINISTER)
    is_told = may(user, Right.PUBLISH) and not is_administrator
    return {
        "first": first_run.look(user),
        "to_review": _lines(waiting.to_review, _submitted, comments),
        "to_publish": _lines(waiting.to_publish, _approved),
        "sent_back": _lines(waiting.sent_back, _drafted, comments),
        "overdue": _lines(waiting.overdue, _due),
        "due_soon": _lines(waiting.due_soon, _due),
        "soon": reminders.SOON,
        "again": list(_again()),
        "drafts": _lines(waiting.drafts, _drafted),
        "scheduled": _lines(waiting.scheduled, _scheduled),
        "wording": wording,
        "problems": list(_problems(wording["messages"], failures)),
        "bars": list(_bars()),
        "changes": Change.objects.select_related("actor")[:LINES],
        "steps": _steps(),
        "kinds": KINDS,
        "may_write": may(user, Right.WRITE),
        "may_administer": is_administrator,
        "machine": health.look() if is_administrator else [],
        # An administrator is told the same among what was found of the machine.
        "not_loaded": start_report.lines() if is_told else [],
    }


def _lines(
    revisions: Sequence[Revision],
    text: Callable[[Any], str],
    comments: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Name the first revisions of one sort, and count those that are left out."""
    lines = [
        line(
            revision.subject,
            revision.title,
            text(revision),
            comment=(comments or {}).get(revision.subject, ""),
        )
        for revision in revisions[:LINES]
    ]
    return {"lines": lines, "more": len(revisions) - len(lines)}


def line(subject: str, title: str, text: str, **more: str) -> dict[str, str]:
    """Name one document; `text` is what matters of it here."""
    kind = BY_PATH[subject.partition("/")[0]].label
    return {
        "subject": subject,
        "kind": kind,
        "title": truncatechars(title, CUT),
        "text": text,
        **more,
    }


def _comments(revisions: Iterable[Revision]) -> dict[str, str]:
    subjects = [revision.subject for revision in revisions]
    entries = AuditEntry.objects.filter(subject__in=subjects, action__in=COMMENTED)
    return dict(entries.order_by("number").values_list("subject", "comment"))


def _steps() -> list[dict[str, str]]:
    """Name the last steps; a document whose only draft was discarded keeps its last title."""
    entries = AuditEntry.objects.filter(action__in=STEPS, subject__contains="/")
    newest = list(entries.select_related("actor")[:LINES])
    keys = {entry.subject.partition("/")[2] for entry in newest}
    titles = {row.subject: row.title for row in Document.objects.filter(key__in=keys)}
    return [
        line(
            entry.subject,
            titles.get(entry.subject) or entry.subject,
            f"{actor_name(entry)} {STEPS[entry.action]}, {minute(entry.at)}.",
        )
        for entry in newest
    ]


def _submitted(revision: Revision) -> str:
    return f"Submitted on {day(revision.submitted_at)} by {person_name(revision.submitted_by)}."


def _approved(revision: Revision) -> str:
    return f"Approved on {day(revision.approved_at)} by {revision.reviewed_by}."


def _drafted(revision: Revision) -> str:
    state = revision.document.get_status_display()
    return f"{state}. Saved on {day(revision.saved_at or revision.created_at)}."


def _scheduled(revision: Revision) -> str:
    return f"Becomes public on {minute(revision.publish_at)} ({settings.TIME_ZONE})."


def _due(revision: Any) -> str:
    return f"Review due on {day(revision.review_due)}."


def _problems(wording: Mapping[str, str], failures: Iterable[Failure]) -> Iterator[dict[str, str]]:
    messages = {failure.subject: failure.message for failure in failures} | dict(wording)
    for subject, message in messages.items():
        yield line(subject, subject.partition("/")[2], message)


def _again() -> Iterator[dict[str, str]]:
    for relabelled in reminders.relabelled():
        labels = [
            f"{claim.document.key}: "
            + ("withdrawn now" if claim.is_withdrawn else f"now “{label_of(claim)}”")
            for claim in relabelled.claims
        ]
        more = [f"{len(labels) - CLAIMS} more"] if len(labels) > CLAIMS else []
        page = relabelled.page
        yield line(page.subject, page.title, "; ".join(labels[:CLAIMS] + more))


def _bars() -> Iterator[dict[str, Any]]:
    """Count the public claims by label, for the chart; `share` is a bar's length in percent."""
    public = Document.objects.filter(live__isnull=False).exclude(level="").order_by()
    counted = public.values_list("level", "bearing").annotate(Count("pk"))
    numbers = {(level, bearing): number for level, bearing, number in counted}
    longest = max(numbers.values(), default=1)
    for bearing in Bearing:
        for level in Level:
            number = numbers.get((level, bearing), 0)
            yield {
                "words": Label(level, bearing).word,
                "query": f"?level={level}&bearing={bearing}",
                "number": number,
                "share": round(100 * number / longest, 1),
            }
