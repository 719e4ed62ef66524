"""Finding rows by words however they are typed, with the same answer from every database.

Databases fold no quotation marks and no hyphens, and SQLite no case beyond ASCII. So texts are
folded here and compared in Python; a list of staff's is some thousand rows.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from explainer.text.search_words import has_all


def finding(
    rows: QuerySet[Any], words: Sequence[str], columns: Sequence[str | Combinable]
) -> QuerySet[Any]:
    """Keep the rows that have each of these folded words in one of their columns."""
    if not words:
        return rows
    texts = rows.order_by().values_list("pk", *columns)
    return rows.filter(pk__in=[pk for pk, *said in texts if has_all(words, said)])
