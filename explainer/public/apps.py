"""The public site as a Django application: it only brings its template tags."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What the public sees. No models: it reads published revisions of the library."""

    name = "explainer.public"
    verbose_name = "Public"
