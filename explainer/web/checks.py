"""What `manage.py check --deploy` warns of, besides Django's own."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register

SOON = timedelta(days=30)


@register(Tags.security, deploy=True)
def security_contact(**_options: Any) -> list[CheckMessage]:
    """Warn while the contact in security.txt is past its day, or soon will be."""
    until = settings.SECURITY_CONTACT_UNTIL
    if not (settings.SECURITY_CONTACT and until) or until > datetime.now(UTC).date() + SOON:
        return []
    return [
        checks.Warning(
            f"The contact in /.well-known/security.txt holds to {until} only.",
            hint="See that somebody still reads what is sent to SECURITY_CONTACT, then set "
            "SECURITY_CONTACT_UNTIL to a day within the next year.",
            id="web.W001",
        )
    ]
