"""The room as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers what `check --deploy` asks of this room."""

    name = "explainer.web"

    def ready(self) -> None:
        from explainer.web import checks  # noqa: F401, PLC0415 - registers itself
