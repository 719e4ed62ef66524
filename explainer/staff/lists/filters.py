"""The filters beside the lists: each asks one question in plain words."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from explainer.evidence.levels import Bearing, Level, Seen, SourceKind, Topic
from explainer.library import reminders
from explainer.library.models import ClaimVersion, Treatment
from explainer.staff.decorators import who
from explainer.staff.lists import entries
from explainer.staff.lists.entries import Stage


class Filter(admin.SimpleListFilter):
    """A question whose unknown answers filter nothing, as a mistyped address shows everything."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the entries that fit the chosen answer."""
        chosen = self.value()
        if chosen is None or chosen not in dict(self.lookup_choices):
            return queryset
        return self.keep(request, queryset, chosen)

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Keep the entries that fit one of the answers."""
        raise NotImplementedError


class ForWhom(Filter):
    """Whose work it is."""

    title = "whose work"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer one's own drafts, and what waits for oneself."""
        return [("waits", "Waits for me"), ("mine", "Drafts I wrote")]

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Ask the rights and the two-person rule."""
        if chosen == "mine":
            return entries.written_by(rows, who(request))
        return entries.waiting_for(rows, who(request), timezone.now())


class StageFilter(Filter):
    """Where it stands."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer every stage."""
        return [(stage.slug, stage.label) for stage in Stage]

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Keep one stage."""
        return rows.filter(stage=next(stage for stage in Stage if stage.slug == chosen))


class DueFilter(Filter):
    """When the public words are to be reviewed again."""

    title = "review due"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer late, soon and never."""
        return [
            ("overdue", "Overdue"),
            ("soon", f"Within {reminders.SOON} days"),
            ("none", "No date"),
        ]

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Compare with today."""
        today = timezone.localdate()
        if chosen == "overdue":
            return rows.filter(public_due__lt=today)
        if chosen == "soon":
            return rows.filter(public_due__range=(today, today + timedelta(days=reminders.SOON)))
        return rows.filter(public_due=None)


class TreatmentFilter(Filter):
    """Which treatment it is about."""

    title = "treatment"
    parameter_name = "treatment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer the treatments there are."""
        return Treatment.objects.order_by("name").values_list("key", "name")

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Keep one treatment's."""
        return rows.filter(**{f"{rows.model.IDENTITY}__treatment__key": chosen})


class TopicFilter(Filter):
    """Which part of the explanation it belongs to."""

    title = "topic"
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer the five topics."""
        return [(topic.value, topic.words) for topic in Topic]

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Keep one topic's."""
        column = "topic" if rows.model is ClaimVersion else "article__topic"
        return rows.filter(**{column: chosen})


class LevelFilter(Filter):
    """Which label it has, in its newest or its public version."""

    title = "label"
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer the three levels."""
        return [(level.value, level.word) for level in Level]

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Look at both versions: a reader sees the one, a writer the other."""
        return rows.filter(Q(level=chosen) | Q(public_level=chosen))


class BearingFilter(Filter):
    """Which way it pulls a reader."""

    title = "bearing"
    parameter_name = "bearing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer promise and warning."""
        return [(bearing.value, bearing.value.capitalize()) for bearing in Bearing]

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Keep one bearing."""
        return rows.filter(bearing=chosen)


class KindFilter(Filter):
    """What sort of document a source is."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer the kinds of sources."""
        return [(kind.value, kind.words) for kind in SourceKind]

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Keep one kind."""
        return rows.filter(words__kind=chosen)


class SeenFilter(Filter):
    """How far we read a source."""

    title = "how far we read it"
    parameter_name = "seen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Offer the three answers."""
        return [(seen.value, seen.words) for seen in Seen]

    def keep(self, request: HttpRequest, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Keep one answer."""
        return rows.filter(words__seen=chosen)
