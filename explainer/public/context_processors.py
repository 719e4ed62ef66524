"""What every template knows: the site's name and its doors.

Reads neither user nor session, so it is the same for every reader.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from explainer.public import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Offer the site's name and, to pages that show them, the doors (one query)."""
    return {
        "site_name": settings.SITE_NAME,
        "navigation": SimpleLazyObject(navigation.navigation),
        "path": request.path,
    }
