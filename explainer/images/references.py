"""Which texts name an image: drafts, what is and was public, and every stored save.

Searches the texts, not the index of what is public: any of them may be shown again.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain

from django.db.models import Q, QuerySet

from explainer.library.models import Revision, Save

_KEY = re.compile(r"[0-9a-f]{32}")


def revisions(key: str) -> QuerySet[Revision]:
    naming = Q(fields__summary__icontains=key) | Q(fields__body__icontains=key)
    rows = Revision.objects.filter(naming).select_related("document")
    return rows.order_by("document__key", "-number")


def everywhere() -> frozenset[str]:
    """Give the keys of all images that any text of the library names, however it is written."""
    return frozenset(key for text in _texts() for key in _KEY.findall(text))


def _texts() -> Iterator[str]:
    revisions = Revision.objects.values_list("fields", "file_text").iterator()
    for row in chain(revisions, Save.objects.values_list("fields").iterator()):
        text = json.dumps(row, ensure_ascii=False)
        yield text
        # A key may be spelled with character references, which a reader of Markdown resolves.
        yield unescape(text)
