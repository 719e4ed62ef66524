"""The addresses of the staff area, below the staff's own path. Every view stands behind a guard."""

from importlib import import_module
from typing import Any

from django.urls import path, re_path, register_converter

from explainer.staff.documents import SubjectConverter

register_converter(SubjectConverter, "subject")

KEY = "(?P<key>[0-9a-f]{32})"


def lazy(dotted: str) -> Any:
    """TEMPORARY while rooms are rewritten side by side: becomes direct imports at the end."""
    module, _, name = dotted.rpartition(".")

    def view(request: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(f"explainer.staff.{module}"), name)(request, *args, **kwargs)

    return view


urlpatterns = [
    path(
        "history/<subject:name>/<int:number>/save/<int:count>/",
        lazy("history.saves.save"),
        name="staff-save",
    ),
    # First, for "articles/about/1" would be a subject as well.
    path(
        "history/<subject:name>/<int:number>/",
        lazy("history.revisions.revision"),
        name="staff-version",
    ),
    path("history/<subject:name>/", lazy("history.revisions.history"), name="staff-history"),
    path("past/", lazy("history.as_of.past"), name="staff-past"),
    path("audit/", lazy("history.audit_log.log"), name="staff-audit"),
    path("edit/<subject:name>/", lazy("editor.views.edit"), name="staff-edit"),
    path("start/<subject:name>/", lazy("editor.draft_views.start"), name="staff-start"),
    path("discard/<subject:name>/", lazy("editor.draft_views.discard"), name="staff-discard"),
    path("new/<slug:part>/", lazy("editor.create_views.create"), name="staff-new"),
    path("guide/", lazy("guide.views.guide"), name="staff-guide"),
    path("images/", lazy("images.views.listing"), name="staff-images"),
    path("images/upload/", lazy("images.views.upload"), name="staff-image-upload"),
    re_path(rf"^images/{KEY}/\Z", lazy("images.views.image"), name="staff-image"),
    re_path(rf"^images/{KEY}/file\Z", lazy("images.views.file"), name="staff-image-file"),
    path("live/claim/", lazy("editor.claim_api.claim"), name="live-claim"),
    path("live/text/", lazy("api.views.text"), name="live-text"),
    path("live/claims/", lazy("api.views.claims"), name="live-claims"),
    path("live/token/", lazy("api.views.token"), name="live-token"),
    path("review/<subject:name>/", lazy("review.views.review"), name="staff-review"),
    path("withdraw/<subject:name>/", lazy("review.emergency.withdraw"), name="staff-withdraw"),
    path("caution/<subject:name>/", lazy("review.emergency.caution"), name="staff-caution"),
]
