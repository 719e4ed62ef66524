"""The addresses of the forms, below /admin/desk/."""

from django.urls import path

from explainer.staff.editor import claim_api, create_views, draft_views, views

urlpatterns = [
    path("edit/<subject:name>/", views.edit, name="staff-edit"),
    path("start/<subject:name>/", draft_views.start, name="staff-start"),
    path("discard/<subject:name>/", draft_views.discard, name="staff-discard"),
    path("new/<slug:part>/", create_views.add, name="staff-new"),
    path("live/claim/", claim_api.claim, name="live-claim"),
]
