"""The addresses of the editor, beside those of the rest of the desk."""

from django.urls import path

from explainer.editor import create, live, live_new, pasting, proposals, views

urlpatterns = [
    path("edit/<subject:name>/", views.edit, name="staff-edit"),
    path("start/<subject:name>/", views.start, name="staff-start"),
    path("proposals/<subject:name>/", proposals.walk, name="staff-proposals"),
    path("discard/<subject:name>/", views.discard, name="staff-discard"),
    path("new/<slug:part>/", create.create, name="staff-new"),
    path("live/claim/", live.claim, name="live-claim"),
    path("live/new-claim/", live_new.new_claim, name="live-new-claim"),
    path("live/text/", live.text, name="live-text"),
    path("live/claims/", live.claims, name="live-claims"),
    path("live/proposals/", proposals.proposals, name="live-proposals"),
    path("live/paste/", pasting.paste, name="live-paste"),
    path("live/token/", live.token, name="live-token"),
]
