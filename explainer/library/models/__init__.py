"""The rows of the library, by meaning."""

from explainer.library.models.articles import Appearance, Article, ArticleVersion
from explainer.library.models.claims import Claim, ClaimVersion, Position
from explainer.library.models.desk import AuditEntry, AuditHead, Save
from explainer.library.models.edition import Action, Change, Edition
from explainer.library.models.images import Extension, Image, ImageUse
from explainer.library.models.reference import GlossaryTerm, ReferenceVersion, Source, Treatment
from explainer.library.models.versions import HistoryIsFixed, State, Version

__all__ = [
    "Action",
    "Appearance",
    "Article",
    "ArticleVersion",
    "AuditEntry",
    "AuditHead",
    "Change",
    "Claim",
    "ClaimVersion",
    "Edition",
    "Extension",
    "GlossaryTerm",
    "HistoryIsFixed",
    "Image",
    "ImageUse",
    "Position",
    "ReferenceVersion",
    "Save",
    "Source",
    "State",
    "Treatment",
    "Version",
]
