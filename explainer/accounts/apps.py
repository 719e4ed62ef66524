"""Django app of who gets in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Staff accounts: log-in, second factor, sessions, rate limits."""

    name = "explainer.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from explainer.accounts import sessions  # noqa: F401, PLC0415 - its receivers
