"""Loads of the invented folder, and what staff do between them."""

from datetime import UTC, datetime
from io import StringIO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from explainer.files.check import check
from explainer.files.sync import load
from explainer.library.models import Document, Mention, Position, Revision, State
from explainer.library.publishing import publish
from tests.files.folders import EYE_HARM, SAFETY, TRIAL, fill
from tests.library import shelf

AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
LATER = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)
CLAIM = "claims/red-light/eye-harm.md"
ARTICLE = "articles/red-light/safety.md"
SOURCE = "sources/lamp-trial.md"
NEW_HARM = EYE_HARM.replace("hurt the eyes", "harm the eyes")
NEW_SAFETY = SAFETY.replace("dark glasses", "black glasses")
NEW_TRIAL = TRIAL.replace("40 people", "41 people")
MODELS = (Document, Revision, Position, Mention)


def bring(folder, changed=None, now=AT):
    return load(check(fill(folder, changed or {})), now=now)


def rows():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def public_claim():
    return shelf.document("claims/red-light/eye-harm").live


def public_article():
    return shelf.document("articles/red-light/safety").live


def public_source():
    return shelf.document("sources/lamp-trial").live


def staff_draft(revision, **words):
    """Store a next revision with other words, as staff do: without a file's text."""
    return Revision.objects.create(
        document=revision.document,
        number=revision.number + 1,
        state=State.DRAFT,
        fields={**revision.fields, **words},
        level=revision.level,
        created_at=LATER,
    )


def staff_publishes(revision, **words):
    """Publish other words, as staff do."""
    people = get_user_model().objects
    author, _ = people.get_or_create(username="editor")
    colleague, _ = people.get_or_create(username="colleague")
    draft = staff_draft(revision, **words)
    columns = {**shelf.approval(colleague, LATER), "author": author}
    Revision.objects.filter(pk=draft.pk).update(**columns)
    publish(revisions=[draft], actor=author, reason="Reads better.", now=LATER)


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("load_content", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""
