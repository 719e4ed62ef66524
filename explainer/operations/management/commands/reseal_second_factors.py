"""`manage.py reseal_second_factors`: ends the need for a former secret."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from explainer.accounts.adapters import reseal
from explainer.accounts.models import log_entry


class Command(BaseCommand):
    """Seals every second factor anew with the secret of today."""

    help = "Seal second factors with DJANGO_SECRET_KEY, so that no former secret is needed."

    def handle(self, **_options: Any) -> None:
        count, lost = reseal()
        log_entry(None, "factors resealed", {}, {"count": count})
        self.stdout.write(f"Sealed with the secret of today: {count}.")
        if lost:
            raise CommandError(
                f"No secret opens the factors of {', '.join(sorted(lost))}. Name the one that "
                "sealed them in DJANGO_FORMER_SECRET_KEYS, or run manage.py reset_second_factor."
            )
