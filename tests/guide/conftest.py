"""The small invented site of the readers' pages."""

from tests.public.conftest import as_written, site

__all__ = ["as_written", "site"]
