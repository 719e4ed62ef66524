"""What a kept page is measured against: WhiteNoise over files, and Django without a page cache."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise


def _nothing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("404 Not Found", [])
    return []


files = WhiteNoise(_nothing, root=os.environ.get("PAGE_FILES"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
django = get_wsgi_application()
