"""`manage.py verify_audit`: find out whether the audit log is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from explainer.library import audit
from explainer.library.models import AuditEntry


class Command(BaseCommand):
    """Recomputes the chain of digests over the whole log; changes nothing."""

    help = "Verify the audit log; exit non-zero if an entry was changed or is missing."

    def handle(self, **_options: Any) -> None:
        if wrong := list(audit.verify()):
            for line in wrong:
                self.stderr.write(line)
            raise CommandError(f"The audit log was tampered with: {len(wrong)} places.")
        self.stdout.write(f"{AuditEntry.objects.count()} entries, none changed, none missing.")
