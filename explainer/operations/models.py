"""How each member of staff wants to be told that something waits, and what they were told."""

from django.conf import settings
from django.db import models


class How(models.TextChoices):
    """When a letter is sent; who chose nothing is told once a day."""

    AT_ONCE = "at-once", "At once: within a minute, and never more than one letter in ten minutes"
    DAILY = "daily", "Once a day"
    NEVER = "never", "Not at all: I look at the desk"


class Letters(models.Model):
    """One person's choice; `told` names what the last letter at once knew of.

    `tried_at` is when one was last sent, or failed to be: the next waits from there.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters"
    )
    how = models.CharField(max_length=10, choices=How.choices, default=How.DAILY)
    told = models.JSONField(default=list)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person_id}: {self.how}"
