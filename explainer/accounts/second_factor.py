"""The second factor: who needs one, who has one, and taking a lost one away (requirement A7)."""

from collections.abc import Callable
from datetime import UTC, datetime

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from qrcode.image.svg import SvgPathFillImage

from explainer.accounts.form_recovery import kept
from explainer.accounts.responses import as_json, is_staff_address, wants_json
from explainer.accounts.sessions import end_sessions
from explainer.library.permissions import Right

SECRET = "mfa.totp.secret"  # noqa: S105 - where allauth keeps it while somebody enrols
MISSING = "Your role needs a second factor. Set it up first. Nothing has been saved yet."
ENROLMENT = (
    "mfa_activate_totp",
    "accounts_qr",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "account_login",
    "account_logout",
    "admin:logout",
)
"""The only pages that open for somebody who still has to enrol."""


def required(answer: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Send those who need a second factor and have none to enrolment, from every staff page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not (settings.STAFF_SECOND_FACTOR and is_staff_address(request) and _lacks(request)):
            return answer(request)
        if request.path_info in {reverse(name) for name in ENROLMENT}:
            return answer(request)
        if wants_json(request):
            return as_json(MISSING, 403)
        enrolment = reverse("mfa_activate_totp")
        if request.method == "POST":
            return kept(request, status=403, why=MISSING, cure=enrolment)
        return redirect(enrolment)

    return middleware


def _lacks(request: HttpRequest) -> bool:
    who = request.user
    return isinstance(who, User) and needs_factor(who) and not has_factor(who)


def needs_factor(who: User) -> bool:
    """True for publishers, administrators and superusers."""
    return who.is_active and (who.has_perm(Right.PUBLISH) or who.has_perm(Right.ADMINISTER))


def has_factor(who: User) -> bool:
    """True if somebody's log-in asks for a code; recovery codes alone do not make it ask."""
    return Authenticator.objects.filter(user=who, type=Authenticator.Type.TOTP).exists()


def enrolled_since(who: User, moment: float) -> bool:
    """True if somebody showed the first code of their app after a moment."""
    apps = Authenticator.objects.filter(user=who, type=Authenticator.Type.TOTP)
    return apps.filter(created_at__gt=datetime.fromtimestamp(moment, UTC)).exists()


def take_away(of: User) -> bool:
    """Remove somebody's factors and recovery codes and log them out; False if there were none."""
    removed, _ = Authenticator.objects.filter(user=of).delete()
    end_sessions(of)
    return removed > 0


@require_safe
def qr_code(request: HttpRequest) -> HttpResponse:
    """Draw the secret that this session is enrolling; a page of its own keeps the policy strict."""
    secret = request.session.get(SECRET)
    if not (request.user.is_authenticated and secret):
        raise Http404
    address = get_adapter().build_totp_url(request.user, secret)
    drawing = qrcode.make(address, image_factory=SvgPathFillImage)
    return HttpResponse(drawing.to_string(), content_type="image/svg+xml")
