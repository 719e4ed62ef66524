"""What staff work on, as its address names it: claims/KEY, articles/KEY, sources/KEY."""

from django.contrib.auth.models import User
from django.http import Http404
from django.urls import register_converter
from django.urls.converters import StringConverter

from explainer.evidence.levels import Bearing, Level, label_words
from explainer.kinds import BY_PATH
from explainer.library.models import Document, Revision

_SLUG = "[a-z0-9-]+"
SUBJECT = f"(?:{'|'.join(BY_PATH)})/{_SLUG}(?:/{_SLUG})?"


class SubjectConverter(StringConverter):
    """Reads a subject from an address."""

    regex = SUBJECT


register_converter(SubjectConverter, "subject")


def get_document(subject: str) -> Document:
    """Find what an address names, with its newest and its public revision; else Http404."""
    rows = Document.objects.select_related(
        "live", "newest__saved_by", "newest__author", "treatment__live", "treatment__newest"
    )
    document = rows.by_subject(subject)
    if document is None:
        raise Http404(f"There is no '{subject}' here. Look it up in the lists.")
    for revision in filter(None, (document.newest, document.live)):
        revision.document = document
    return document


def person_name(user: User | None) -> str:
    """Give what staff call somebody: the full name, or the name of the account."""
    return (user.get_full_name() or user.get_username()) if user else "the content files"


def label_of(revision: Revision) -> str:
    """Give the label that positions led to; nothing for what has none, or none yet."""
    bearing = revision.fields.get("bearing")
    labelled = revision.level and bearing
    return label_words(Level(revision.level), Bearing(bearing)) if labelled else ""
