"""The addresses of comparing, below /admin/desk/."""

from django.urls import path

from explainer.staff.history.as_of import past
from explainer.staff.history.audit_log import log
from explainer.staff.history.presence import presence
from explainer.staff.history.revisions import history, version
from explainer.staff.history.saves import save

urlpatterns = [
    path("history/<subject:name>/<int:number>/save/<int:count>/", save, name="staff-save"),
    # First, for "articles/about/1" would be a subject as well.
    path("history/<subject:name>/<int:number>/", version, name="staff-version"),
    path("history/<subject:name>/", history, name="staff-history"),
    path("presence/<subject:name>/", presence, name="staff-presence"),
    path("past/", past, name="staff-past"),
    path("audit/", log, name="staff-audit"),
]
