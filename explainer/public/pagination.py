"""Long lists, cut into pages that are asked for by number."""

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404

PAGE_SIZE = 50


def get_page(rows: Any, number: str) -> Page:
    """Give one page of rows; raises Http404 for a number that is none or has no page."""
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise Http404("Pages are numbered from 1.")
    try:
        return Paginator(rows, PAGE_SIZE).page(int(number))
    except EmptyPage as absent:
        raise Http404("The list has no such page.") from absent
