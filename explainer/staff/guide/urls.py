"""The address of the staff guide."""

from django.urls import path

from explainer.staff.guide.views import guide

urlpatterns = [path("guide/", guide, name="staff-guide")]
