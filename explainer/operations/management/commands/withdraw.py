"""`manage.py withdraw SUBJECT`: takes a page from the public at once, as the staff's page does."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from explainer.library import emergency
from explainer.library.drafts import Conflict
from explainer.library.models import Document
from explainer.library.permissions import NotAllowed
from explainer.library.reviewer import Incomplete


class Command(BaseCommand):
    """Withdraws in the name of a publisher, with all that the library asks and logs."""

    help = "Withdraw a claim or an article at once, in the name of somebody who may publish."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", help="what the desk calls it: articles/msc/safety")
        parser.add_argument("--as", dest="name", required=True, help="who stands for it: a log-in")
        parser.add_argument("--reason", required=True, help="what readers see in its place")
        about = "let a reason stand that says something of a treatment without a label"
        parser.add_argument("--meant", action="store_true", help=about)

    def handle(self, *, subject: str, name: str, reason: str, meant: bool, **_options: Any) -> None:
        document = Document.objects.by_subject(subject)
        if document is None:
            raise CommandError(f"There is no {subject!r}. Write it as in the desk's addresses.")
        actor = User.objects.filter(username=name).first()
        if actor is None:
            raise CommandError(f"There is no account {name!r}. Names are listed under Users.")
        public = document.revisions.published().first()
        try:
            emergency.withdraw(
                document=document,
                expected=public.number if public else 0,
                actor=actor,
                reason=reason,
                now=timezone.now(),
                meant=meant,
            )
        except Incomplete as refused:
            cure = " On the command line that is --meant." if refused.field == "meant" else ""
            raise CommandError(f"{refused}{cure}") from refused
        except (NotAllowed, Conflict) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{subject} is withdrawn. Readers see the reason from now on.")
