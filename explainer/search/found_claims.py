"""Claims that were found by words, as readers see them: read anew, so each has today's label."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import DatabaseError
from django.http import HttpRequest

from explainer.evidence.claims import pieces_of
from explainer.evidence.labels import Label
from explainer.evidence.levels import Bearing, Topic
from explainer.kinds import ARTICLE, CLAIM
from explainer.library import rendering
from explainer.library.models import Revision
from explainer.search.index import Index, shelf

LONGEST_REASON = 160
"""Characters up to which a reason goes on after its first sentence, which alone may mislead."""
LOG = logging.getLogger(__name__)
Answer = TypeVar("Answer")
Names = Mapping[str, str]
"""What treatments and options are called, by key, in the order of the menus."""


def by_index(request: HttpRequest, ask: Callable[[Index], Answer]) -> Answer | None:
    """Ask the index; None if there is none, or it broke, and then the next one is made anew."""
    index = shelf.current()
    if index is None:
        return None
    try:
        return ask(index)
    except DatabaseError:
        raise
    except Exception:
        # With its request the log names the fault's place, and nothing that was typed.
        LOG.exception("The search index broke", extra={"request": request})
        shelf.broke()
        return None


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim with its label: what it says, one line why, and what to ask a clinic about it."""

    key: str
    name: str
    pieces: list[tuple[str, bool]]
    label: Label
    group: str
    treatment: str
    topic: Topic
    reason: str
    ask: str

    @property
    def url(self) -> str:
        return CLAIM.address(self.key)

    @property
    def is_risk(self) -> bool:
        return self.label.bearing is Bearing.WARNING


def by_key(keys: Iterable[str], names: Names) -> dict[str, FoundClaim]:
    """Give those of the keys that are public claims now, in the order of the keys; one query."""
    wanted = list(dict.fromkeys(keys))
    rows = Revision.objects.published().of(CLAIM).filter(document__key__in=wanted)
    found = {row.document.key: row for row in rows.with_document()}
    claims = (_claim(found[key], names) for key in wanted if key in found)
    return {claim.key: claim for claim in claims if claim}


def _claim(revision: Revision, names: Names) -> FoundClaim | None:
    fields, key, label = revision.fields, revision.document.key, revision.label
    if label is None:
        # The database holds that what is public has one.
        return None
    group = CLAIM.treatment(key)
    return FoundClaim(
        key=key,
        name=fields["name"],
        pieces=pieces_of(fields["statement"]),
        label=label,
        group=group,
        treatment=names.get(group, group),
        topic=Topic(fields["topic"]),
        reason=rendering.first_sentence(fields["why"], LONGEST_REASON),
        ask=fields.get("ask") or "",
    )


def chief_risks(treatment: str, names: Names) -> list[FoundClaim]:
    """Give the risks that the short answer of a treatment's safety page names."""
    key = f"{treatment}/{Topic.SAFETY}"
    page = Revision.objects.published().of(ARTICLE).filter(document__key=key).first()
    named = rendering.named(page.fields["summary"]) if page else ()
    return [claim for claim in by_key(named, names).values() if claim.is_risk]
