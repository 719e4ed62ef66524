"""The tables of the library, by meaning."""

from explainer.library.models.document import Document, Mention, Status
from explainer.library.models.history import AuditEntry, AuditHead, Save
from explainer.library.models.images import Extension, Image, ImageUse
from explainer.library.models.revision import FIXED, OPEN, Position, Revision, State
from explainer.library.models.site import Action, Change, SiteVersion

__all__ = [
    "FIXED", "OPEN", "Action", "AuditEntry", "AuditHead", "Change", "Document", "Extension",
    "Image", "ImageUse", "Mention", "Position", "Revision", "Save", "SiteVersion", "State",
    "Status",
]  # fmt: skip
