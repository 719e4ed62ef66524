"""The addresses of the staff area, below the staff's own path. Every view stands behind a guard."""

from django.urls import path, re_path, register_converter

from explainer.staff.api import views as live
from explainer.staff.documents import SubjectConverter
from explainer.staff.editor import claim_api, create_views, draft_views
from explainer.staff.editor import views as editor
from explainer.staff.guide import views as guide
from explainer.staff.history import as_of, audit_log, revisions, saves
from explainer.staff.images import views as images
from explainer.staff.review import emergency
from explainer.staff.review import views as review

register_converter(SubjectConverter, "subject")

KEY = "(?P<key>[0-9a-f]{32})"

urlpatterns = [
    path("history/<subject:name>/<int:number>/save/<int:count>/", saves.save, name="staff-save"),
    # First, for "articles/about/1" would be a subject as well.
    path("history/<subject:name>/<int:number>/", revisions.revision, name="staff-version"),
    path("history/<subject:name>/", revisions.history, name="staff-history"),
    path("past/", as_of.past, name="staff-past"),
    path("audit/", audit_log.log, name="staff-audit"),
    path("edit/<subject:name>/", editor.edit, name="staff-edit"),
    path("start/<subject:name>/", draft_views.start, name="staff-start"),
    path("discard/<subject:name>/", draft_views.discard, name="staff-discard"),
    path("new/<slug:part>/", create_views.create, name="staff-new"),
    path("guide/", guide.guide, name="staff-guide"),
    path("images/", images.listing, name="staff-images"),
    path("images/upload/", images.upload, name="staff-image-upload"),
    re_path(rf"^images/{KEY}/\Z", images.image, name="staff-image"),
    re_path(rf"^images/{KEY}/file\Z", images.file, name="staff-image-file"),
    path("live/claim/", claim_api.claim, name="live-claim"),
    path("live/text/", live.text, name="live-text"),
    path("live/claims/", live.claims, name="live-claims"),
    path("live/token/", live.token, name="live-token"),
    path("review/<subject:name>/", review.review, name="staff-review"),
    path("withdraw/<subject:name>/", emergency.withdraw, name="staff-withdraw"),
    path("caution/<subject:name>/", emergency.caution, name="staff-caution"),
]
