"""The addresses of health and of what readers see: all that is looked up while no staff ask.

Apart from `urls`, which has the staff's too, so that a process that only answers readers never
loads the editor, the admin's pages or the second factor: a fifth of the memory that Django takes.
"""

from django.urls import include, path

from explainer.web import responses

urlpatterns = [
    path("healthz", responses.alive, name="healthz"),
    path("readyz", responses.ready, name="readyz"),
    path(".well-known/security.txt", responses.security, name="security"),
    # Browsers ask for it beside a feed or an image, which cannot name an icon.
    path("favicon.ico", responses.favicon, name="favicon"),
    path("", include("explainer.guide.urls")),
    path("", include("explainer.public.urls")),
]

handler400 = "explainer.public.errors.bad_request"
handler403 = "explainer.public.errors.forbidden"
handler404 = "explainer.public.errors.not_found"
handler429 = "explainer.accounts.responses.too_many"
handler500 = "explainer.accounts.responses.server_error"
