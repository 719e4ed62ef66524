"""What the desk remembers besides the library: who has what open just now."""

from django.conf import settings
from django.db import models


class Presence(models.Model):
    """Somebody has a subject open on the desk.

    `since` is when they opened it, `seen_at` when their page last said that it is
    still open. Nothing depends on it: it only helps two people not to write the
    same thing (requirement D4).
    """

    subject = models.CharField(max_length=230)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subject", "user"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.subject}"
