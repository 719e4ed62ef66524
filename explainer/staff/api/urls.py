"""Addresses of the live answers. Included beside the admin's own, outside `admin_view`."""

from django.urls import path

from explainer.staff.api import views

urlpatterns = [
    path("text/", views.text, name="live-text"),
    path("claims/", views.claims, name="live-claims"),
    path("token/", views.token, name="live-token"),
]
