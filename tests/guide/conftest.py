"""The small invented site of the readers' pages."""

from tests.public.conftest import site

__all__ = ["site"]
