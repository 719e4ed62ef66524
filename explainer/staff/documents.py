"""What staff work on, as its address names it: claims/KEY, articles/KEY, sources/KEY."""

from django.contrib.auth.models import User
from django.http import Http404
from django.urls.converters import StringConverter

from explainer.library.kinds import BY_PATH
from explainer.library.models import Document

_SLUG = "[a-z0-9-]+"
SUBJECT = f"(?:{'|'.join(BY_PATH)})/{_SLUG}(?:/{_SLUG})?"


class SubjectConverter(StringConverter):
    """Reads a subject from an address."""

    regex = SUBJECT


def get_document(subject: str) -> Document:
    """Find what an address names, with its newest and its public revision; else Http404."""
    path, _, key = subject.partition("/")
    rows = Document.objects.select_related(
        "live", "newest__saved_by", "newest__author", "treatment__live", "treatment__newest"
    )
    document = rows.filter(kind=BY_PATH[path], key=key).first() if path in BY_PATH else None
    if document is None:
        raise Http404(f"There is no '{subject}' here. Look it up in the lists.")
    for revision in filter(None, (document.newest, document.live)):
        revision.document = document
    return document


def person_name(user: User | None) -> str:
    """Give what staff call somebody: the full name, or the name of the account."""
    return (user.get_full_name() or user.get_username()) if user else "the content files"
