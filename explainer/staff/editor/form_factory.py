"""The form that goes with a version."""

from typing import Any

from django.db.models import prefetch_related_objects

from explainer.library.models import ArticleVersion, ClaimVersion
from explainer.library.models.versions import Version
from explainer.library.words import words_of
from explainer.staff.editor.articles import ArticleForm
from explainer.staff.editor.claims import ClaimForm
from explainer.staff.editor.forms import EntryForm
from explainer.staff.editor.references import FORMS
from explainer.staff.subjects import Subject
from explainer.staff.subjects import find as find_subject


def find(name: str) -> Subject:
    """Find what an address names, with all that its form and its page need of it."""
    subject = find_subject(name)
    if isinstance(subject.newest, ClaimVersion):
        needed: tuple[str, ...] = ("claim__treatment", "positions__source", "saved_by", "author")
    elif isinstance(subject.newest, ArticleVersion):
        needed = ("article__treatment", "saved_by", "author")
    else:
        needed = ("saved_by", "author")
    prefetch_related_objects([subject.newest], *needed)
    return subject


def form_of(version: Version, data: Any = None) -> EntryForm:
    """Give the form of a version, filled with its words or with what was posted."""
    initial = {**words_of(version), "base": version.save_count, "number": version.number}
    if isinstance(version, ClaimVersion):
        return ClaimForm(data, treatment=version.claim.treatment, initial=initial)
    if isinstance(version, ArticleVersion):
        return ArticleForm(data, article=version.article, initial=initial)
    return FORMS[version.subject.partition("/")[0]](data, initial=initial)
