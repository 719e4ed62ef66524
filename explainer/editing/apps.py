"""Django app of what staff see."""

from django.apps import AppConfig


class EditingConfig(AppConfig):
    """The staff's admin. Reads the library; changes it only through `library.publishing`."""

    name = "explainer.editing"
    verbose_name = "Editing"
