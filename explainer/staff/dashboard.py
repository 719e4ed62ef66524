"""The admin's first page: what waits for whom, what is late, what changed.

One function gathers it, from the same questions as the lists. Shows nothing that
the lists and histories would not show the same person.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.utils import timezone
from django.utils.formats import date_format

from explainer.evidence.levels import Bearing, Level, label_modifier, label_words
from explainer.library import reminders
from explainer.library.models import AuditEntry, Change, ClaimVersion, State
from explainer.library.models.versions import Version
from explainer.library.permissions import Right, may
from explainer.staff.decorators import who
from explainer.staff.lists import problems
from explainer.staff.lists.changelists import CUT, name_of
from explainer.staff.lists.entries import MODELS, Stage, entries, written_by
from explainer.staff.saying import STEPS
from explainer.staff.subjects import KINDS

SHOWN = 10
"""Entries of one sort that the page names; the lists have the rest."""

CLAIMS = 3
"""Claims with a new label that the page names of one article."""

SUBMIT = "submit"
"""The step whose comment a reviewer reads first."""

Index = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many public claims carry one label, for the chart. `share` is its length in percent."""

    words: str
    modifier: str
    query: str
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the page names it: `told` is what matters of it here."""

    subject: str
    kind: str
    heading: str
    told: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Some entries of one sort, and how many more there are."""

    lines: list[Line]
    more: int


def shown(index: Index) -> Index:
    """Give the admin's first page with what it says about the work."""

    def page(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return index(request, {**gathered(who(request)), **(extra_context or {})})

    return page


def gathered(me: User) -> dict[str, Any]:
    """Gather everything the page shows one person."""
    now = timezone.now()
    late, waiting = problems.lagging(), reminders.waiting_for(me, now=now)
    drafts = chain.from_iterable(written_by(entries(part), me) for part in MODELS)
    scheduled = chain.from_iterable(
        entries(part).filter(stage=Stage.SCHEDULED).order_by("publish_at") for part in MODELS
    )
    return {
        "to_review": _some(_rows(waiting.to_review), _submitted, SUBMIT),
        "to_publish": _some(_rows(waiting.to_publish), _approved),
        "sent_back": _some(_rows(waiting.sent_back), _drafted, reminders.SENT_BACK),
        "overdue": _some(_rows(waiting.overdue), _due),
        "due_soon": _some(_rows(waiting.due_soon), _due),
        "soon": reminders.SOON,
        "again": list(_again(reminders.relabelled())),
        "drafts": _some(list(drafts), _drafted),
        "scheduled": _some(list(scheduled), _scheduled),
        "lagging": late,
        "problems": list(_problems(late.messages, reminders.problems(now))),
        "bars": list(_bars()),
        "changes": Change.objects.select_related("by")[:SHOWN],
        "steps": _steps(),
        "parts": KINDS,
        "may_write": may(me, Right.WRITE),
        "may_administer": may(me, Right.ADMINISTER),
    }


def _rows(versions: Sequence[Version]) -> list[Any]:
    """Give the entries of some versions, in the versions' order."""
    order = {version.subject: place for place, version in enumerate(versions)}
    parts = {subject.partition("/")[0] for subject in order}
    rows = chain.from_iterable(
        entries(part).filter(named__in=order).select_related("submitted_by") for part in parts
    )
    return sorted(rows, key=lambda row: order[row.subject])


def _some(rows: list[Any], told: Callable[[Any], str], step: str = "") -> Shown:
    """Name the first of some entries; `step` is the one whose comment is shown."""
    first = rows[:SHOWN]
    said = AuditEntry.objects.filter(subject__in=[row.subject for row in first], action=step)
    comments = dict(said.order_by("number").values_list("subject", "comment")) if step else {}
    lines = [
        Line(
            subject=row.subject,
            kind=KINDS[row.subject.partition("/")[0]],
            heading=truncatechars(row.heading or row.subject, CUT),
            told=told(row),
            comment=comments.get(row.subject, ""),
        )
        for row in first
    ]
    return Shown(lines, len(rows) - len(lines))


def _steps() -> list[Line]:
    """Name the last steps; an entry that is gone, as a discarded new one is, has its key alone."""
    audited = AuditEntry.objects.filter(action__in=STEPS).exclude(subject="").select_related("by")
    newest = list(audited[:SHOWN])
    named = {entry.subject for entry in newest}
    parts = {subject.partition("/")[0] for subject in named} & set(MODELS)
    found = chain.from_iterable(entries(part).filter(named__in=named) for part in parts)
    headings = {row.subject: row.heading for row in found}
    return [
        Line(
            subject=entry.subject,
            kind=KINDS.get(entry.subject.partition("/")[0], ""),
            heading=truncatechars(headings.get(entry.subject) or entry.subject, CUT),
            told=f"{entry.by_name if entry.by is None else name_of(entry.by)} "
            f"{STEPS[entry.action]}, {date_format(timezone.localtime(entry.at), 'j M Y, H:i')}.",
        )
        for entry in newest
    ]


def _submitted(row: Any) -> str:
    return f"Submitted on {_day(row.submitted_at)} by {name_of(row.submitted_by)}."


def _approved(row: Any) -> str:
    return f"Approved on {_day(row.approved_at)} by {row.reviewed_by}."


def _drafted(row: Any) -> str:
    return f"{Stage(row.stage).label}. Saved on {_day(row.touched_at)}."


def _scheduled(row: Any) -> str:
    at = date_format(timezone.localtime(row.publish_at), "j M Y, H:i")
    return f"Becomes public on {at} (UTC)."


def _due(row: Any) -> str:
    return f"Review due on {date_format(row.public_due, 'j M Y')}."


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j M Y")


def _problems(lagging: Mapping[str, str], others: Iterable[reminders.Failure]) -> Iterator[Line]:
    """Name each public problem once: wording that lags is told with what is wrong in it."""
    messages = {failure.subject: failure.message for failure in others} | dict(lagging)
    for subject, message in messages.items():
        part, _, key = subject.partition("/")
        yield Line(subject, KINDS[part], key, message)


def _again(found: Iterable[reminders.Relabelled]) -> Iterator[Line]:
    """Name each article to look at again, with what became of which label."""
    for page in found:
        told = [f"{claim.claim.key}: {_now(claim)}" for claim in page.claims]
        more = [f"{len(told) - CLAIMS} more"] if len(told) > CLAIMS else []
        heading = truncatechars(page.article.title, CUT)
        yield Line(page.article.subject, "", heading, "; ".join(told[:CLAIMS] + more))


def _now(claim: ClaimVersion) -> str:
    if claim.state == State.WITHDRAWN:
        return "withdrawn now"
    return f"now “{label_words(Level(claim.level), Bearing(claim.bearing))}”"


def _bars() -> Iterator[Bar]:
    counted = ClaimVersion.objects.published().order_by().values_list("level", "bearing")
    numbers = {(level, bearing): n for level, bearing, n in counted.annotate(Count("pk"))}
    longest = max(numbers.values(), default=1)
    for bearing in Bearing:
        for level in Level:
            number = numbers.get((level, bearing), 0)
            yield Bar(
                words=label_words(level, bearing),
                modifier=label_modifier(level, bearing),
                query=f"?level={level}&bearing={bearing}",
                number=number,
                share=round(100 * number / longest, 1),
            )
