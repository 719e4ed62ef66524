"""Django app of what is known: treatments, sources, claims, articles and their versions."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Rows, versions and constraints; knows nothing of pages or of the admin."""

    name = "explainer.library"
    verbose_name = "Library"
    default_auto_field = "django.db.models.BigAutoField"
