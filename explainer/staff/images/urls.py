"""The addresses of images for staff, below /admin/desk/."""

from django.urls import path, re_path

from explainer.staff.images import views

KEY = "(?P<key>[0-9a-f]{32})"

urlpatterns = [
    path("images/", views.listing, name="staff-images"),
    path("images/upload/", views.upload, name="staff-image-upload"),
    re_path(rf"^images/{KEY}/\Z", views.image, name="staff-image"),
    re_path(rf"^images/{KEY}/file\Z", views.file, name="staff-image-file"),
]
