"""The addresses of the staff area, below the staff's own path. Every view stands behind a guard."""

from django.urls import path, re_path

from explainer.staff import finder, guide, images, letters, styles

KEY = "(?P<key>[0-9a-f]{32})"

urlpatterns = [
    path("find/", finder.find, name="staff-find"),
    path("letters/", letters.choose, name="staff-letters"),
    path("guide/", guide.guide, name="staff-guide"),
    path("styles/", styles.styles, name="staff-styles"),
    path("images/", images.listing, name="staff-images"),
    path("images/upload/", images.upload, name="staff-image-upload"),
    re_path(rf"^images/{KEY}/\Z", images.image, name="staff-image"),
    re_path(rf"^images/{KEY}/file\Z", images.file, name="staff-image-file"),
]
