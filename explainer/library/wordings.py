"""Words from a text become a wording of the claim that they stand for, to be reviewed with it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from explainer.evidence.lint.wordings import compared
from explainer.library import drafts
from explainer.library.context import public_context
from explainer.library.models import Document, Revision
from explainer.library.permissions import NotAllowed, Right, demand
from explainer.library.validation import coming, problems_of
from explainer.text.problems import Refused

NOTE = "Another wording for the same sentence."
"""What readers are told of the change, if its draft says nothing else."""


@transaction.atomic
def add(*, claim: Document, words: str, actor: User, now: datetime) -> Revision:
    """Add words to a claim's draft as a wording; begin the draft if none is open.

    Raises `Refused` with all that is wrong with the words (nothing is stored then), `NotAllowed`
    while the claim is in review or withdrawn, `Conflict` if somebody saves it at this moment.
    """
    demand(actor, Right.WRITE)
    before = drafts.newest(claim)
    if not claim.kind.is_assessed or before is None or before.is_withdrawn:
        raise NotAllowed("There is no such claim, or it is withdrawn. Use another one.")
    draft = before
    if not before.is_open:
        draft = drafts.start(document=claim, actor=actor, now=now, expected=before.number)
    wordings = draft.entry.fields["wordings"]
    if compared(words) in map(compared, wordings):
        return draft
    fields = {"wordings": [*wordings, words], "note": draft.note or NOTE}
    drafts.save(revision=draft, expected=draft.lock_version, fields=fields, actor=actor, now=now)
    _check(draft, f"wordings.{len(wordings)}")
    return draft


def _check(draft: Revision, field: str) -> None:
    found = problems_of(draft, public_context([*coming(), draft]), {})
    if wrong := [it.message for it in found if it.field == field and it.is_error]:
        raise Refused(field, " ".join(wrong), "wording-unfit")
