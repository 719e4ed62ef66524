"""Loads of the invented folder, and what staff do between them."""

from datetime import UTC, datetime
from io import StringIO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from explainer.files.check import check
from explainer.files.sync import load
from explainer.library.models import (
    Appearance,
    Article,
    ArticleVersion,
    Claim,
    ClaimVersion,
    GlossaryTerm,
    Position,
    ReferenceVersion,
    Source,
    State,
    Treatment,
)
from explainer.library.publishing import publish, publish_rows
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
MODELS = (
    Treatment, Source, GlossaryTerm, ReferenceVersion, Claim, ClaimVersion, Position, Article,
    ArticleVersion, Appearance,
)  # fmt: skip


def bring(folder, changed=None, at=AT):
    return load(check(fill(folder, changed or {})), at=at)


def rows():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def public_claim():
    return ClaimVersion.objects.published().get(claim__key="red-light/eye-harm")


def public_article():
    return ArticleVersion.objects.published().get(article__key="red-light/safety")


def staff_publishes(version, **words):
    """Publish a version with other words, as the admin does: without a file's text."""
    staff = get_user_model().objects.create_user("editor")
    colleague = get_user_model().objects.create_user("colleague")
    positions = list(version.positions.all()) if isinstance(version, ClaimVersion) else []
    version.pk, version.number, version.state, version.file_text = None, 2, State.DRAFT, ""
    version.published_at = None
    version.author = staff
    for name, value in {**shelf.approval(colleague, LATER), **words}.items():
        setattr(version, name, value)
    version.save()
    for position in positions:
        position.pk, position.version = None, version
        position.save()
    publish(versions=[version], by=staff, reason="Reads better.", at=LATER)


def staff_revise(subject, **words):
    """Make other words of a reference row public, as the admin does."""
    public = ReferenceVersion.objects.published().get(what=subject)
    ReferenceVersion.objects.create(
        what=subject, number=public.number + 1, words={**public.words, **words}, created_at=LATER
    )
    drafts = ReferenceVersion.objects.open().filter(what=subject)
    publish_rows(versions=drafts, by=None, reason="Reads better.", at=LATER)


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("load_content", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""
