"""One row for each thing that staff work on: its newest version, and where it stands.

An entry is the newest version of a claim, article or reference row, with what a
list needs to know of its public version. These querysets only read; what may
happen next is decided by `library.desk`, `reviewing` and `releasing`.
"""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerChoices,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat

from explainer.library import reminders
from explainer.library.models import ArticleVersion, ClaimVersion, ReferenceVersion, Save, State
from explainer.library.models.versions import OPEN, Version

MODELS: Final[dict[str, type[Version]]] = {
    "claims": ClaimVersion,
    "articles": ArticleVersion,
    "sources": ReferenceVersion,
    "glossary": ReferenceVersion,
    "treatments": ReferenceVersion,
}
"""What holds the versions of each kind of subject."""

_TITLES: Final = {
    "claims": F("statement"),
    "articles": F("title"),
    "sources": KT("words__title"),
    "glossary": KT("words__term"),
    "treatments": KT("words__name"),
}


class Stage(IntegerChoices):
    """Where an entry stands between the desk and the public, in the order of the work."""

    NEW = 1, "Draft, never public"
    REVIVED = 2, "Withdrawn, draft open"
    REWRITTEN = 3, "Published, draft open"
    IN_REVIEW = 4, "In review"
    APPROVED = 5, "Approved, waiting to be published"
    SCHEDULED = 6, "Scheduled"
    PUBLISHED = 7, "Published"
    WITHDRAWN = 8, "Withdrawn"

    @property
    def slug(self) -> str:
        """The stage as an address names it."""
        return self.name.lower().replace("_", "-")


def entries(part: str) -> QuerySet[Any]:
    """Give the entries of one kind ("claims"), each with what a list shows of it.

    Adds `named` (the subject), `heading`, `stage`, `touched_at`, and of the public
    version `public_due` and, for claims, `public_level`.
    """
    model = MODELS[part]
    same: QuerySet[Any] = model._default_manager.filter(
        **{model.IDENTITY: OuterRef(model.IDENTITY)}
    )
    public = same.filter(state=State.PUBLISHED)
    rows = _newest(model, part, same).annotate(
        heading=_TITLES[part],
        touched_at=Coalesce("saved_at", "created_at"),
        is_public=Exists(public),
        public_due=Subquery(public.values("review_due")[:1]),
        was_public=Exists(same.filter(published_at__isnull=False)),
    )
    if model is ClaimVersion:
        rows = rows.annotate(public_level=Subquery(public.values("level")[:1]))
    return rows.annotate(stage=_stage()).select_related("author", "saved_by", "published_by")


def _newest(model: type[Version], part: str, same: QuerySet[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(
        pk=Subquery(same.order_by("-number").values("pk")[:1])
    )
    if model is ReferenceVersion:
        return rows.filter(what__startswith=f"{part}/").annotate(named=F("what"))
    owner = model.IDENTITY
    named = Concat(Value(f"{part}/"), f"{owner}__key")
    return rows.annotate(named=named).select_related(f"{owner}__treatment")


def _stage() -> Case:
    draft, review = Q(state=State.DRAFT), Q(state=State.IN_REVIEW)
    return Case(
        When(state=State.PUBLISHED, then=Value(Stage.PUBLISHED)),
        When(state=State.WITHDRAWN, then=Value(Stage.WITHDRAWN)),
        When(review & Q(publish_at__isnull=False), then=Value(Stage.SCHEDULED)),
        When(review & Q(approved_at__isnull=False), then=Value(Stage.APPROVED)),
        When(review, then=Value(Stage.IN_REVIEW)),
        When(draft & Q(is_public=True), then=Value(Stage.REWRITTEN)),
        When(draft & Q(was_public=True), then=Value(Stage.REVIVED)),
        default=Value(Stage.NEW),
    )


def written_by(rows: QuerySet[Any], who: User) -> QuerySet[Any]:
    """Keep the open entries that somebody started or saved."""
    return rows.filter(_wrote(who), state__in=OPEN)


def waiting_for(rows: QuerySet[Any], who: User, now: datetime) -> QuerySet[Any]:
    """Keep the entries on which somebody can and should act next, as `library.due` says."""
    told = reminders.waiting_for(who, now=now)
    waiting = (*told.to_review, *told.to_publish, *told.sent_back)
    return rows.filter(named__in=[version.subject for version in waiting])


def _wrote(who: User) -> Q:
    saves = Save.objects.filter(subject=OuterRef("named"), number=OuterRef("number"), by=who)
    return Q(author=who) | Q(Exists(saves))
