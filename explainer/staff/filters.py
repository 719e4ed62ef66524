"""The filters beside the lists: each asks one question in plain words."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from operator import attrgetter
from typing import Any, Final

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from explainer.evidence.levels import Bearing, Level, Seen, SourceKind, Topic
from explainer.kinds import TREATMENT
from explainer.library.models import Document, Status
from explainer.operations import reminders
from explainer.staff.decorators import who

Options = Iterable[tuple[str, str]]
Condition = Callable[[str, HttpRequest], Q]


class Filter(admin.SimpleListFilter):
    """A question whose unknown answers filter nothing, as a mistyped address shows everything."""

    parameter_name: str

    def lookups(self, request: HttpRequest, model_admin: Any) -> Options:
        return QUESTIONS[self.parameter_name][1]()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value is None or value not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(QUESTIONS[self.parameter_name][2](value, request))


def _whose(value: str, request: HttpRequest) -> Q:
    waiting = reminders.waiting_for(who(request), now=timezone.now())
    mine = (
        waiting.drafts
        if value == "mine"
        else (*waiting.to_review, *waiting.to_publish, *waiting.sent_back)
    )
    return Q(newest__in=[revision.pk for revision in mine])


def _due(value: str, request: HttpRequest) -> Q:
    today = timezone.localdate()
    if value == "overdue":
        return Q(review_due__lt=today)
    if value == "soon":
        return Q(review_due__range=(today, today + timedelta(days=reminders.SOON)))
    return Q(review_due=None)


def _treatments() -> Options:
    return Document.objects.filter(kind=TREATMENT).order_by("title").values_list("key", "title")


def _words(vocabulary: Iterable[Any], words: Callable[[Any], str]) -> Callable[[], Options]:
    return lambda: [(str(member), words(member)) for member in vocabulary]


def _equal(*paths: str) -> Condition:
    return lambda value, _: Q(*((path, value) for path in paths), _connector=Q.OR)


def _either(path: str) -> Condition:
    """Look at both revisions: a reader sees the public one, a writer the newest."""
    return _equal(f"newest__{path}", f"live__{path}")


WHOSE = {"waits": "Waits for me", "mine": "Drafts I wrote"}
DUE = {"overdue": "Overdue", "soon": f"Within {reminders.SOON} days", "none": "No date"}
STATUS = {status.slug: status for status in Status if status is not Status.EMPTY}

QUESTIONS: Final[dict[str, tuple[str, Callable[[], Options], Condition]]] = {
    "whose": ("whose work", WHOSE.items, _whose),
    "state": (
        "state",
        lambda: [(slug, str(status.label)) for slug, status in STATUS.items()],
        lambda value, _: Q(status=STATUS[value]),
    ),
    "treatment": ("treatment", _treatments, _equal("treatment__key")),
    "topic": ("topic", _words(Topic, attrgetter("words")), _equal("topic")),
    "level": ("label", _words(Level, attrgetter("word")), _either("level")),
    "bearing": ("bearing", _words(Bearing, str.capitalize), _either("fields__bearing")),
    "due": ("review due", DUE.items, _due),
    "kind": ("kind", _words(SourceKind, attrgetter("words")), _equal("newest__fields__kind")),
    "seen": (
        "how far we read it",
        _words(Seen, attrgetter("words")),
        _equal("newest__fields__seen"),
    ),
}
"""What can be asked of a list, by the name in its address: title, answers, condition."""


FILTERS: Final = {
    name: type(f"{name.title()}Filter", (Filter,), {"title": title, "parameter_name": name})
    for name, (title, _, _) in QUESTIONS.items()
}
