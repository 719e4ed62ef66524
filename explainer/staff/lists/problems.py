"""How many problems an entry has, counted cheaply enough for a list of all of them.

Lists and dashboard point to work; what keeps a version from being published is
told by `library.inspection` on its own page, never by these counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from explainer.evidence.levels import Bearing, Level
from explainer.evidence.lint.statements import check_statement
from explainer.library import readiness
from explainer.library.models import ClaimVersion, Edition
from explainer.library.models.versions import OPEN, Version

AT_ONCE = 20
"""Drafts examined for one page of a list; each takes a few queries, the rest wait their turn."""

DRAFTS_KEPT = 15 * 60
"""Seconds: what a draft may refer to changes with other drafts, so its count ages."""

PUBLIC_KEPT = 7 * 24 * 60 * 60
"""Seconds: the public ones change with the edition, which is in the key."""


@dataclass(frozen=True, slots=True)
class Lagging:
    """The public claims whose statement says less doubt than their label, by subject.

    They come from raising a label's caution at once, with the words left for two people.
    """

    edition: int
    counted_at: datetime
    messages: Mapping[str, str]


def lagging() -> Lagging:
    """Read every public statement against its label, once for each edition."""
    edition = Edition.objects.current().number
    held = cache.get(f"lagging-{edition}")
    if isinstance(held, Lagging):
        return held
    counted = Lagging(edition, timezone.now(), _read_all())
    cache.set(f"lagging-{edition}", counted, PUBLIC_KEPT)
    return counted


def _read_all() -> dict[str, str]:
    found = {}
    rows = ClaimVersion.objects.published().select_related("claim")
    for version in rows.only("claim__key", "statement", "level", "bearing"):
        problems = check_statement(
            version.statement, level=Level(version.level), bearing=Bearing(version.bearing)
        )
        if wrong := [problem.message for problem in problems if problem.is_error]:
            found[version.subject] = wrong[0]
    return found


def counts(rows: Sequence[Version]) -> dict[str, int | None]:
    """Count the errors of a page of entries, by subject; None has not been counted yet.

    Open versions are examined as they would be for publishing, at most `AT_ONCE` of
    them that nobody has looked at since their last save.
    """
    late = lagging()
    drafts = {_key(row, late.edition): row for row in rows if row.state in OPEN}
    held = cache.get_many(drafts)
    fresh = {key: row for key, row in drafts.items() if key not in held}
    held |= _examine(dict(list(fresh.items())[:AT_ONCE]))
    told: dict[str, int | None] = {row.subject: held.get(key) for key, row in drafts.items()}
    others = [row.subject for row in rows if row.state not in OPEN]
    return told | {subject: int(subject in late.messages) for subject in others}


def _examine(rows: Mapping[str, Version]) -> dict[str, int]:
    if not rows:
        return {}
    subjects = {row.subject: key for key, row in rows.items()}
    found = dict.fromkeys(rows, 0)
    for subject, problem in readiness.problems_of(list(rows.values()), readiness.coming()):
        found[subjects[subject]] += problem.is_error
    cache.set_many(found, DRAFTS_KEPT)
    return found


def _key(version: Version, edition: int) -> str:
    kind = version._meta.model_name
    return f"problems-{kind}-{version.pk}-{version.save_count}-{edition}"
