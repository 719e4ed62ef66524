"""Inviting a colleague: a link by which somebody makes their own account, with roles of our choice.

The link is Django's own token over a row that remembers what was offered: it works once, for 72
hours, until it is taken back, and while whoever sent it may still give roles. No token is kept.
"""

import logging
import smtplib
from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from explainer.accounts.admin import confirmed
from explainer.accounts.forms import InviteForm, WelcomeForm
from explainer.accounts.models import Invitation, facts, log_entry
from explainer.accounts.responses import page, too_many
from explainer.library.permissions import Right, may

HOURS = settings.PASSWORD_RESET_TIMEOUT // 3600
OVER = (
    f"This link does not work. Each works once, for {HOURS} hours, and can be taken back. "
    "Ask whoever invited you for a new one."
)

log = logging.getLogger(__name__)


class _Tokens(PasswordResetTokenGenerator):
    """Signs what an invitation offers: used, taken back or sent anew, its former link is void."""

    key_salt = "explainer.accounts.invitations"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        offered = (user.email, *user.roles, user.made_at.isoformat(), str(user.settled_at))
        return "\n".join((str(user.pk), *offered, str(timestamp)))


tokens: Any = _Tokens()  # typed for accounts, true of any row


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required(Right.ADMINISTER, raise_exception=True)
@confirmed
def invite(request: HttpRequest) -> HttpResponseBase:
    """Invite somebody, send a link anew or take one back; shows a link once if no mail took it."""
    form = InviteForm(request.POST if request.POST.get("do") == "invite" else None)
    if request.method != "POST" or (form.is_bound and not form.is_valid()):
        return _page(request, form)
    if not ratelimit.consume(request, action="invite", user=request.user):
        return too_many(request)
    if form.is_bound:
        given = {"email": form.cleaned_data["email"], "roles": form.cleaned_data["roles"]}
        made = Invitation.objects.create(made_by=_who(request), made_at=timezone.now(), **given)
        return _sent(request, made, "invitation made")
    chosen = _open().filter(pk=_number(request.POST.get("number", ""))).first()
    if chosen is None:
        return _page(request, InviteForm(), told="That invitation is used or taken back already.")
    if request.POST.get("do") == "renew":
        chosen.made_by, chosen.made_at = _who(request), timezone.now()
        chosen.save(update_fields=["made_by", "made_at"])
        return _sent(request, chosen, "invitation made anew")
    Invitation.objects.filter(pk=chosen.pk, settled_at=None).update(settled_at=timezone.now())
    log_entry(request, "invitation taken back", chosen.facts, {})
    return _page(request, InviteForm(), told=f"The link to {chosen.email} works no more.")


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, number: int, token: str) -> HttpResponseBase:
    """Let somebody with a link make their account; nobody is logged in by it."""
    if not ratelimit.consume(request, action="welcome", key=str(number)):
        return too_many(request)
    with transaction.atomic():
        # Two who send the form in the same moment come one after the other.
        invitation = _open().select_for_update(of=("self",)).filter(pk=number).first()
        if invitation is None or not _holds(invitation, token):
            return page(request, "accounts/welcome.html", 404, {"title": "Not valid", "over": OVER})
        if request.user.is_authenticated:
            context = {"title": "You are logged in", "logged_in": request.user.get_username()}
            return page(request, "accounts/welcome.html", 409, context)
        form = WelcomeForm(request.POST or None)
        if form.is_valid():
            return _made(request, form, invitation)
    more = {"form": form, "roles": invitation.roles}
    return page(request, "accounts/welcome.html", 200, {"title": "Make your account", **more})


def _made(request: HttpRequest, form: WelcomeForm, invitation: Invitation) -> HttpResponseRedirect:
    person = form.save(commit=False)
    person.email, person.is_staff = invitation.email, True
    person.save()
    person.groups.set(Group.objects.filter(name__in=invitation.roles))
    invitation.settled_at, invitation.account = timezone.now(), person
    invitation.save(update_fields=["settled_at", "account"])
    made = {**facts(person), "invitation": invitation.pk}
    log_entry(request, "account made by invitation", {}, made)
    # The password is typed once more, and then the factor is set up: no link opens a session.
    return redirect(f"{reverse('account_login')}?next={reverse('mfa_activate_totp')}")


def _holds(invitation: Invitation, token: str) -> bool:
    return bool(tokens.check_token(invitation, token)) and may(invitation.made_by, Right.ADMINISTER)


def _open() -> Any:
    return Invitation.objects.filter(settled_at=None).select_related("made_by")


def _sent(request: HttpRequest, invitation: Invitation, action: str) -> HttpResponse:
    """Send the letter; show it, this once, where no mail server took it."""
    log_entry(request, action, {}, invitation.facts)
    link = reverse("accounts_welcome", args=[invitation.pk, tokens.make_token(invitation)])
    context = {"link": settings.SITE_URL + link, "hours": HOURS, "roles": invitation.roles}
    context |= {"site": settings.SITE_NAME, "by": _who(request).get_full_name()}
    letter = render_to_string("accounts/invitation.txt", context)
    if not settings.EMAIL_HOST:
        return _page(request, InviteForm(), letter=letter, why="No mail server is set.")
    subject = f"Your account at the desk of {settings.SITE_NAME}"
    try:
        EmailMessage(subject, letter, to=[invitation.email]).send()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("An invitation could not be sent: %s", type(error).__name__)
        return _page(request, InviteForm(), letter=letter, why="The mail server did not take it.")
    return _page(request, InviteForm(), told=f"The link was sent to {invitation.email}.")


def _page(request: HttpRequest, form: InviteForm, **more: str) -> HttpResponse:
    waiting = list(_open().order_by("-made_at"))
    oldest = timezone.now() - timedelta(hours=HOURS)
    context = {
        "title": "Invite a colleague",
        "form": form,
        "waiting": [(one, one.made_at < oldest) for one in waiting],
        "hours": HOURS,
        "networks": ", ".join(map(str, settings.STAFF_NETWORKS)),
    }
    return page(request, "accounts/invite.html", 200, {**context, **more})


def _who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the guards saw to it
    return request.user


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
