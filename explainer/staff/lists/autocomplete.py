"""What a claim's form offers while somebody types the name of a source."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from explainer.kinds import SOURCE
from explainer.library.models import Position
from explainer.library.models.document import LISTED, Document

FIELD = {"app_label": "library", "model_name": "position", "field_name": "source"}
"""The one field that asks."""


class PublicSources(AutocompleteJsonView):
    """Offers public sources by key and title: two trials of one title differ by their keys."""

    def process_request(self, request: HttpRequest) -> Any:
        if any(request.GET.get(name) != value for name, value in FIELD.items()):
            raise PermissionDenied
        model_admin = admin.site.get_model_admin(LISTED[SOURCE])
        term = request.GET.get("term", "").replace("\x00", "")
        return term, model_admin, Position._meta.get_field("source"), "key"

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(live__isnull=False)

    def serialize_result(self, obj: Document, to_field_name: str) -> dict[str, str]:
        return {"id": obj.key, "text": f"{obj.key}: {obj.title}"}


def autocomplete(request: HttpRequest) -> HttpResponseBase:
    """Answer a form; the admin site lets staff alone through."""
    return PublicSources.as_view(admin_site=admin.site)(request)
