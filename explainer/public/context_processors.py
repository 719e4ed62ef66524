"""What every template knows: the site's name, its navigation, and the moment that is looked at.

Reads neither user nor session, so it is the same for every reader.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from explainer.kinds import KINDS
from explainer.library import as_of
from explainer.public import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Offer the frame (one query if its links are used); `as_of` is None for readers."""
    return {
        "site_name": settings.SITE_NAME,
        "navigation": SimpleLazyObject(navigation.navigation),
        "path": request.path,
        "as_of": as_of.moment.get(),
        "listed_kinds": [kind for kind in KINDS if kind.template],
    }
