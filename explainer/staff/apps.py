"""Django app of what staff see."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Reads the library; changes it only through `library.publishing`."""

    name = "explainer.staff"
    verbose_name = "Staff"
