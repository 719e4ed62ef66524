"""Every address of the site: health, the staff's admin, and what readers see."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from explainer.accounts import invitations
from explainer.web import responses

STAFF = settings.STAFF_PATH.removeprefix("/")
# The admin's own log-in and password pages neither count tries nor ask for a second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", responses.alive, name="healthz"),
    path("readyz", responses.ready, name="readyz"),
    path(".well-known/security.txt", responses.security, name="security"),
    # Browsers ask for it beside a feed or an image, which cannot name an icon.
    path("favicon.ico", responses.favicon, name="favicon"),
    path(f"{STAFF}account/", include("explainer.accounts.urls")),
    path(
        f"{STAFF}password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="accounts_password_change",
    ),
    path(f"{STAFF}invite/", invitations.invite, name="accounts_invite"),
    path(f"{STAFF}welcome/<int:number>/<str:token>/", invitations.welcome, name="accounts_welcome"),
    path(f"{STAFF}desk/", include("explainer.staff.urls")),
    path(f"{STAFF}desk/", include("explainer.editor.urls")),
    path(f"{STAFF}desk/", include("explainer.review.urls")),
    path(STAFF, admin.site.urls),
    path("", include("explainer.guide.urls")),
    path("", include("explainer.public.urls")),
]

handler400 = "explainer.public.errors.bad_request"
handler403 = "explainer.public.errors.forbidden"
handler404 = "explainer.public.errors.not_found"
handler429 = "explainer.accounts.responses.too_many"
handler500 = "explainer.accounts.responses.server_error"
