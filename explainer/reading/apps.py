"""The reading room as a Django application: it only brings its template tags."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """What the public sees. No models: it reads published versions of the library."""

    name = "explainer.reading"
    verbose_name = "Reading"
