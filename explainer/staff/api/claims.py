"""Looking a claim up by words while writing, to insert its link.

Finds what a text may refer to: published claims, and drafts of claims that are
on their way. Not the register: it knows no pages and no facets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from explainer.evidence.levels import Bearing, Level, label_modifier, label_words
from explainer.library.models import ClaimVersion, State
from explainer.library.models.versions import OPEN

MOST = 20
"""Claims in one answer."""

LONGEST_QUERY = 200
"""Characters of a query that are read (requirement R15)."""

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

    A claim's published version stands for it; an open version only where no
    published one matches. An empty query lists the first claims there are.
    """
    # A NUL is no word, and PostgreSQL refuses it (requirement R14).
    words = query[:LONGEST_QUERY].replace("\x00", " ").split()[:MOST_WORDS]
    versions = ClaimVersion.objects.filter(state__in=(State.PUBLISHED, *OPEN))
    for word in words:
        versions = versions.filter(Q(statement__icontains=word) | Q(claim__key__icontains=word))
    if treatment:
        versions = versions.filter(claim__treatment__key=treatment.replace("\x00", " "))
    rows = versions.select_related("claim").order_by("claim__key", "number")
    return tuple(_found(version) for version in _first(rows[: 2 * MOST]))


def _first(versions: Iterable[ClaimVersion]) -> Iterator[ClaimVersion]:
    """Keep one version of each claim: a published one is older than its open successor."""
    seen: set[int] = set()
    for version in versions:
        if version.claim_id not in seen and len(seen) < MOST:
            seen.add(version.claim_id)
            yield version


def _found(version: ClaimVersion) -> Found:
    label, modifier = NO_LABEL, ""
    if version.level and version.bearing:
        mark = Level(version.level), Bearing(version.bearing)
        label, modifier = label_words(*mark), label_modifier(*mark)
    return Found(
        key=version.claim.key,
        statement=version.statement,
        label=label,
        modifier=modifier,
        treatment=version.claim.key.partition("/")[0],
        state="published" if version.state == State.PUBLISHED else "draft",
    )
