"""The addresses of review and history, beside those of the rest of the desk."""

from django.urls import path

from explainer.review import as_of, history, views

urlpatterns = [
    path("history/<subject:name>/<int:number>/save/<int:count>/", history.save, name="staff-save"),
    # First, for "articles/about/1" would be a subject as well.
    path("history/<subject:name>/<int:number>/", history.revision, name="staff-version"),
    path("history/<subject:name>/", history.history, name="staff-history"),
    path("past/", as_of.past, name="staff-past"),
    path("audit/", history.log, name="staff-audit"),
    path("review/<subject:name>/", views.review, name="staff-review"),
    path("withdraw/<subject:name>/", views.withdraw, name="staff-withdraw"),
    path("caution/<subject:name>/", views.caution, name="staff-caution"),
]
