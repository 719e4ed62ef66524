"""The room as Django knows it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Lets drafts be held to what files are held to: a claim's phrases, by the search's index."""

    name = "explainer.files"

    def ready(self) -> None:
        from explainer.library import validation  # noqa: PLC0415 - models are there now
        from explainer.search import heard  # noqa: PLC0415

        validation.ALSO.append(heard.problems)
