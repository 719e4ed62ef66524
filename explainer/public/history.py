"""What became of a claim or a row: its public versions, and where a claim appears today."""

from dataclasses import dataclass
from datetime import datetime

from explainer.evidence.levels import Bearing, Level
from explainer.library.models import ArticleVersion, Claim, ClaimVersion, ReferenceVersion, State
from explainer.library.models.versions import FIXED
from explainer.public.labels import WITHDRAWN, Label, label_of
from explainer.public.navigation import Door, short_name


@dataclass(frozen=True, slots=True)
class Step:
    """One public change of a claim: when, why, and what it did to the label."""

    number: int
    at: datetime
    because: str
    before: Label | None
    after: Label
    correction: bool = False

    @property
    def relabelled(self) -> bool:
        """True if the label is another one than before."""
        return self.before is not None and self.before != self.after


def history_of(claim: Claim) -> tuple[Step, ...]:
    """List every public change of a claim, newest first, in one query."""
    steps: list[Step] = []
    before: Label | None = None
    for version in claim.versions.filter(state__in=FIXED).order_by("number"):
        after = label_of(Level(version.level), Bearing(version.bearing))
        steps.append(_published(version, before, after))
        before = after
        if version.state == State.WITHDRAWN:
            steps.append(_withdrawn(version, before))
            before = WITHDRAWN
    return tuple(reversed(steps))


@dataclass(frozen=True, slots=True)
class Revision:
    """One public change of a reference row: when, why, and if something was wrong before."""

    number: int
    at: datetime
    because: str
    correction: bool


def revisions_of(subject: str) -> tuple[Revision, ...]:
    """List every public change of a treatment, source or term, newest first, in one query."""
    versions = ReferenceVersion.objects.filter(what=subject, state__in=FIXED).order_by("-number")
    found = versions.values_list("number", "published_at", "published_because", "correction")
    return tuple(Revision(*row) for row in found)


def pages_showing(claim: Claim) -> tuple[Door, ...]:
    """List the published articles that show a claim, in one query."""
    versions = ArticleVersion.objects.published().filter(article__appearances__claim=claim)
    in_order = versions.select_related("article__treatment").order_by("article__key")
    return tuple(Door(v.article.get_absolute_url(), _whole_name(v)) for v in in_order)


def _whole_name(version: ArticleVersion) -> str:
    treatment = version.article.treatment
    name = short_name(version)
    return f"{treatment.name}: {name}" if treatment and version.article.topic else name


def _published(version: ClaimVersion, before: Label | None, after: Label) -> Step:
    assert version.published_at is not None  # noqa: S101 - the database's own constraint
    return Step(
        version.number,
        version.published_at,
        version.published_because,
        before,
        after,
        version.correction,
    )


def _withdrawn(version: ClaimVersion, before: Label) -> Step:
    assert version.ended_at is not None  # noqa: S101 - the database's own constraint
    return Step(version.number, version.ended_at, version.ended_because, before, WITHDRAWN)
