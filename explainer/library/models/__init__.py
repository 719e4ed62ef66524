"""The tables of the library, by meaning."""

from explainer.library.models.document import Document, Extension, Image, ImageUse, Mention, Status
from explainer.library.models.history import (
    Action,
    AuditEntry,
    AuditHead,
    Change,
    Save,
    SiteVersion,
)
from explainer.library.models.revision import FIXED, OPEN, Position, Revision, State

__all__ = [
    "FIXED", "OPEN", "Action", "AuditEntry", "AuditHead", "Change", "Document", "Extension",
    "Image", "ImageUse", "Mention", "Position", "Revision", "Save", "SiteVersion", "State",
    "Status",
]  # fmt: skip
