"""The rows of the library, by meaning."""

from explainer.library.models.articles import Appearance, Article, ArticleVersion
from explainer.library.models.claims import Claim, ClaimVersion, Position
from explainer.library.models.edition import Action, Change, Edition
from explainer.library.models.reference import GlossaryTerm, Source, Treatment
from explainer.library.models.versions import HistoryIsFixed, State, Version

__all__ = [
    "Action",
    "Appearance",
    "Article",
    "ArticleVersion",
    "Change",
    "Claim",
    "ClaimVersion",
    "Edition",
    "GlossaryTerm",
    "HistoryIsFixed",
    "Position",
    "Source",
    "State",
    "Treatment",
    "Version",
]
