"""Whether versions are fit to go on: their problems, what is coming, and what must be told.

Asked by `reviewing` before a version is handed over or approved and by `releasing`
before it becomes public. Judges and refuses; it changes nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from explainer.evidence.context import Context
from explainer.evidence.lint import sentences
from explainer.evidence.problems import Problem
from explainer.library.models import ClaimVersion, State
from explainer.library.models.versions import Version, VersionQuerySet
from explainer.library.nouns import knowledge
from explainer.library.publishing import CannotPublish
from explainer.library.validation import inspect

NAME_LENGTH = 200
REASON_LENGTH = 500
"""Characters that readers are shown of a name or a qualification, and of a reason."""


class Incomplete(Exception):
    """Something that must be told is missing; `field` names it, the message says the cure."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def problems_of(
    versions: Sequence[Version], also: Iterable[ClaimVersion]
) -> list[tuple[str, Problem]]:
    """Say what is wrong with versions, if the claims in `also` were public too."""
    known = knowledge(also)
    return [(version.subject, problem) for version in versions for problem in _all(version, known)]


def coming() -> VersionQuerySet:
    """Give the first versions of claims that are not public yet.

    A text that shows one can be reviewed before it, and published with it.
    """
    public = ClaimVersion.objects.published().values("claim")
    coming = ClaimVersion.objects.open().exclude(claim__in=public).select_related("claim")
    return coming.prefetch_related("positions__source")


def is_approved(version: Version) -> bool:
    """True if somebody approved the words of a version as they stand."""
    return version.state == State.IN_REVIEW and version.approved_at is not None


def _all(version: Version, known: Context) -> tuple[Problem, ...]:
    unfit = sentences.plain_words(version.note)
    return (*inspect(version, known), *(replace(problem, field="note") for problem in unfit))


def refuse_errors(
    versions: Sequence[Version], also: Iterable[ClaimVersion], fields: Collection[str] = ()
) -> None:
    """Raise `CannotPublish` for errors, if fields are named for those in them alone."""
    errors = [found for found in problems_of(versions, also) if found[1].is_error]
    errors = [found for found in errors if not fields or found[1].field in fields]
    if errors:
        raise CannotPublish(errors)


def refuse_long(field: str, told: str, length: int) -> None:
    """Refuse words that readers would see cut off."""
    if (size := len(told.strip())) > length:
        raise Incomplete(field, f"This has {size} characters; {length} fit. Shorten it.")
