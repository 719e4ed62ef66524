"""Every address of the site: health, the staff's admin, and what readers see."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from explainer.web import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path(settings.STAFF_PATH.removeprefix("/"), admin.site.urls),
    path("", include("explainer.reading.urls")),
]

handler400 = "explainer.reading.errors.bad_request"
handler403 = "explainer.reading.errors.forbidden"
handler404 = "explainer.reading.errors.not_found"
handler500 = "explainer.reading.errors.server_error"
