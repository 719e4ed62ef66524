"""The addresses of the desk, below the staff's own path. Every view stands behind a guard."""

from importlib.util import find_spec

from django.urls import include, path, register_converter

from explainer.editing.subjects import SubjectConverter

register_converter(SubjectConverter, "subject")

ROOMS = {"comparing": "", "forms": "", "guide": "", "images": "", "live": "live/", "review": ""}
urlpatterns = [
    path(below, include(f"explainer.editing.{room}.urls"))
    for room, below in ROOMS.items()
    if find_spec(f"explainer.editing.{room}") and find_spec(f"explainer.editing.{room}.urls")
]
