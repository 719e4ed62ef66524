"""The address of the staff guide."""

from django.urls import path

from explainer.editing.guide.views import guide

urlpatterns = [path("guide/", guide, name="desk-guide")]
