"""Addresses of reviewing and publishing, below the desk."""

from django.urls import path

from explainer.editing.review import cautious, views

urlpatterns = [
    path("review/<subject:name>/", views.review, name="desk-review"),
    path("withdraw/<subject:name>/", cautious.withdraw, name="desk-withdraw"),
    path("caution/<subject:name>/", cautious.caution, name="desk-caution"),
]
