"""The addresses of images for staff, below /admin/desk/."""

from django.urls import path, re_path

from explainer.editing.images import views

KEY = "(?P<key>[0-9a-f]{32})"

urlpatterns = [
    path("images/", views.listing, name="desk-images"),
    path("images/upload/", views.upload, name="desk-image-upload"),
    re_path(rf"^images/{KEY}/\Z", views.image, name="desk-image"),
    re_path(rf"^images/{KEY}/file\Z", views.file, name="desk-image-file"),
]
