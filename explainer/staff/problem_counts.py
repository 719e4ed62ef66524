"""How many problems a document has, counted cheaply enough for a list of all of them.

Lists and dashboard point to work; what keeps a revision from being published is told by
`library.validation` on its own page, never by these counts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from explainer.evidence.levels import Bearing, Level
from explainer.evidence.lint.statements import check_statement
from explainer.kinds import KINDS
from explainer.library.models import Document, Revision, SiteVersion
from explainer.library.validation import all_problems, coming

AT_ONCE = 20
"""Drafts examined for one page of a list; each may take a query, the rest wait their turn."""

DRAFT_TIMEOUT = 15 * 60
"""Seconds: what a draft may refer to changes with other drafts, so its count ages."""

PUBLIC_TIMEOUT = 7 * 24 * 60 * 60
"""Seconds: the public ones change with the site's version, which is in the key."""


def wording() -> dict[str, Any]:
    """Read every public statement against its label, once for each version of the site.

    `messages` are those that say less doubt than their label, by subject. They come from making
    a label more cautious at once, with the words left for two people.
    """
    version = SiteVersion.objects.current().number

    def read() -> dict[str, Any]:
        return {"version": version, "counted_at": timezone.now(), "messages": _lagging()}

    found: Any = cache.get_or_set(f"lagging-{version}", read, PUBLIC_TIMEOUT)
    return dict(found)


def _lagging() -> dict[str, str]:
    messages = {}
    rows = Revision.objects.published().of(*(kind for kind in KINDS if kind.is_assessed))
    for revision in rows.with_document():
        problems = check_statement(
            revision.title, level=Level(revision.level), bearing=Bearing(revision.fields["bearing"])
        )
        if errors := [problem.message for problem in problems if problem.is_error]:
            messages[revision.subject] = errors[0]
    return messages


def counts(documents: Sequence[Document]) -> dict[int, int | None]:
    """Count the errors of documents, by id; None has not been counted yet.

    Open revisions are examined as they would be for publishing, at most `AT_ONCE` of those
    that nobody has looked at since their last save.
    """
    public = wording()
    result: dict[int, int | None] = {
        document.pk: int(document.subject in public["messages"]) for document in documents
    }
    drafts = {}
    for document in documents:
        if document.newest is not None and document.newest.is_open:
            document.newest.document = document
            drafts[_key(document.newest, public["version"])] = document.newest
    cached = cache.get_many(drafts) if drafts else {}
    fresh = {key: revision for key, revision in drafts.items() if key not in cached}
    cached |= _examine(dict(list(fresh.items())[:AT_ONCE]))
    return result | {revision.document_id: cached.get(key) for key, revision in drafts.items()}


def _examine(drafts: Mapping[str, Revision]) -> dict[str, int]:
    if not drafts:
        return {}
    keys = {revision.subject: key for key, revision in drafts.items()}
    errors = dict.fromkeys(drafts, 0)
    for subject, problem in all_problems(list(drafts.values()), coming()):
        errors[keys[subject]] += problem.is_error
    cache.set_many(errors, DRAFT_TIMEOUT)
    return errors


def _key(revision: Revision, version: int) -> str:
    return f"problems-{revision.pk}-{revision.lock_version}-{version}"
