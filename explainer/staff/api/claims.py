"""Looking a claim up by words while writing, to insert its link.

Finds what a text may refer to: published claims, and drafts of claims that are on their way.
Not the register: it knows no pages and no facets.
"""

from dataclasses import dataclass

from django.db.models import Q

from explainer.evidence.levels import Bearing, Level, label_modifier, label_words
from explainer.kinds import CLAIM
from explainer.library.models import OPEN, Revision, State

MOST = 20
"""Claims in one answer."""
LONGEST_QUERY = 200
"""Characters of a query that are read."""
MOST_WORDS = 8
"""Words of a query that are looked for; each costs a comparison for every claim."""
NO_LABEL = "No label yet"


@dataclass(frozen=True, slots=True)
class Found:
    """A claim as the picker lists it; `modifier` names the label's shape, empty without one."""

    key: str
    statement: str
    label: str
    modifier: str
    treatment: str
    state: str


def search(query: str, *, treatment: str = "") -> tuple[Found, ...]:
    """Give up to 20 claims with every word of a query in their statement or key.

    A claim's published revision stands for it; an open one only where no published one
    matches. An empty query lists the first claims there are.
    """
    # A NUL is no word, and PostgreSQL refuses it.
    words = query[:LONGEST_QUERY].replace("\x00", " ").split()[:MOST_WORDS]
    revisions = Revision.objects.of(CLAIM).filter(state__in=(State.PUBLISHED, *OPEN))
    for word in words:
        said = Q(fields__statement__icontains=word)
        revisions = revisions.filter(said | Q(document__key__icontains=word))
    if treatment:
        revisions = revisions.filter(document__treatment__key=treatment.replace("\x00", " "))
    # A published revision is older than its open successor.
    rows = revisions.select_related("document").order_by("document__key", "number")
    first: dict[int, Revision] = {}
    for row in rows[: 2 * MOST]:
        first.setdefault(row.document_id, row)
    return tuple(map(_found, list(first.values())[:MOST]))


def _found(revision: Revision) -> Found:
    key, label, modifier = revision.document.key, NO_LABEL, ""
    if revision.level and (bearing := revision.fields["bearing"]):
        mark = Level(revision.level), Bearing(bearing)
        label, modifier = label_words(*mark), label_modifier(*mark)
    state = "published" if revision.state == State.PUBLISHED else "draft"
    return Found(key, revision.title, label, modifier, key.partition("/")[0], state)
