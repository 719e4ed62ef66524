"""What a form offers while somebody types the name of a row."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponseBase

from explainer.library.models.reference import Reference


class KeyAndName(AutocompleteJsonView):
    """Offers rows by key and title: two trials of one title differ by their keys."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Add the key, by which texts and files name the row."""
        told: dict[str, str] = super().serialize_result(  # type: ignore[misc]
            obj, to_field_name
        )
        return {**told, "text": f"{obj.key}: {obj}"} if isinstance(obj, Reference) else told


def autocomplete(request: HttpRequest) -> HttpResponseBase:
    """Answer what a form's autocomplete asks; the admin site lets staff alone through."""
    return KeyAndName.as_view(admin_site=admin.site)(request)
