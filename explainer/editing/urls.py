"""The addresses of the desk, below the staff's own path. Every view stands behind a guard."""

from django.urls import include, path, register_converter

from explainer.editing.subjects import SubjectConverter

register_converter(SubjectConverter, "subject")

urlpatterns = [
    path("", include("explainer.editing.comparing.urls")),
    path("", include("explainer.editing.forms.urls")),
    path("", include("explainer.editing.guide.urls")),
    path("", include("explainer.editing.images.urls")),
    path("live/", include("explainer.editing.live.urls")),
    path("", include("explainer.editing.review.urls")),
]
