"""Whether the review of a page's words is overdue."""

from django.utils import timezone

from explainer.library import as_of
from explainer.library.models import Revision


def is_overdue(revision: Revision) -> bool:
    """Say if a review is overdue, today or on the day that is looked at.

    It is from the day after the one it was due.
    """
    due = revision.review_due
    return due is not None and due < timezone.localdate(as_of.moment.get())
