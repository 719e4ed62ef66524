"""The addresses of the forms, below /admin/desk/."""

from django.urls import path

from explainer.editing.forms import adding, live, starting, views

urlpatterns = [
    path("edit/<subject:name>/", views.edit, name="desk-edit"),
    path("start/<subject:name>/", starting.start, name="desk-start"),
    path("discard/<subject:name>/", starting.discard, name="desk-discard"),
    path("new/<slug:part>/", adding.add, name="desk-new"),
    path("live/claim/", live.claim, name="live-claim"),
]
