"""Who else has the same thing open, so that two people do not write it at once (requirement D4).

A courtesy, not a lock: nobody is kept from writing, and a save that comes too
late is refused by `library.desk` whatever stands here.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from explainer.staff.decorators import staff, who
from explainer.staff.models import Presence
from explainer.staff.subjects import find

HERE = timedelta(seconds=60)
"""How long somebody counts as being here after their page last said so."""

FORGOTTEN = timedelta(days=1)


def mark(subject: str, user: User, now: datetime) -> None:
    """Note that somebody has a subject open now; forgets who was here long ago."""
    Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
    mine = Presence.objects.filter(subject=subject, user=user)
    if mine.filter(seen_at__gte=now - HERE).update(seen_at=now):
        return
    Presence.objects.update_or_create(
        subject=subject, user=user, defaults={"since": now, "seen_at": now}
    )


def others(subject: str, user: User, now: datetime) -> list[str]:
    """Say who else has a subject open, and since when: "Anna Example, since 10:02"."""
    here = Presence.objects.filter(subject=subject, seen_at__gte=now - HERE).exclude(user=user)
    return [
        f"{called(row.user)}, since {timezone.localtime(row.since):%H:%M}"
        for row in here.select_related("user").order_by("since", "pk")
    ]


def called(user: User | None) -> str:
    """Give what staff call somebody: the full name, or the name of the account."""
    return (user.get_full_name() or user.get_username()) if user else "the content files"


@staff(methods=("POST",))
def presence(request: HttpRequest, name: str) -> JsonResponse:
    """Note that I have a subject open, and answer who else has."""
    find(name)  # a made-up name is not found, and leaves no row
    now = timezone.now()
    mark(name, who(request), now)
    return JsonResponse({"others": others(name, who(request), now)})
