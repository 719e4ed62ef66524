"""The frame of every public page: its head, and what it states to search engines."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from explainer.public import jsonld
from explainer.public.metadata import Head


def show(request: HttpRequest, template: str, page: Head, **context: Any) -> HttpResponse:
    """Render a page; unless it is told more, it states no more than where it stands."""
    return render(request, template, {"structured": jsonld.of_page(page), "page": page, **context})
