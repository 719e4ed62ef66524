"""Addresses of reviewing and publishing, below the desk."""

from django.urls import path

from explainer.staff.review import emergency, views

urlpatterns = [
    path("review/<subject:name>/", views.review, name="staff-review"),
    path("withdraw/<subject:name>/", emergency.withdraw, name="staff-withdraw"),
    path("caution/<subject:name>/", emergency.caution, name="staff-caution"),
]
