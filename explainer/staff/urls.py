"""The addresses of the desk, below the staff's own path. Every view stands behind a guard."""

from django.urls import include, path, register_converter

from explainer.staff.subjects import SubjectConverter

register_converter(SubjectConverter, "subject")

urlpatterns = [
    path("", include("explainer.staff.history.urls")),
    path("", include("explainer.staff.editor.urls")),
    path("", include("explainer.staff.guide.urls")),
    path("", include("explainer.staff.images.urls")),
    path("live/", include("explainer.staff.api.urls")),
    path("", include("explainer.staff.review.urls")),
]
