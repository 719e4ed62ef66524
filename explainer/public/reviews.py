"""Who reviewed the words of a page, and whether the next review is overdue."""

from dataclasses import dataclass
from datetime import date

from explainer.library.models import ArticleVersion, ClaimVersion


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a version as readers are told of it.

    `by` is empty if nobody reviewed these words. `alone` means that one person
    alone has since made a label more cautious.
    """

    by: str
    qualification: str
    on: date | None
    due: date | None
    overdue: bool
    alone: bool


def review_of(version: ArticleVersion | ClaimVersion, today: date) -> Review:
    """Tell of a version's review; it is overdue from the day after the one it was due."""
    due = version.review_due
    return Review(
        by=version.reviewed_by,
        qualification=version.reviewer_qualification,
        on=version.reviewed_at,
        due=due,
        overdue=due is not None and due < today,
        alone=version.alone,
    )
