"""The second factor: who needs one, who has one, and taking a lost one away."""

from datetime import UTC, datetime
from typing import Any

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from qrcode.image.svg import SvgPathFillImage

from explainer.accounts.responses import is_staff_address, recover
from explainer.accounts.sessions import end_sessions
from explainer.library.permissions import Right
from explainer.web.middleware import Answer, wrapping
from explainer.web.responses import wants_json

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


@wrapping
def required(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Send those who need a second factor and have none to enrolment, from every staff page."""
    if not (settings.STAFF_SECOND_FACTOR and is_staff_address(request)):
        return answer(request)
    is_missing = needs_factor(request.user) and not has_factor(request.user)
    if not is_missing or request.path_info in {reverse(name) for name in ENROLMENT}:
        return answer(request)
    enrolment = reverse("mfa_activate_totp")
    if request.method == "POST" or wants_json(request):
        return recover(request, status=403, why=MISSING, first=enrolment)
    return redirect(enrolment)


def needs_factor(user: Any) -> bool:
    return user.is_active and (user.has_perm(Right.PUBLISH) or user.has_perm(Right.ADMINISTER))


def has_factor(user: Any) -> bool:
    """True if somebody's log-in asks for a code; recovery codes alone do not make it ask."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def enrolled_since(user: Any, moment: float) -> bool:
    apps = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return apps.filter(created_at__gt=datetime.fromtimestamp(moment, UTC)).exists()


def take_away(user: User) -> bool:
    """Remove somebody's factors and recovery codes and log them out; False if there were none."""
    removed, _ = Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    return removed > 0


@require_safe
@login_required
def qr_code(request: HttpRequest) -> HttpResponse:
    """Draw the secret that this session is enrolling; a page of its own keeps the policy strict."""
    # Only a form without data makes a new secret.
    secret = ActivateTOTPForm(data={}, user=request.user).secret
    address = get_adapter().build_totp_url(request.user, secret)
    drawing = qrcode.make(address, image_factory=SvgPathFillImage)
    return HttpResponse(drawing.to_string(), content_type="image/svg+xml")
