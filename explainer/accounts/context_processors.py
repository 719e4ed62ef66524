"""What the admin's frame needs to know on pages that allauth renders."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Offer the admin's own context under the account pages, and nothing anywhere else."""
    if not request.path_info.startswith(f"{settings.STAFF_PATH}account/"):
        return {}
    return {**admin.site.each_context(request), "is_nav_sidebar_enabled": False}
