"""Every address of the site: the staff's admin, then health and what readers see."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from explainer import reader_urls
from explainer.accounts import invitations

STAFF = settings.STAFF_PATH.removeprefix("/")
# The admin's own log-in and password pages neither count tries nor ask for a second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
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
    # Last, for they take any word left.
    *reader_urls.urlpatterns,
]

handler400, handler403 = reader_urls.handler400, reader_urls.handler403
handler404, handler429 = reader_urls.handler404, reader_urls.handler429
handler500 = reader_urls.handler500
