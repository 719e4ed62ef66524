"""The addresses of the staff area, below the staff's own path. Every view stands behind a guard."""

from django.urls import path, re_path

from explainer.staff import finder, guide, images, letters, live, pasting, proposals, styles
from explainer.staff.editor import create, views

KEY = "(?P<key>[0-9a-f]{32})"

urlpatterns = [
    path("edit/<subject:name>/", views.edit, name="staff-edit"),
    path("start/<subject:name>/", views.start, name="staff-start"),
    path("proposals/<subject:name>/", proposals.walk, name="staff-proposals"),
    path("discard/<subject:name>/", views.discard, name="staff-discard"),
    path("new/<slug:part>/", create.create, name="staff-new"),
    path("find/", finder.find, name="staff-find"),
    path("letters/", letters.choose, name="staff-letters"),
    path("guide/", guide.guide, name="staff-guide"),
    path("styles/", styles.styles, name="staff-styles"),
    path("images/", images.listing, name="staff-images"),
    path("images/upload/", images.upload, name="staff-image-upload"),
    re_path(rf"^images/{KEY}/\Z", images.image, name="staff-image"),
    re_path(rf"^images/{KEY}/file\Z", images.file, name="staff-image-file"),
    path("live/claim/", live.claim, name="live-claim"),
    path("live/text/", live.text, name="live-text"),
    path("live/claims/", live.claims, name="live-claims"),
    path("live/proposals/", proposals.proposals, name="live-proposals"),
    path("live/paste/", pasting.paste, name="live-paste"),
    path("live/token/", live.token, name="live-token"),
]
