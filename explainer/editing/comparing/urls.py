"""The addresses of comparing, below /admin/desk/."""

from django.urls import path

from explainer.editing.comparing.history import history, version
from explainer.editing.comparing.history_saves import save
from explainer.editing.comparing.log import log
from explainer.editing.comparing.presence import presence
from explainer.editing.comparing.then import past

urlpatterns = [
    path("history/<subject:name>/<int:number>/save/<int:count>/", save, name="desk-save"),
    # First, for "articles/about/1" would be a subject as well.
    path("history/<subject:name>/<int:number>/", version, name="desk-version"),
    path("history/<subject:name>/", history, name="desk-history"),
    path("presence/<subject:name>/", presence, name="desk-presence"),
    path("past/", past, name="desk-past"),
    path("audit/", log, name="desk-audit"),
]
