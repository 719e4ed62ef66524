"""The kinds of document there are. Adding one is a module here, a template and a style sheet."""

from explainer.kinds.article import ARTICLE
from explainer.kinds.base import Entry, Folder, Kind
from explainer.kinds.claim import CLAIM
from explainer.kinds.record import RECORD
from explainer.kinds.source import SOURCE
from explainer.kinds.term import TERM
from explainer.kinds.treatment import TREATMENT

KINDS: tuple[Kind, ...] = (SOURCE, TERM, TREATMENT, CLAIM, RECORD, ARTICLE)
"""Every kind, each after those whose documents it refers to."""

PAGES = tuple(kind for kind in KINDS if kind.texts)
"""Kinds whose documents are pages of texts, each at an address of its own."""

SHOWN = tuple(kind for kind in KINDS if kind.is_shown)
"""Kinds whose documents are one sentence each, which texts show by a mark."""

BY_NAME = {kind.name: kind for kind in KINDS}
BY_PATH = {kind.path: kind for kind in KINDS}
BY_FOLDER = {folder.name: kind for kind in KINDS for folder in kind.folders}

__all__ = [
    "ARTICLE", "BY_FOLDER", "BY_NAME", "BY_PATH", "CLAIM", "KINDS", "PAGES", "RECORD", "SHOWN",
    "SOURCE", "TERM", "TREATMENT", "Entry", "Folder", "Kind",
]  # fmt: skip
